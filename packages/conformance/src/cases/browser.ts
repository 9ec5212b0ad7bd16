import type { ConformanceCase } from '../case.js';
import type { FieldExpectation } from '../expectation.js';
import {
  allowed,
  anonymous,
  call,
  insufficientScope,
  invalidToken,
  unavailable,
  withoutError,
} from './case-parts.js';

const requirements = ['RFC9110-CORS-01'] as const;
const origin = ['Origin', 'https://app.example.com'] as const;
const exposed: Readonly<Record<string, FieldExpectation>> = {
  'access-control-expose-headers': { lists: ['WWW-Authenticate'] },
};
const exposedBeside: Readonly<Record<string, FieldExpectation>> = {
  'access-control-allow-origin': { is: 'https://app.example.com' },
  'access-control-expose-headers': { lists: ['Mcp-Session-Id', 'WWW-Authenticate'] },
};

function preflight(from: string): ReturnType<typeof anonymous> {
  return {
    method: 'OPTIONS',
    target: '/mcp',
    headers: [
      ['Origin', from],
      ['Access-Control-Request-Method', 'POST'],
      [
        'Access-Control-Request-Headers',
        'authorization, content-type, mcp-protocol-version, mcp-method, mcp-name, mcp-param-city',
      ],
    ],
  };
}

/** What a page in a browser can see, and what it may send. */
export const browserCases: readonly ConformanceCase[] = [
  {
    id: 'browser-challenge',
    title: 'a page may read the challenge',
    requirements: [...requirements, 'RFC6750-3-01'],
    profile: 'single',
    request: anonymous({ headers: [origin] }),
    expect: { ...withoutError, headers: exposed },
  },
  {
    id: 'browser-challenge-cors-in-front',
    title: 'what a CORS middleware in front exposes stays exposed together with the challenge',
    requirements,
    profile: 'cors-in-front',
    request: anonymous({ headers: [origin] }),
    expect: { ...withoutError, headers: exposedBeside },
  },
  {
    id: 'browser-bad-token-cors-in-front',
    title: 'a refused token keeps what a CORS middleware in front has set',
    requirements,
    profile: 'cors-in-front',
    request: call({ spoil: 'flip-signature' }, { headers: [origin] }),
    expect: { ...invalidToken, headers: exposedBeside },
  },
  {
    id: 'browser-good-token-cors-in-front',
    title: 'an allowed request keeps what a CORS middleware in front has set',
    requirements,
    profile: 'cors-in-front',
    request: call({}, { headers: [origin] }),
    expect: {
      ...allowed,
      headers: {
        'access-control-allow-origin': { is: 'https://app.example.com' },
        'access-control-expose-headers': { lists: ['Mcp-Session-Id'] },
      },
    },
  },
  ...(['cors-for-one-origin', 'cors-for-all'] as const).flatMap((profile): readonly ConformanceCase[] => {
    const allow = profile === 'cors-for-all' ? '*' : 'https://app.example.com';
    const field = { 'access-control-allow-origin': { is: allow } };
    return [
      {
        id: `browser-preflight-${profile}`,
        title: 'a preflight is answered without a token and lets the token through',
        requirements,
        profile,
        request: preflight('https://app.example.com'),
        expect: {
          status: [200, 204],
          headers: {
            ...field,
            'access-control-allow-headers': {
              lists: [
                'Authorization',
                'Content-Type',
                'MCP-Protocol-Version',
                'Mcp-Method',
                'Mcp-Name',
                'Mcp-Param-City',
              ],
            },
            'access-control-allow-methods': { lists: ['POST', 'GET', 'DELETE'] },
          },
          handlerRan: false,
        },
      },
      {
        id: `browser-refusal-${profile}`,
        title: 'a refusal can be read by the pages that may call',
        requirements,
        profile,
        request: anonymous({ headers: [origin] }),
        expect: { ...withoutError, headers: { ...field, ...exposed } },
      },
      {
        id: `browser-forbidden-${profile}`,
        title: 'a 403 can be read by the pages that may call',
        requirements,
        profile,
        request: call({ claims: { scope: 'other' } }, { headers: [origin] }),
        expect: { ...insufficientScope('notes:read'), headers: { ...field, ...exposed } },
      },
      {
        id: `browser-outage-${profile}`,
        title: 'a page may read when to try again',
        requirements,
        profile,
        issuers: { primary: { keys: 'fails' } },
        request: call({}, { headers: [origin] }),
        expect: {
          ...unavailable,
          headers: {
            ...unavailable.headers,
            ...field,
            'access-control-expose-headers': { lists: ['Retry-After'] },
          },
        },
      },
      {
        id: `browser-answer-${profile}`,
        title: 'an answer can be read by the pages that may call',
        requirements,
        profile,
        request: call({}, { headers: [origin] }),
        expect: { ...allowed, headers: field },
      },
      {
        id: `browser-options-${profile}`,
        title: 'OPTIONS that is not a preflight is protected like every other method',
        requirements: ['MCP-2026-07-28-RS-044'],
        profile,
        request: { method: 'OPTIONS', target: '/mcp' },
        expect: withoutError,
      },
    ];
  }),
  {
    id: 'browser-preflight-foreign',
    title: 'a preflight from another origin is not told that it may call',
    requirements,
    profile: 'cors-for-one-origin',
    request: preflight('https://evil.example'),
    expect: {
      status: [200, 204, 403],
      headers: { 'access-control-allow-origin': { absent: true } },
      handlerRan: false,
    },
  },
  {
    id: 'browser-answer-foreign',
    title: 'a page of another origin cannot read an answer',
    requirements,
    profile: 'cors-for-one-origin',
    request: call({}, { headers: [['Origin', 'https://evil.example']] }),
    expect: {
      ...allowed,
      headers: { 'access-control-allow-origin': { absent: true }, vary: { lists: ['Origin'] } },
    },
  },
  {
    id: 'browser-preflight-off',
    title: 'without the option a preflight is protected like every other request',
    requirements: ['MCP-2026-07-28-RS-044'],
    profile: 'single',
    request: preflight('https://app.example.com'),
    expect: withoutError,
  },
];

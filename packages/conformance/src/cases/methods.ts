import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import { allowed, anonymous, call, invalidToken, withoutError } from './case-parts.js';

const protectedAlike = ['MCP-2026-07-28-RS-044', 'RFC9110-11.6.1-01', 'MCP-2026-07-28-RS-030'] as const;
const known = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const stream = [['Accept', 'text/event-stream']] as const;
const noDetails = ['error', 'error_description'] as const;

/** Frameworks and Fetch know different methods; that the handler stays shut counts. */
const shut: Expectation = { status: [401, 404, 405, 501], challenge: 'maybe', handlerRan: false };

/** Every method is a way in. */
export const methodCases: readonly ConformanceCase[] = [
  ...known.map((method): ConformanceCase => ({
    id: `method-${method.toLowerCase()}`,
    title: `${method} without a token is refused like POST`,
    requirements: protectedAlike,
    profile: 'single',
    request: { method, target: '/mcp', headers: stream },
    expect: withoutError,
  })),
  {
    id: 'method-head',
    title: 'HEAD without a token gets the challenge without a body',
    requirements: protectedAlike,
    profile: 'single',
    request: { method: 'HEAD', target: '/mcp' },
    expect: { status: 401, challenge: { absent: noDetails }, body: { empty: true }, handlerRan: false },
  },
  ...(['TRACE', 'PROPFIND', 'REPORT'] as const).map((method): ConformanceCase => ({
    id: `method-${method.toLowerCase()}`,
    title: `${method} is not a way around the gate`,
    requirements: ['MCP-2026-07-28-RS-044', 'MCP-2026-07-28-RS-030'],
    profile: 'single',
    request: { method, target: '/mcp' },
    expect: shut,
  })),
  ...(['GET', 'DELETE'] as const).flatMap((method): readonly ConformanceCase[] => [
    {
      id: `method-${method.toLowerCase()}-bad-token`,
      title: `${method} with a bad token is refused`,
      requirements: protectedAlike,
      profile: 'single',
      request: call({ spoil: 'flip-signature' }, { method, body: { type: 'text/plain', text: '' } }),
      expect: invalidToken,
    },
    {
      id: `method-${method.toLowerCase()}-good-token`,
      title: `${method} with a good token is let in`,
      requirements: ['MCP-2026-07-28-RS-044', 'RFC6750-2.1-01'],
      profile: 'single',
      request: { method, target: '/mcp', token: {}, headers: stream },
      expect: allowed,
    },
  ]),
  {
    id: 'other-host',
    title: 'a foreign host in the request appears nowhere in the answer',
    requirements: ['MCP-EXT-EMA-01', 'RFC9728-5.1-01'],
    profile: 'single',
    request: anonymous({
      host: 'evil.example',
      headers: [
        ['X-Forwarded-Host', 'evil.example'],
        ['X-Forwarded-Proto', 'http'],
        ['Forwarded', 'host=evil.example;proto=http'],
        ['X-Original-URL', '/admin'],
      ],
    }),
    expect: {
      ...withoutError,
      challenge: {
        exactly: { resource_metadata: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp' },
        absent: noDetails,
      },
      body: { lacks: 'evil' },
    },
  },
  {
    id: 'absolute-target',
    title: 'a target with a foreign authority is judged by its path',
    requirements: ['RFC9728-5.1-01', 'MCP-2026-07-28-RS-030'],
    profile: 'single',
    request: anonymous({ target: 'http://evil.example/mcp', body: { type: 'application/json', text: '{}' } }),
    expect: { ...withoutError, body: { lacks: 'evil' } },
  },
  {
    id: 'open-route',
    title: 'a route that is not protected stays open',
    requirements: ['MCP-2026-07-28-RS-001'],
    profile: 'single',
    request: { method: 'GET', target: '/open' },
    expect: { status: 200, handlerRan: false, headers: { 'www-authenticate': { absent: true } } },
  },
  {
    id: 'open-route-bad-token',
    title: 'a route that is not protected looks at no token',
    requirements: ['MCP-2026-07-28-RS-001'],
    profile: 'single',
    request: { method: 'GET', target: '/open', authorization: ['Bearer'] },
    expect: { status: 200, handlerRan: false, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'unknown-route',
    title: 'a route the application does not have stays its own 404',
    requirements: ['MCP-2026-07-28-RS-001'],
    profile: 'single',
    request: { target: '/unknown' },
    expect: { status: 404, handlerRan: false },
  },
];

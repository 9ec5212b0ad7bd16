import type { ConformanceCase } from '../case.js';
import type { EndpointMode } from '../issuer/issuer-name.js';
import { allowed, anonymous, call, fromNow, invalidToken, unavailable, withoutError } from './case-parts.js';

/** RFC 6750 has no code for it: the token may be good, so it must not be called invalid. */
const notTheClient = ['RFC9110-15.5.2-01', 'MCP-2026-07-28-RS-015', 'RFC9068-4-07'] as const;

const keyFaults: readonly EndpointMode[] = [
  'fails',
  'closes',
  'html',
  'not-json',
  'too-large',
  'empty',
  'redirects',
];
const metadataFaults: readonly EndpointMode[] = [...keyFaults, 'wrong-issuer'];

function failing(endpoint: 'keys' | 'metadata', mode: EndpointMode): ConformanceCase {
  return {
    id: `outage-${endpoint}-${mode}`,
    title: 'a server that cannot get at keys says so, and neither blames nor believes the token',
    requirements: notTheClient,
    profile: 'single',
    issuers: { primary: { [endpoint]: mode } },
    request: call(),
    expect: unavailable,
  };
}

/** When the authorization server fails, the client is not at fault (RFC 9110 §15.6.4). */
export const outageCases: readonly ConformanceCase[] = [
  ...keyFaults.map((mode) => failing('keys', mode)),
  ...metadataFaults.map((mode) => failing('metadata', mode)),
  {
    id: 'outage-keys-hang',
    title: 'a key set that never arrives is given up, not waited for',
    requirements: notTheClient,
    profile: 'impatient',
    issuers: { primary: { keys: 'hangs' } },
    request: call(),
    expect: unavailable,
  },
  {
    id: 'outage-no-key',
    title: 'an empty key set is an error of its server',
    requirements: notTheClient,
    profile: 'single',
    issuers: { primary: { publishes: [] } },
    request: call(),
    expect: unavailable,
  },
  {
    id: 'outage-over',
    title: 'a server that started during an outage recovers by itself',
    requirements: ['RFC9068-4-07'],
    profile: 'single',
    before: [
      { issuers: { primary: { metadata: 'fails', keys: 'fails' } }, request: call(), expect: unavailable },
      { request: call(), expect: unavailable },
    ],
    advanceSeconds: 5,
    issuers: { primary: { metadata: 'works', keys: 'works' } },
    request: call(),
    expect: allowed,
  },
  {
    id: 'outage-long-over',
    title: 'a good token passes within five seconds of the return of its server, however long it was away',
    requirements: ['RFC9068-4-07', 'RFC8414-CACHE-01'],
    profile: 'single',
    before: [
      { issuers: { primary: { metadata: 'fails', keys: 'fails' } }, request: call(), expect: unavailable },
      ...[1, 2, 4, 5, 5, 5, 60].map((advanceSeconds) => ({
        advanceSeconds,
        request: call(),
        expect: unavailable,
      })),
    ],
    advanceSeconds: 5,
    issuers: { primary: { metadata: 'works', keys: 'works' } },
    request: call(),
    expect: allowed,
  },
  {
    id: 'outage-rotation',
    title:
      'a key that was rotated during an outage: nobody can tell, and its tokens pass five seconds after it',
    requirements: notTheClient,
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      {
        issuers: { primary: { publishes: ['es256', 'next'], keys: 'fails' } },
        request: call({ signer: { key: 'next' } }),
        expect: unavailable,
      },
      ...[1, 30, 60].map((advanceSeconds) => ({
        advanceSeconds,
        request: call({ signer: { key: 'next' } }),
        expect: unavailable,
      })),
    ],
    advanceSeconds: 5,
    issuers: { primary: { keys: 'works' } },
    request: call({ signer: { key: 'next' } }),
    expect: allowed,
  },
  {
    id: 'outage-older-token',
    title: 'a token that is older than the key set and whose key is not in it is refused during an outage',
    requirements: ['MCP-2026-07-28-RS-017', 'RFC9068-4-07'],
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      {
        issuers: { primary: { keys: 'fails' } },
        request: call({ header: { kid: 'made-up' } }),
        expect: unavailable,
      },
    ],
    request: call({ header: { kid: 'made-up' }, claims: { iat: fromNow(-90) } }),
    expect: { ...invalidToken, fetches: { primary: { keys: 2 } } },
  },
  {
    id: 'outage-not-hammered',
    title: 'requests during an outage do not become requests to the failing server',
    requirements: ['RFC9068-4-07'],
    profile: 'single',
    before: [
      { issuers: { primary: { keys: 'fails' } }, request: call(), expect: unavailable },
      ...[1, 2, 3, 4].map(() => ({ request: call(), expect: unavailable })),
    ],
    request: call(),
    expect: { ...unavailable, fetches: { primary: { keys: 1 } } },
  },
  {
    id: 'outage-known-keys',
    title: 'known keys go on verifying for a while when the key set cannot be fetched',
    requirements: ['RFC9068-4-07'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    advanceSeconds: 1800,
    issuers: { primary: { keys: 'fails' } },
    request: call(),
    expect: allowed,
  },
  {
    id: 'outage-known-keys-end',
    title: 'known keys are not trusted for ever',
    requirements: ['RFC9068-4-07'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    advanceSeconds: 30 * 24 * 3600,
    issuers: { primary: { keys: 'fails' } },
    request: call(),
    expect: unavailable,
  },
  {
    id: 'outage-no-stale-keys',
    title: 'where stale keys are switched off, an outage stops at freshness',
    requirements: ['RFC9068-4-07'],
    profile: 'no-stale-keys',
    before: [{ request: call(), expect: allowed }],
    advanceSeconds: 1800,
    issuers: { primary: { keys: 'fails' } },
    request: call(),
    expect: unavailable,
  },
  {
    id: 'outage-bad-token-known-keys',
    title: 'a bad token stays a bad token during an outage',
    requirements: ['MCP-2026-07-28-RS-017', 'RFC6750-3.1-02'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    advanceSeconds: 1800,
    issuers: { primary: { keys: 'fails' } },
    request: call({ claims: { exp: fromNow(-60) } }),
    expect: invalidToken,
  },
  {
    id: 'outage-foreign-issuer',
    title: 'a token of a server that is not trusted is refused during an outage',
    requirements: ['RFC9068-4-01', 'RFC8725-3.8-01'],
    profile: 'single',
    issuers: { primary: { keys: 'fails', metadata: 'fails' } },
    request: call({ issuer: 'foreign' }),
    expect: { ...invalidToken, fetches: { primary: { any: 0 }, foreign: { any: 0 } } },
  },
  {
    id: 'outage-unreadable',
    title: 'a token that cannot be read is refused during an outage',
    requirements: ['RFC6750-3.1-02', 'MCP-2026-07-28-RS-015'],
    profile: 'single',
    issuers: { primary: { keys: 'fails', metadata: 'fails' } },
    request: call({ literal: 'not.a.token' }),
    expect: { ...invalidToken, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'outage-anonymous',
    title: 'whoever brings no token is told where to go during an outage too',
    requirements: ['RFC9110-11.6.1-01', 'RFC6750-3.1-04'],
    profile: 'single',
    issuers: { primary: { keys: 'fails', metadata: 'fails' } },
    request: anonymous(),
    expect: { ...withoutError, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'outage-other-server',
    title: 'the outage of one server does not touch the tokens of another',
    requirements: ['RFC9068-4-07', 'RFC8725-3.8-01'],
    profile: 'two-servers',
    issuers: { primary: { keys: 'fails', metadata: 'fails' } },
    request: call({ issuer: 'secondary' }),
    expect: { ...allowed, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'outage-metadata',
    title: 'the metadata of the resource is there during an outage',
    requirements: ['MCP-2026-07-28-RS-003'],
    profile: 'single',
    issuers: { primary: { keys: 'fails', metadata: 'fails' } },
    request: { method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' },
    expect: { status: 200, handlerRan: false, fetches: { primary: { any: 0 } } },
  },
];

import type { ConformanceCase, Step } from '../case.js';
import type { ProfileName } from '../profiles/profiles.js';
import { keyNamed } from '../profiles/key-profiles.js';
import type { RequestSpec } from '../request-spec.js';
import {
  allowed,
  anonymous,
  call,
  fromNow,
  insufficientScope,
  invalidToken,
  withoutError,
} from './case-parts.js';
import { callTool, jsonBody } from './operations-parts.js';

const withScope = (scope: string, more: Partial<RequestSpec> = {}) => call({ claims: { scope } }, more);
const tool = (name: string, scope = '') => withScope(scope, { body: jsonBody(callTool(name)) });
const fourDays = 4 * 86_400;
const without = { scope: '' } as const;

/** What observation of scopes must not touch. */
const untouched: readonly (readonly [id: string, what: string, step: Pick<Step, 'request' | 'expect'>])[] = [
  ['no-token', 'a request without a token', { request: anonymous(), expect: withoutError }],
  [
    'expired',
    'an expired token',
    { request: call({ claims: { ...without, exp: fromNow(-60) } }), expect: invalidToken },
  ],
  [
    'audience',
    'a token for another resource',
    { request: call({ claims: { ...without, aud: 'https://other.example.com' } }), expect: invalidToken },
  ],
  [
    'signature',
    'a token with a bad signature',
    { request: call({ claims: without, spoil: 'flip-signature' }), expect: invalidToken },
  ],
  [
    'key',
    'a key that nobody knows',
    { request: call({ literal: keyNamed('unknown') }), expect: invalidToken },
  ],
];

const observed: readonly ProfileName[] = ['observed', 'observed-operations'];

/** Routes that tell of missing scopes, and do not demand them until a day has ended. */
export const observeCases: readonly ConformanceCase[] = [
  ...observed.flatMap((profile) =>
    untouched.map(([id, what, step]): ConformanceCase => ({
      id: `${profile}-${id}`,
      title: `${what} is refused while scopes are observed`,
      requirements: ['MCP-2026-07-28-RS-013', 'RFC6750-3.1-02'],
      profile,
      ...step,
    })),
  ),
  {
    id: 'observed-over',
    title: 'after the day the scopes are demanded',
    requirements: ['RFC6750-3.1-03'],
    profile: 'observed',
    before: [{ request: withScope(''), expect: allowed }],
    advanceSeconds: fourDays,
    request: withScope(''),
    expect: insufficientScope('notes:read'),
  },
  {
    id: 'observed-refused',
    title: 'an operation that a rule refuses is refused while scopes are observed',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'observed-operations',
    request: tool('retired'),
    expect: { status: 200, handlerRan: false, body: { absent: ['result'] } },
  },
  {
    id: 'observed-body',
    title: 'a body that cannot be judged is refused while scopes are observed',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'observed-operations',
    request: withScope('', { body: { type: 'application/json', text: '{"jsonrpc":' } }),
    expect: { status: 400, handlerRan: false },
  },
  {
    id: 'observed-other-part',
    title: 'scopes of the route are demanded while only those of rules are observed',
    requirements: ['RFC6750-3.1-03'],
    profile: 'observed-rules-only',
    request: tool('write'),
    expect: insufficientScope('notes:read', 'notes:write'),
  },
  {
    id: 'observed-operations-over',
    title: 'after the day the scopes of an operation are demanded',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'observed-rules-only',
    before: [{ request: tool('write', 'notes:read'), expect: allowed }],
    advanceSeconds: fourDays,
    request: tool('write', 'notes:read'),
    expect: insufficientScope('notes:read', 'notes:write'),
  },
  {
    id: 'observed-scopes',
    title: 'a token without the scopes of the route is let in until that day',
    requirements: ['RFC6750-3.1-03', 'RFC6750-3.1-02', 'MCP-2026-07-28-RS-013'],
    profile: 'observed',
    request: withScope(''),
    expect: allowed,
  },
  {
    id: 'observed-operation',
    title: 'a token without the scopes of an operation is let in until that day',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'observed-operations',
    request: tool('write'),
    expect: allowed,
  },
];

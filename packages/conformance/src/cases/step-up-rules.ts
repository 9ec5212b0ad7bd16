import type { ConformanceCase } from '../case.js';
import { allowed, insufficientScope, withoutError } from './case-parts.js';
import { ask, callTool, jsonBody } from './operations-parts.js';
import { anotherLogin, demanded, login, loginCases, type LoginRow, withClaims } from './step-up-parts.js';

const body = (tool: string) => ({ body: jsonBody(callTool(tool)) });

const rows: readonly LoginRow[] = [
  {
    id: 'rule-weak',
    title: 'a rule asks for a login and its scopes in one challenge',
    request: login('bronze', 60, 'notes:read', body('write')),
    expect: demanded('notes:read', 'notes:write'),
  },
  {
    id: 'rule-level',
    title: 'a rule may ask for a level alone',
    request: login('silver', 60, 'notes:read', body('sign')),
    expect: anotherLogin({ acr_values: 'gold' }, 'notes:read'),
  },
  {
    id: 'rule-scope',
    title: 'the scopes of a rule are a 403 where the login is good',
    request: login('gold', 60, 'notes:read', body('write')),
    expect: insufficientScope('notes:read', 'notes:write'),
  },
  {
    id: 'rule-good',
    title: 'a rule lets in who meets both',
    request: login('gold', 60, 'notes:read notes:write', body('write')),
    expect: allowed,
  },
  {
    id: 'rule-other',
    title: 'no login is asked for by rules that are about something else',
    request: withClaims({}, body('read')),
    expect: allowed,
  },
  {
    id: 'rule-anonymous',
    title: 'what is for everybody needs no login',
    request: ask(jsonBody(callTool('search')), undefined),
    expect: allowed,
  },
  {
    id: 'rule-no-token',
    title: 'who has no token is asked for one',
    request: ask(jsonBody(callTool('write')), undefined),
    expect: { ...withoutError, challenge: { absent: ['error', 'acr_values', 'max_age'] } },
  },
];

/** Logins that rules for operations demand. */
export const stepUpRuleCases: readonly ConformanceCase[] = loginCases(
  rows.map((row) => ({ profile: 'step-up-rules', ...row })),
);

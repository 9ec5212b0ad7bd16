import type { AuthInfo } from '../caller/auth-info.js';
import type { Clock } from '../net/environment.js';
import type { AuthenticationNeed } from '../policy/authentication-need.js';
import { checkLogin, type RequiredLogin } from '../policy/check-login.js';
import type { Operation } from './operation.js';
import { unite, type Verdict } from './verdict.js';

type LoginVerdict = Extract<Verdict, { readonly kind: 'needs' | 'authentication' }>;

const nobody: AuthInfo['claims'] = Object.freeze({});

/** Whether the caller has logged in as is needed. A caller without a token has not. */
export function judgeLogin(
  need: AuthenticationNeed,
  caller: Pick<AuthInfo, 'claims'> | undefined,
  now: Clock,
  operation?: Operation,
): LoginVerdict {
  const lack = checkLogin(need, caller?.claims ?? nobody, now());
  return lack === undefined
    ? { kind: 'needs', requirements: [], logins: [need] }
    : { kind: 'authentication', operation, need, lack, requirements: [] };
}

/**
 * What the rules say, with the login that the route demands. As with the scopes of the route, what is for everybody does without, and what
 * is refused in any case stays so.
 */
export function withRouteLogin(
  verdict: Verdict,
  login: RequiredLogin | undefined,
  caller: Pick<AuthInfo, 'claims'> | undefined,
): Verdict {
  if (login === undefined || (verdict.kind !== 'needs' && verdict.kind !== 'authentication')) return verdict;
  return unite([verdict, judgeLogin(login.need, caller, login.now)]);
}

import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject } from '../json.js';
import type { ProfileName } from '../profiles/profiles.js';
import type { RequestSpec } from '../request-spec.js';
import { call, fromNow } from './case-parts.js';
import { newest } from './operations-parts.js';

/** RFC 9470 §3: 401, with what the login must be. */
export function anotherLogin(parameters: JsonObject, ...scopes: readonly string[]): Expectation {
  return {
    status: 401,
    challenge: {
      exactly: {
        error: 'insufficient_user_authentication',
        ...(parameters as Readonly<Record<string, string>>),
      },
      scopes,
      absent: ['error_uri', ...['acr_values', 'max_age'].filter((name) => !(name in parameters))],
    },
    headers: { 'cache-control': { lists: ['no-store'] } },
    body: { members: { error: 'insufficient_user_authentication' }, absent: ['auth'] },
    handlerRan: false,
  };
}

/** What the route of `step-up` demands. */
export const ofRoute = { acr_values: 'gold silver', max_age: '900' };
export const demanded = (...scopes: readonly string[]) => anotherLogin(ofRoute, ...scopes);

/** A token of a login with this `acr`, so many seconds ago. */
export function login(
  acr: string,
  secondsAgo: number,
  scope = 'notes:read',
  more: Partial<RequestSpec> = {},
): RequestSpec {
  return withClaims({ acr, auth_time: fromNow(-secondsAgo), scope }, more);
}

/** A token with a scope and these claims. */
export function withClaims(claims: JsonObject, more: Partial<RequestSpec> = {}): RequestSpec {
  return { ...call({ claims: { scope: 'notes:read', ...claims } }, more), headers: newest };
}

/** A case without what all of them have in common. */
export interface LoginRow extends Pick<ConformanceCase, 'before' | 'advanceSeconds'> {
  readonly id: string;
  readonly title: string;
  readonly request: RequestSpec;
  readonly expect: Expectation;
  /** Default: `step-up`. */
  readonly profile?: ProfileName;
}

export function loginCases(rows: readonly LoginRow[]): readonly ConformanceCase[] {
  return rows.map(({ id, profile = 'step-up', ...row }) => ({
    id: `step-up-${id}`,
    requirements: ['RFC9470-3-01', 'RFC9470-3-02', 'RFC9470-3-03', 'RFC9470-6-01'],
    profile,
    ...row,
  }));
}

import type { TokenStatement } from '../events/decision-event.js';
import { printable, toFact } from '../events/facts.js';

/** What a token says of itself that is not a secret, in a form that an event may repeat. Reads own members only. */
export function toStatement(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
): TokenStatement {
  const { iss, aud, sub, exp } = claims;
  const audience = toFact(aud);
  const clientId = clientIdClaims.map((name) => claims[name]).find(isString);
  return {
    ...text('issuer', iss),
    ...(typeof audience === 'string' || Array.isArray(audience) ? { audience } : undefined),
    ...text('subject', sub),
    ...text('clientId', clientId),
    ...text('type', header['typ']),
    ...text('algorithm', header['alg']),
    ...text('keyId', header['kid']),
    ...(typeof exp === 'number' ? { expiresAt: exp } : undefined),
  };
}

/** RFC 9068 §2.2 `client_id`; OpenID Connect Core §2 `azp`; Okta writes `cid`, AD FS and version 1 of Entra ID `appid`. */
export const clientIdClaims = ['client_id', 'azp', 'cid', 'appid'] as const;

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function text<Name extends string>(name: Name, value: unknown): Readonly<Record<Name, string>> | undefined {
  return isString(value) ? ({ [name]: printable(value) } as Record<Name, string>) : undefined;
}

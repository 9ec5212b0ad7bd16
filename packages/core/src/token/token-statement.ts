import type { TokenStatement } from '../events/decision-event.js';
import { printable, toFact } from '../events/facts.js';

/**
 * What a token says of itself that is not a secret, in a form that an event may repeat. Reads own members only. Member by member: it is
 * made for every token that is refused, and objects that are spread into one another take ten times as long.
 */
export function toStatement(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
): TokenStatement {
  const { iss, aud, sub, exp } = claims;
  const { typ, alg, kid } = header;
  const statement: { -readonly [Member in keyof TokenStatement]: TokenStatement[Member] } = {};
  if (isString(iss)) statement.issuer = printable(iss);
  const audience = toFact(aud);
  if (typeof audience === 'string' || Array.isArray(audience)) statement.audience = audience;
  if (isString(sub)) statement.subject = printable(sub);
  const clientId = claims[clientIdClaims.find((name) => isString(claims[name])) ?? 'client_id'];
  if (isString(clientId)) statement.clientId = printable(clientId);
  if (isString(typ)) statement.type = printable(typ);
  if (isString(alg)) statement.algorithm = printable(alg);
  if (isString(kid)) statement.keyId = printable(kid);
  if (typeof exp === 'number') statement.expiresAt = exp;
  return statement;
}

/** RFC 9068 §2.2 `client_id`; OpenID Connect Core §2 `azp`; Okta writes `cid`, AD FS and version 1 of Entra ID `appid`. */
export const clientIdClaims = ['client_id', 'azp', 'cid', 'appid'] as const;

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

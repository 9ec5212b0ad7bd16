import { sign } from 'node:crypto';
import type { JsonValue } from '../json.js';
import type { AnswerSigning, IssuerName } from './issuer-name.js';
import { getKey } from './keys.js';

/** Who says it, and to whom. */
export interface AnswerParties {
  readonly issuer: IssuerName;
  readonly identifier: string;
  readonly audience: string;
}

/** A signed introspection response (RFC 9701 §5), or one with a single fault. */
export function signAnswer(
  verdict: JsonValue,
  { issuer, identifier, audience }: AnswerParties,
  signing: Exclude<AnswerSigning, 'never'>,
): string {
  const published = getKey(issuer, 'es256');
  const { alg, privateKey } = signing === 'other-key' ? getKey(issuer, 'unpublished') : published;
  const header = {
    alg,
    kid: published.kid,
    typ: signing === 'as-access-token' ? 'at+jwt' : 'token-introspection+jwt',
  };
  const claims = {
    iss: signing === 'other-issuer' ? 'https://other.example.com' : identifier,
    aud: signing === 'other-audience' ? 'another-resource-server' : audience,
    iat: Math.floor(Date.now() / 1000) - (signing === 'long-ago' ? 3600 : 0),
    ...(signing === 'empty' ? undefined : { token_introspection: verdict }),
  };
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

import { CompactSign, type CompactJWSHeaderParameters } from 'jose';
import type { IssuerKey } from './key-ring.js';
import { present, type UnsignedToken } from './token-options.js';

/** A JWT with the signature of a key, no matter what header and claims say. */
export async function signToken({ header, claims }: UnsignedToken, key: IssuerKey): Promise<string> {
  const written = present({ alg: key.alg, kid: key.kid, ...header }) as unknown as CompactJWSHeaderParameters;
  const { crit = [] } = written;
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader(written)
    .sign(key.privateKey, { crit: Object.fromEntries(crit.map((name) => [name, true])) });
}

/** One part of a JWT. */
export function encodePart(members: object): string {
  return Buffer.from(JSON.stringify(members)).toString('base64url');
}

/** The claims of a JWT that was made here. */
export function readClaims(token: string): Readonly<Record<string, unknown>> {
  const [, claims = ''] = token.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Readonly<Record<string, unknown>>;
}

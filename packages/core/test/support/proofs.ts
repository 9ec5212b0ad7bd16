import { createHash, randomUUID } from 'node:crypto';
import { type SigningKey, signRaw } from './keys.js';

export const resource = 'https://mcp.example.net/mcp';

export const thumbprintOf = ({ publicJwk: { crv, kty, x, y } }: SigningKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

/** A good proof, with changes. */
export function prove(
  key: SigningKey,
  token: string,
  seconds: number,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { kty, crv, x, y } = key.publicJwk;
  const ath = createHash('sha256').update(token).digest('base64url');
  return signRaw(
    key,
    { jti: randomUUID(), htm: 'POST', htu: resource, iat: seconds, ath, ...claims },
    { typ: 'dpop+jwt', kid: undefined, jwk: { kty, crv, x, y }, ...header },
  );
}

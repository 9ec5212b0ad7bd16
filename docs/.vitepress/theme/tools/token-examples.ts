import { encodeBytes, encodeJson } from './base64url';
import type { ExampleName } from './example-names';

/** What an example fills in. */
export interface TokenExample {
  readonly token: string;
  readonly jwks: string;
}

export const exampleIssuer = 'https://auth.example.com';
export const exampleResource = 'https://mcp.example.com/mcp';

const changes = {
  good: {},
  /** Genuine, but made for everything of that issuer. */
  lax: { aud: exampleIssuer, scope: '' },
  /** An ID token that has expired. */
  broken: { aud: 'notes-app', nonce: 'n-0S6_WzA2Mj', at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng', exp: 1_700_000_000 },
};

/** Makes a token and its key on the spot. */
export async function createTokenExample(kind: ExampleName): Promise<TokenExample> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'ES256', kid: 'example', typ: kind === 'broken' ? 'JWT' : 'at+jwt' };
  const usual = { iss: exampleIssuer, aud: exampleResource, sub: 'alice', client_id: 'notes-app' };
  const claims = { ...usual, scope: 'notes:read', iat: now, exp: now + 3600, ...changes[kind] };
  const input = `${encodeJson(header)}.${encodeJson(claims)}`;
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(input));
  return {
    token: `${input}.${encodeBytes(new Uint8Array(signature))}`,
    jwks: JSON.stringify(
      { keys: [{ kty, crv, x, y, kid: 'example', alg: 'ES256', use: 'sig' }] },
      undefined,
      2,
    ),
  };
}

import { createHash, randomUUID } from 'node:crypto';
import { createSigningKey } from './signing-key.mjs';

const digest = (text) => createHash('sha256').update(text).digest('base64url');

/**
 * A client with a key of its own, and a token that is bound to it (RFC 9449).
 *
 * @param {(confirmation: object) => string} signToken makes the token with what binds it
 * @param {{ alg?: string, htm?: string, htu: string }} request what its proofs are for
 */
export function createBoundClient(signToken, { alg = 'ES256', htm = 'POST', htu }) {
  const key = createSigningKey(alg, undefined);
  const { kty, crv, x, y } = key.jwk;
  const jwk = { kty, crv, x, y };
  const token = signToken({ cnf: { jkt: digest(JSON.stringify({ crv, kty, x, y })) } });
  const ath = digest(token);
  const prove = (nonce) =>
    key.sign(
      { htm, htu, jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ath, nonce },
      { typ: 'dpop+jwt', jwk },
    );
  return { key, prove, token };
}

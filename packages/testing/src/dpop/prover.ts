import { createHash, randomUUID } from 'node:crypto';
import { CompactSign, type CompactJWSHeaderParameters } from 'jose';
import { checkOptions } from '../check-options.js';
import type { TestClock } from '../clock.js';
import { generateKeyPair, thumbprintOf, type PublicJwk, type TestAlgorithm } from '../issuer/key-pair.js';
import { present } from '../issuer/token-options.js';
import { refuseProduction } from '../refuse-production.js';

/** How a prover is set up. */
export interface ProverOptions {
  /** The clock that proofs are dated by. Default: that of the platform. */
  readonly clock?: TestClock | undefined;
  /** What proofs are signed with. Default: ES256. */
  readonly algorithm?: TestAlgorithm | undefined;
}

/** The request that a proof is for. */
export interface ProofRequest {
  /** `htm`. */
  readonly method: string;
  /** `htu`: the URL that clients use. Query and fragment are left out, as RFC 9449 §4.2 demands. */
  readonly url: string;
  /** The access token that goes with it (`ath`). Default: none, as for a token request. */
  readonly token?: string | undefined;
  /** What the server gave in `DPoP-Nonce`. Default: none. */
  readonly nonce?: string | undefined;
  /** Further claims, and others instead of the usual ones; `undefined` takes a claim out. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Members of the header instead of the usual ones; `undefined` takes one out. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/** A client that can prove that it has a key. */
export interface Prover {
  /** The public half of the key. */
  readonly publicJwk: PublicJwk;
  /** The thumbprint of the key (RFC 7638), for `mintToken({ boundTo })`. */
  readonly boundTo: string;
  /** The value of a `DPoP` header, for one request. */
  prove(request: ProofRequest): Promise<string>;
}

const known = [
  'method',
  'url',
  'token',
  'nonce',
  'claims',
  'header',
] as const satisfies readonly (keyof ProofRequest)[];

/**
 * Makes a client with a key, for servers that take bound tokens (DPoP).
 *
 * Does not check: whether a proof can pass. What a proof must not say, `claims` and `header` make it say.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @throws {TypeError} for an option that it does not know
 * @see RFC 9449 §4.2
 * @example
 * ```ts
 * import { createProver, createTestIssuer } from '@mcp-auth/testing';
 *
 * const url = 'https://api.example.com/mcp';
 * const issuer = createTestIssuer({ audience: url });
 * const prover = createProver();
 * const token = await issuer.mintToken({ boundTo: prover.boundTo });
 * const headers = {
 *   authorization: `DPoP ${token}`,
 *   dpop: await prover.prove({ method: 'POST', url, token }),
 * };
 * console.log(Object.keys(headers));
 * ```
 */
export function createProver(options: ProverOptions = {}): Prover {
  refuseProduction('createProver');
  checkOptions('createProver', options, ['clock', 'algorithm']);
  const { alg, privateKey, publicJwk } = generateKeyPair(options.algorithm ?? 'ES256');
  const prove = async (request: ProofRequest): Promise<string> => {
    checkOptions('prove', request, known);
    const { method, url, token, nonce, claims, header } = request;
    const payload = present({
      jti: randomUUID(),
      htm: method,
      htu: url.split(/[?#]/, 1)[0],
      iat: Math.floor((options.clock?.now() ?? Date.now()) / 1000),
      ath: token === undefined ? undefined : createHash('sha256').update(token).digest('base64url'),
      nonce,
      ...claims,
    });
    const written = present({ typ: 'dpop+jwt', alg, jwk: publicJwk, ...header });
    return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader(written as unknown as CompactJWSHeaderParameters)
      .sign(privateKey);
  };
  return { publicJwk, boundTo: thumbprintOf(publicJwk), prove };
}

import { createInlineKeySource } from '../../src/keys/inline-keys.js';
import type { KeySource } from '../../src/keys/key-source.js';
import { resolveJwtRules, type JwtVerifyOptions } from '../../src/config/jwt-verify-options.js';
import { createJwtVerifier } from '../../src/verifier/jwt-verifier.js';
import type { KeyedIssuer } from '../../src/verifier/trusted-issuer.js';
import type { TokenVerifier, VerifiedToken } from '../../src/token/verification.js';
import { createClock, type TestClock } from './clock.js';
import type { SigningKey } from './keys.js';

export const issuer = 'https://as.example.com';

/** Keys that never change, as a source. */
export function keysOf(...keys: readonly SigningKey[]): KeySource {
  return createInlineKeySource(
    keys.map((key) => key.publicJwk as Record<string, unknown>),
    'jwks',
  );
}

const plain = { policy: undefined, scopeClaims: undefined, report: () => undefined };

export function trust(keys: KeySource, changes: Partial<KeyedIssuer> = {}): KeyedIssuer {
  const resource = 'https://api.example.com/mcp';
  return { authorizationServer: issuer, resource, ...plain, keys, ...changes };
}

export interface VerifierOptions {
  readonly clock?: TestClock;
  readonly jwtVerify?: JwtVerifyOptions;
  readonly issuers?: Readonly<Record<string, KeyedIssuer>>;
}

/** A JWT verifier that trusts one issuer with these keys. */
export function createVerifier(keys: readonly SigningKey[], options: VerifierOptions = {}): TokenVerifier {
  const { clock = createClock(), jwtVerify, issuers = { [issuer]: trust(keysOf(...keys)) } } = options;
  return createJwtVerifier(new Map(Object.entries(issuers)), resolveJwtRules(jwtVerify, clock.now));
}

/** `verified`, `unavailable`, or the code of a rejection with the claim that decided. */
export async function outcome(verifier: TokenVerifier, token: string): Promise<string> {
  const verification = await verifier(token);
  if (verification.kind !== 'rejected') return verification.kind;
  return verification.claim === undefined ? verification.code : `${verification.code}: ${verification.claim}`;
}

export async function verified(verifier: TokenVerifier, token: string): Promise<VerifiedToken> {
  const verification = await verifier(token);
  if (verification.kind !== 'verified') throw new Error(`not verified: ${JSON.stringify(verification)}`);
  return verification.token;
}

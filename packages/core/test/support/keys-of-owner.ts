import type { KeyInfo, KeyVerifier, PrefixVerifier, VerifyKey } from '../../src/index.js';
import { protect, type ProtectOptions } from './protect.js';

export const keyIssuer = 'https://api.example.com/keys';
/** A key as owners make them: a prefix, and what nobody guesses. */
export const key = 'sk_6f0c2d9a41be87e3550d';
export const otherKey = 'sk_zz9c2d9a41be87e3550d';

/** Counts which keys a function was asked about. */
export function knowing(keys: Readonly<Record<string, KeyInfo>>) {
  const asked: string[] = [];
  const verify: VerifyKey = (given) => {
    asked.push(given);
    return Object.hasOwn(keys, given) ? keys[given] : undefined;
  };
  return { asked, verify };
}

export const owner: KeyInfo = { subject: 'build-server', scopes: ['notes:read'], expiresAt: 4_000_000_000 };

/** A route that takes keys beside JWTs. */
export async function protectWithKeys(
  changes: Partial<PrefixVerifier> = {},
  given: ProtectOptions & { readonly more?: readonly KeyVerifier[] } = {},
) {
  const { asked, verify } = knowing({ [key]: owner });
  const verifiers = [{ prefix: 'sk_', issuer: keyIssuer, verify, ...changes }, ...(given.more ?? [])];
  const world = await protect({ ...given, options: { ...given.options, verifiers } });
  return { ...world, asked };
}

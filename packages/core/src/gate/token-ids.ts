import type { VerifiedToken } from '../token/verification.js';

/** By the claims, which are shared by all requests with one token: a gate may recall what another one has verified. */
const ids = new WeakMap<object, string>();

/** What identifies a token without being one: a hash of its `jti` (RFC 7519 §4.1.7), kept for as long as its claims are. */
export class TokenIds {
  of({ claims }: { readonly claims: object }): string | undefined {
    return ids.get(claims);
  }

  /** A `jti` that is the token, or a part of it, as some servers write it, is left alone: it would be known by its hash. */
  async note({ token, claims }: VerifiedToken): Promise<void> {
    const { jti } = claims;
    if (typeof jti !== 'string' || jti === '' || token.includes(jti) || jti.includes(token)) return;
    if (ids.has(claims)) return;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(jti));
    ids.set(claims, toHex(new Uint8Array(digest, 0, shownBytes)));
  }
}

/** Enough that no two tokens of a log have the same by chance. */
const shownBytes = 16;

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

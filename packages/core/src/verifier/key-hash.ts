import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { checkHashedKey, type HashedKey } from './hashed-key.js';
import type { VerifyKey } from './key-info.js';

const encoder = new TextEncoder();
const hexDigest = /^[\da-f]{64}$/i;

/**
 * The SHA-256 digest of a key, as 64 hexadecimal digits: what to store instead of the key.
 *
 * Does not check: that the key is hard to guess. A plain digest protects keys of at least 128 random bits, and no passwords.
 *
 * @see FIPS 180-4 §6.2
 * @example
 * ```ts
 * import { hashKey } from '@mcp-auth/core';
 *
 * const random = crypto.getRandomValues(new Uint8Array(24));
 * const key = `sk_${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
 * console.log('store', await hashKey(key));
 * ```
 */
export async function hashKey(key: string): Promise<string> {
  return toHex(await digestOf(key));
}

/**
 * Which of these digests is that of the key. All are compared in full, no matter where they differ: how long it takes says nothing about
 * any of them.
 *
 * @param digests - as {@link hashKey} returns them
 * @returns its place in the list; nothing where there is none. Of two that are equal the first
 * @throws {MCPAuthConfigError} `invalid_option` for what is not a digest
 * @see {@link createKeyVerifier}
 * @example
 * ```ts
 * import { hashKey, matchKeyHash } from '@mcp-auth/core';
 *
 * const digests = [await hashKey('sk_one-key-of-many'), await hashKey('sk_and-another-one')];
 * console.log(await matchKeyHash('sk_and-another-one', digests)); // 1
 * ```
 */
export async function matchKeyHash(key: string, digests: readonly string[]): Promise<number | undefined> {
  return match(
    await digestOf(key),
    digests.map((digest, index) => toBytes(digest, `digests[${index}]`)),
  );
}

/**
 * A function for `verifiers` that knows these keys by their digests.
 *
 * Checks: SHA-256 of the key against all digests, in constant time. Does not check: expiry, audience and scopes, which the gate does.
 *
 * @throws {MCPAuthConfigError} `invalid_option` for a digest that is none, or that is there twice, and for an entry without an owner;
 *   `unknown_option`, `invalid_scope`
 * @see {@link VerifyKey}
 * @example
 * ```ts
 * import { createKeyVerifier } from '@mcp-auth/core';
 * import { MCPAuth } from '@mcp-auth/core/fetch';
 *
 * const resource = 'https://api.example.com/mcp';
 * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
 * const verify = createKeyVerifier([
 *   // Made by hashKey when the key was issued
 *   { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', subject: 'build-server', scopes: ['notes:read'] },
 * ]);
 *
 * export default mcpAuth.protect({ fetch: () => new Response('Hello') }, {
 *   verifiers: [{ prefix: 'sk_', issuer: 'https://api.example.com/keys', verify, lifetimeWithoutExpirySeconds: 3600 }],
 * });
 * ```
 */
export function createKeyVerifier(keys: readonly HashedKey[]): VerifyKey {
  if (!Array.isArray(keys)) throw invalid('keys', `must be a list, but is ${describeValue(keys)}.`);
  const seen = new Set<string>();
  const known = keys.map((entry: unknown, index) => {
    const path = `keys[${index}]`;
    checkHashedKey(entry, path);
    const { sha256, ...info } = entry;
    const bytes = toBytes(sha256, `${path}.sha256`);
    if (seen.has(sha256.toLowerCase())) {
      throw invalid(`${path}.sha256`, 'is there twice: nobody could say whose the key is. Remove one entry.');
    }
    seen.add(sha256.toLowerCase());
    return { bytes, info: Object.freeze({ ...info }) };
  });
  const digests = known.map(({ bytes }) => bytes);
  return async (key) => {
    const index = match(await digestOf(key), digests);
    return index === undefined ? undefined : known[index]?.info;
  };
}

async function digestOf(key: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(key)));
}

/** Every byte of every digest is looked at, and no branch depends on any. */
function match(own: Uint8Array, digests: readonly Uint8Array[]): number | undefined {
  let found = 0;
  for (let index = digests.length - 1; index >= 0; index--) {
    let difference = 0;
    for (let at = 0; at < own.length; at++) difference |= (own[at] ?? 0) ^ (digests[index]?.[at] ?? 0);
    // -1 where they are equal, 0 where they differ
    const mask = (difference - 1) >> 31;
    found = (found & ~mask) | ((index + 1) & mask);
  }
  return found === 0 ? undefined : found - 1;
}

function toBytes(digest: unknown, path: string): Uint8Array {
  if (typeof digest !== 'string' || !hexDigest.test(digest)) {
    // What came may be the key itself
    throw invalid(path, 'must be a SHA-256 digest as 64 hexadecimal digits, as hashKey() returns it.');
  }
  return Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(digest.slice(2 * at, 2 * at + 2), 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}

import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import { type NameHints, unknownOption } from '../errors/unknown-option.js';
import { isScopeToken } from '../scopes/scopes.js';
import type { KeyInfo } from './key-info.js';

/**
 * A key as it may be stored: its digest, and whose it is.
 *
 * @see {@link createKeyVerifier}
 */
export type HashedKey = KeyInfo & {
  /** SHA-256 of the key, as 64 hexadecimal digits: what {@link hashKey} returns. */
  readonly sha256: string;
};

const members = ['sha256', 'subject', 'clientId', 'scopes', 'expiresAt', 'audience', 'claims'];

const hints: NameHints = {
  elsewhere: {
    key: 'Write sha256, which hashKey() makes of the key, and keep the key nowhere.',
    hash: 'Write sha256, which hashKey() makes of the key.',
    scope: 'Write scopes, a list.',
    sub: 'Write subject.',
    client: 'Write clientId.',
    exp: 'Write expiresAt, in seconds since the epoch.',
    aud: 'Write audience.',
  },
};

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/**
 * Checks: all that is said of the owner. Does not check: the digest. No value is shown: any could be the key.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `invalid_scope`
 */
export function checkHashedKey(entry: unknown, path: string): asserts entry is HashedKey {
  if (!isPlain(entry)) throw invalid(path, `must be an object, but is ${describeValue(entry)}.`);
  const { subject, clientId, scopes, expiresAt, audience, claims } = entry as Record<string, unknown>;
  const unknown = Object.keys(entry).find((name) => !members.includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, members, path, hints);
  for (const [name, value] of Object.entries({ subject, clientId })) {
    if (value !== undefined && !isText(value))
      throw invalid(`${path}.${name}`, 'must be a non-empty string.');
  }
  if (subject === undefined && clientId === undefined) {
    throw invalid(`${path}.subject`, 'is missing: write whose key it is, as subject or clientId.');
  }
  if (scopes !== undefined && !(Array.isArray(scopes) && scopes.every(isScopeToken))) {
    throw new MCPAuthConfigError(
      'invalid_scope',
      `${path}.scopes`,
      'must be a list of scopes, each of printable ASCII without spaces, double quotes and backslashes (RFC 6749 §3.3): write ["notes:read", "notes:write"].',
    );
  }
  if (expiresAt !== undefined && !Number.isFinite(expiresAt)) {
    throw invalid(`${path}.expiresAt`, 'must be a number: seconds since the epoch.');
  }
  const isAudience = isText(audience) || (Array.isArray(audience) && audience.every(isText));
  if (audience !== undefined && !isAudience) {
    throw invalid(`${path}.audience`, 'must be a non-empty string, or a list of them.');
  }
  if (claims !== undefined && !isPlain(claims)) throw invalid(`${path}.claims`, 'must be an object.');
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}

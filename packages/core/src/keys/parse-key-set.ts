import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { describeKeyProblem } from './key-problem.js';
import { describeKeyId } from './key-source.js';
import { type PublicJwk, readPublicJwk } from './public-jwk.js';

/** A key of a set that cannot verify anything here. */
export interface LeftOutKey {
  readonly kid: string | undefined;
  /** Ends the sentence "is left out:". Without key material. */
  readonly reason: string;
}

/** What a relying party keeps of a JWK Set. */
export interface ParsedKeySet {
  readonly keys: readonly PublicJwk[];
  readonly leftOut: readonly LeftOutKey[];
}

/** More keys than nearly all providers publish; a larger set is an attack or a mistake, unless its owner says otherwise. */
export const defaultMaxKeys = 100;

/** How many keys that were left out are told of one by one. */
const maxTold = 20;

/**
 * Reads a JWK Set (RFC 7517 §5) as a relying party should: members it does not understand are left out.
 *
 * Symmetric keys, private keys and weak keys are left out too, each with its reason; a set without any usable key is an error of
 * the provider, not the withdrawal of all keys.
 *
 * @throws {MCPAuthAuthServerError} `invalid_key_set`
 */
export function parseKeySet(document: unknown, url: string, maxKeys: number = defaultMaxKeys): ParsedKeySet {
  const entries: unknown =
    typeof document === 'object' && document !== null ? (document as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(entries)) throw invalid(url, 'is not a JWK Set: it has no keys array');
  if (entries.length > maxKeys) {
    throw invalid(url, `holds more than ${maxKeys} keys, which is what remoteJwkSet.maxKeys allows`);
  }
  const keys: PublicJwk[] = [];
  const leftOut: LeftOutKey[] = [];
  for (const entry of entries as readonly unknown[]) {
    const key = readPublicJwk(entry);
    if (typeof key === 'object') keys.push(key);
    else leftOut.push({ kid: readKeyId(entry), reason: describeKeyProblem(entry, key) });
  }
  if (keys.length > 0) return { keys, leftOut };
  const reasons = describeLeftOut(leftOut).map((reason) => `; ${reason}`);
  throw invalid(url, `has no usable public key${reasons.join('')}`);
}

/** A sentence for each key that was left out, up to a bound, and one for the others. */
export function describeLeftOut(leftOut: readonly LeftOutKey[]): readonly string[] {
  const told = leftOut
    .slice(0, maxTold)
    .map(({ kid, reason }) => `${describeKeyId(kid)} is left out: ${reason}`);
  const others = leftOut.length - told.length;
  return others === 0 ? told : [...told, `${others} more keys are left out`];
}

function readKeyId(entry: unknown): string | undefined {
  const kid: unknown =
    typeof entry === 'object' && entry !== null ? (entry as { kid?: unknown }).kid : undefined;
  return typeof kid === 'string' ? kid : undefined;
}

function invalid(url: string, problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError('invalid_key_set', `${url} ${problem}`, { details: { url } });
}

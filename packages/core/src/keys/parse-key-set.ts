import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { readPublicJwk, type PublicJwk } from './public-jwk.js';

/** More keys than any real provider publishes; a larger set is an attack or a mistake. */
export const maxKeys = 100;

/**
 * Reads a JWK Set (RFC 7517 §5) as a relying party should: members it does not understand are left out.
 *
 * Symmetric keys, private keys and weak keys are left out too; a set without any usable key is a fault of the provider,
 * not the withdrawal of all keys.
 *
 * @throws {MCPAuthAuthServerError} `invalid_key_set`
 */
export function parseKeySet(document: unknown, url: string): readonly PublicJwk[] {
  const entries =
    typeof document === 'object' && document !== null ? (document as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(entries)) throw invalid(url, 'is no JWK Set: it has no keys array');
  if (entries.length > maxKeys) throw invalid(url, `holds more than ${maxKeys} keys`);
  const keys = entries.map(readPublicJwk).filter((key): key is PublicJwk => typeof key === 'object');
  if (keys.length === 0) throw invalid(url, 'holds no usable public key');
  return keys;
}

function invalid(url: string, problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError('invalid_key_set', `${url} ${problem}`, { details: { url } });
}

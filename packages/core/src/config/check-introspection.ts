import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';
import { withDefaults } from './check-options.js';
import {
  introspectionCacheOptions,
  type IntrospectionClientAuthentication,
  introspectionConfig,
  type IntrospectionConfig,
  type PrivateKeyJwt,
} from './introspection.js';
import type { JwkInput } from '../keys/inline-keys.js';
import { isSupportedAlgorithm } from '../token/algorithms.js';

const algorithmOfCurve: Readonly<Record<string, string>> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
};

export function isJwk(key: PrivateKeyJwt['key']): key is JwkInput {
  return typeof key === 'object' && 'kty' in key;
}

/** The algorithm to sign with; empty where the configuration does not tell, which the check below refuses. */
export function resolveSigningAlgorithm({ key, alg }: PrivateKeyJwt): string {
  if (alg !== undefined) return alg;
  if (!isJwk(key)) return '';
  if (typeof key.alg === 'string') return key.alg;
  return algorithmOfCurve[String(key.crv)] ?? '';
}

/**
 * Checks the key of `private_key_jwt` as far as that needs no asynchronous import. No message holds key material.
 *
 * @throws {MCPAuthConfigError} `invalid_keys`, `invalid_option`
 */
function checkPrivateKey(config: PrivateKeyJwt, path: string): void {
  const problem = findKeyProblem(config.key);
  if (problem !== undefined) throw new MCPAuthConfigError('invalid_keys', `${path}.key`, problem);
  if (isSupportedAlgorithm(resolveSigningAlgorithm(config))) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    `${path}.alg`,
    'must name the asymmetric algorithm to sign with, for example "ES256" or "RS256".',
  );
}

function findKeyProblem(key: unknown): string | undefined {
  if (typeof key === 'string') return findPemProblem(key);
  if (typeof key !== 'object' || key === null)
    return 'must be a private key: a JWK, PKCS #8 PEM or a CryptoKey.';
  if ('kty' in key) {
    return 'd' in key && typeof key.d === 'string'
      ? undefined
      : 'is not a private key: the member d is missing. Publish the public key, and give the private one here.';
  }
  const { type, usages } = key as { readonly type?: unknown; readonly usages?: unknown };
  if (type !== 'private' || !Array.isArray(usages) || !usages.includes('sign')) {
    return 'must be a private key that may sign: a JWK, PKCS #8 PEM or a CryptoKey with the usage "sign".';
  }
  return undefined;
}

function findPemProblem(pem: string): string | undefined {
  if (/-----BEGIN PRIVATE KEY-----\\n/.test(pem)) {
    return 'has the two signs \\n instead of line breaks, as files of environment variables do. Put the breaks back: key.replaceAll("\\\\n", "\\n")';
  }
  if (/-----BEGIN PRIVATE KEY-----/.test(pem)) return undefined;
  if (/-----BEGIN (?:RSA|EC) PRIVATE KEY-----/.test(pem)) {
    return 'is PEM in an older form. Convert it: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem';
  }
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(pem))
    return 'is encrypted. Decrypt it before it is given here.';
  return 'is not a private key in PEM. It must begin with "-----BEGIN PRIVATE KEY-----".';
}

/** A checked configuration with its defaults. */
export interface IntrospectionSettings {
  readonly endpoint: string | undefined;
  readonly clientAuthentication: IntrospectionClientAuthentication;
  /** `aud` that signed answers must carry; `undefined` where answers need not be signed. */
  readonly signedAudience: string | undefined;
  readonly timeoutMs: number;
  readonly maxConcurrentCalls: number;
  readonly cache: CacheSettings | undefined;
}

export interface CacheSettings {
  readonly activeSeconds: number;
  readonly inactiveSeconds: number;
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/**
 * What holds between the options of one introspecting server, each of which was checked before. No message ever holds a
 * secret.
 *
 * @throws {MCPAuthConfigError} with the path of the wrong option
 */
export function checkIntrospection(
  config: IntrospectionConfig,
  path: string,
  allowInsecure: boolean,
): IntrospectionSettings {
  const { endpoint, clientAuthentication } = config;
  checkEndpoint(endpoint, `${path}.endpoint`, allowInsecure);
  if (clientAuthentication.method === 'private_key_jwt') {
    checkPrivateKey(clientAuthentication, `${path}.clientAuthentication`);
  }
  const { timeoutMs, maxConcurrentCalls } = withDefaults(config, introspectionConfig);
  return {
    endpoint,
    clientAuthentication,
    signedAudience: readSignedAudience(config, path),
    timeoutMs,
    maxConcurrentCalls,
    cache: readCache(config),
  };
}

function checkEndpoint(endpoint: string | undefined, path: string, allowInsecure: boolean): void {
  if (endpoint === undefined) return;
  if (!isSecureUrl(endpoint, allowInsecure)) {
    throw invalid(
      path,
      'must be an https URL (RFC 7662 §4). Plain http is for loopback hosts; allowInsecureHttp of the authorization server lifts this in test networks.',
    );
  }
  const { username, password } = parseUrl(endpoint) ?? {};
  if (username === '' && password === '') return;
  throw invalid(path, 'must not have a user name or password. Give these as clientAuthentication.');
}

function readSignedAudience(
  { signedResponse, clientAuthentication }: IntrospectionConfig,
  path: string,
): string | undefined {
  if (signedResponse === undefined || signedResponse === false) return undefined;
  const named = signedResponse === true ? undefined : signedResponse.audience;
  const audience = named ?? clientAuthentication.clientId;
  if (audience !== undefined) return audience;
  throw invalid(
    `${path}.signedResponse.audience`,
    'is needed: nothing else says what aud of a signed answer stands for this resource server (RFC 9701 §5).',
  );
}

function readCache({ keepAnswers }: IntrospectionConfig): CacheSettings | undefined {
  if (keepAnswers === undefined) return undefined;
  return {
    ...withDefaults(keepAnswers, introspectionCacheOptions),
    activeSeconds: keepAnswers.activeSeconds,
  };
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}

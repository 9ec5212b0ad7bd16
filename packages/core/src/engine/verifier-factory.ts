import type { KeySource } from '../keys/key-source.js';
import type { TokenCache } from '../cache/token-cache.js';
import type { Clock } from '../net/retry-budget.js';
import type { JwtBearerAuthOptions } from '../options/bearer-auth-options.js';
import { resolveJwtRules } from '../options/jwt-verify-options.js';
import { resolveKeySetSettings } from '../options/key-set-settings.js';
import type { ProtectedResource } from '../resource/protected-resource.js';
import type { TrustedServer } from '../resource/trusted-server.js';
import { createCustomVerifier } from '../verifier/custom-verifier.js';
import type { KnownToken } from '../verifier/known-token.js';
import { createJwtVerifier } from '../verifier/jwt-verifier.js';
import type { KeyedIssuer, TrustedIssuer } from '../verifier/trusted-issuer.js';
import type { TokenVerifier } from '../verifier/verification.js';
import { readByIssuer } from './by-issuer.js';
import type { VerificationMode } from './verification-mode.js';

/** What verifies the tokens of a route, and where its keys come from. */
export interface CreatedVerifier {
  readonly verifier: TokenVerifier;
  readonly keySources: readonly KeySource[];
}

/**
 * Creates what a mode asks for.
 *
 * @throws {MCPAuthConfigError} `missing_key_source`, or for an option
 */
export function createVerifier(
  mode: VerificationMode,
  resource: ProtectedResource,
  options: JwtBearerAuthOptions,
  now: Clock,
  cache: TokenCache<KnownToken> | undefined,
): CreatedVerifier {
  const rules = resolveJwtRules(options.jwtVerify, 'jwtVerify', now);
  if (mode !== 'jwt') {
    const issuers = readByIssuer(resource, toTrustedIssuer);
    return { verifier: createCustomVerifier(mode, issuers, rules.time), keySources: [] };
  }
  const settings = resolveKeySetSettings(options.remoteJwkSet, 'remoteJwkSet');
  const keySources: KeySource[] = [];
  const toKeyedIssuer = (server: TrustedServer): KeyedIssuer => {
    server.server.assertKeySource(server.path);
    const keys = server.server.keys(settings);
    keySources.push(keys);
    return { ...toTrustedIssuer(server, resource), keys };
  };
  const issuers = readByIssuer(resource, toKeyedIssuer);
  const known = cache?.section(JSON.stringify([resource.identifier, rules.id, settings.id]));
  return { verifier: createJwtVerifier(issuers, rules, known), keySources };
}

function toTrustedIssuer(
  { server, policy, scopes }: TrustedServer,
  resource: ProtectedResource,
): TrustedIssuer {
  return { authorizationServer: server.issuer, resource: resource.identifier, policy, scopes };
}

import type { RequestHandler } from 'express';
import type { BearerAuthConfig, ValidateIssuerFunction } from './bearer-auth-config.js';
import { announceChanges, announceContradiction } from './bridge/announce.js';
import { BridgeToLegacy, BridgeToResources } from './bridge/bridge-server.js';
import { misplacedOnCustomRoutes } from './bridge/create-route.js';
import { CustomVerifier } from './bridge/custom-verifier.js';
import { findAudience } from './bridge/jwt-judgements.js';
import { standInIssuer } from './bridge/report.js';
import { MCPAuthBearerAuthError } from './errors/bearer-auth-error.js';
import { withErrorsOfOld } from './errors/from-core.js';
import { checkOptions } from './options/check-options.js';
import { handlerOptions } from './options/known-options.js';

/**
 * Middleware that lets a request pass only with an access token that `verifyAccessToken` finds genuine, without an `MCPAuth`.
 * The caller is at `request.auth`. It returns a promise, which resolves when the response is written or `next` was called.
 *
 * Checks beyond your function: issuer, audience, expiry, scopes; and that `claims.iss`, where your function returns it, is the
 * issuer it returns. With `resource`, refusals name its metadata, and tokens must be made for it unless `audience` names
 * another; without, `audience` is required, here or among the options of `createVerifyJwt`.
 *
 * @throws {TypeError} when `verifyAccessToken` is not a function, or `issuer` neither an URL nor a function
 * @throws {MCPAuthAuthServerError} `invalid_server_config` for an option that cannot work
 * @throws {MCPAuthConfigError} `unknown_option` for an option that is none
 * @see RFC 6750 §3
 * @example
 * ```ts
 * import { handleBearerAuth, type VerifyAccessTokenFunction } from 'mcp-auth';
 *
 * export const protect = (verifyAccessToken: VerifyAccessTokenFunction) =>
 *   handleBearerAuth({
 *     verifyAccessToken,
 *     issuer: 'https://auth.example.com',
 *     audience: 'https://api.example.com/mcp',
 *     requiredScopes: ['notes:read'],
 *   });
 * ```
 */
export const handleBearerAuth = (config: BearerAuthConfig): RequestHandler => {
  const {
    verifyAccessToken,
    issuer,
    resource,
    requiredScopes,
    showErrorDetails,
    lifetimeWithoutExpirySeconds,
  } = config;
  checkTypes(verifyAccessToken, issuer);
  checkOptions(config, '', handlerOptions, misplacedOnCustomRoutes);
  const custom = new CustomVerifier(verifyAccessToken, {
    judge: typeof issuer === 'function' ? issuer : onlyIssuer(issuer),
    onContradiction: announceContradiction(),
  });
  const audience = config.audience ?? findAudience(verifyAccessToken);
  const route = { audience, requiredScopes, showErrorDetails, lifetimeWithoutExpirySeconds };
  // Nothing is ever fetched from the issuer, so it need not be one the core would fetch from
  const server = { metadata: { issuer: standInIssuer } };
  const listeners = { onEvent: announceChanges(), log: true };
  return withErrorsOfOld(() =>
    resource === undefined
      ? new BridgeToLegacy({ server, ...listeners }).protect({ mode: custom.verify, options: route }, custom)
      : new BridgeToResources({
          protectedResources: { metadata: { resource, authorizationServers: [server] } },
          ...listeners,
        }).protect({ mode: custom.verify, options: { ...route, resource } }, custom),
  );
};

function onlyIssuer(issuer: string): ValidateIssuerFunction {
  return (found) => {
    if (found !== issuer) throw new MCPAuthBearerAuthError('invalid_issuer');
  };
}

/** For callers without TypeScript. */
function checkTypes(verifyAccessToken: unknown, issuer: unknown): void {
  if (typeof verifyAccessToken !== 'function') {
    throw new TypeError(
      'verifyAccessToken must be a function: it gets a token and returns whom it belongs to.',
    );
  }
  if (typeof issuer !== 'function' && !isUrl(issuer)) {
    throw new TypeError('issuer must be an URL, or a function that judges one.');
  }
}

/** By the parser itself: `URL.canParse` turns wrong for Latin-1 hosts once Node.js 20 or 22 has optimised it. */
function isUrl(value: unknown): boolean {
  try {
    return typeof value === 'string' && new URL(value).href !== '';
  } catch {
    return false;
  }
}

import type { RequestHandler } from 'express';
import type { CustomRouteConfig, JwtRouteConfig, VerifyAccessTokenFunction } from '../bearer-auth-config.js';
import { isServerMode, type MCPAuthConfig } from '../config.js';
import { invalidOption } from '../errors/invalid-option.js';
import { checkOptions } from '../options/check-options.js';
import { toJwtVerify } from '../options/jwt-verify.js';
import { customRouteOptions, jwtRouteOptions } from '../options/known-options.js';
import { readRemoteJwkSet } from '../options/remote-jwk-set.js';
import { warn } from './announce.js';
import type { BridgeServer } from './bridge-server.js';
import { CustomVerifier } from './custom-verifier.js';
import { createEngine } from './engine.js';
import { findAudience } from './jwt-judgements.js';
import { narrowIssuers } from './narrow-issuers.js';
import { selectAudience } from './select-audience.js';

/** An `MCPAuth`, from the inside. */
interface Engine {
  readonly config: MCPAuthConfig;
  readonly server: BridgeServer;
}

const verifiedByFunction =
  'has no effect where a function verifies the tokens. Pass these options to createVerifyJwt, or use the mode "jwt".';

/** The names of options that belong to routes of the other kind, and why they are none here. */
export const misplacedOnCustomRoutes = { jwtVerify: verifiedByFunction, remoteJwkSet: verifiedByFunction };
const misplacedOnJwtRoutes = {
  lifetimeWithoutExpirySeconds:
    'is for tokens that a function verifies; JWTs must state their expiry. jwtVerify.maxTokenAge limits their age.',
};

/** Middleware for tokens that a function of your own verifies. */
export function createCustomAuth(
  { config, server }: Engine,
  verify: VerifyAccessTokenFunction,
  options: CustomRouteConfig,
): RequestHandler {
  checkOptions(options, '', customRouteOptions, misplacedOnCustomRoutes);
  const { audience = findAudience(verify), lifetimeWithoutExpirySeconds } = options;
  const route = toRoute(config, options, audience);
  const custom = new CustomVerifier(verify);
  return server.protect({ mode: custom.verify, options: { ...route, lifetimeWithoutExpirySeconds } }, custom);
}

/** Middleware for JWTs. */
export function createJwtAuth(
  { config, server }: Engine,
  mode: 'jwt',
  options: JwtRouteConfig,
): RequestHandler {
  checkOptions(options, '', jwtRouteOptions, misplacedOnJwtRoutes);
  const jwtVerify = toJwtVerify(options.jwtVerify);
  const { remoteJwkSet, fetch, warning } = readRemoteJwkSet(options.remoteJwkSet);
  const audience = selectAudience(options.audience, options.jwtVerify?.audience);
  if (warning !== undefined) warn(warning, config.onEvent);
  const narrowed = narrowIssuers(config, options.jwtVerify?.issuer);
  // A route that trusts fewer servers, or reaches them in another way, has its own engine
  const isOwn = narrowed !== config || fetch !== undefined;
  const engine = isOwn ? createEngine(narrowed, fetch) : server;
  return engine.protect({
    mode,
    options: { ...toRoute(config, options, audience), jwtVerify, remoteJwkSet },
  });
}

type RouteConfig = Pick<CustomRouteConfig, 'resource' | 'requiredScopes' | 'showErrorDetails'>;

type Audience = string | readonly string[] | undefined;

type RouteOptions = Omit<RouteConfig, 'resource'> & {
  readonly audience: Audience;
  readonly resource?: string;
};

/** In legacy mode a route has no resource; one that is named there says what the audience is. */
function toRoute(config: MCPAuthConfig, options: RouteConfig, audience: Audience): RouteOptions {
  const { resource, requiredScopes, showErrorDetails } = options;
  const common = { requiredScopes, showErrorDetails };
  if (isServerMode(config)) return { ...common, audience: audience ?? resource };
  // As in version 0.2, a route names its resource even where there is only one
  if (resource === undefined) throw invalidOption('resource', 'is missing. Name the resource of this route.');
  return { ...common, audience, resource };
}

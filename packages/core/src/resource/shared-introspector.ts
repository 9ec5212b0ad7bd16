import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrlOf } from '../net/secure-url.js';
import { checkIntrospection } from '../config/check-introspection.js';
import type { IntrospectionConfig } from '../config/introspection.js';
import { LazyIntrospector } from '../introspection/lazy-introspector.js';

/** How one resource asks an authorization server. */
export interface TrustedIntrospection {
  readonly introspector: LazyIntrospector;
  readonly selects: IntrospectionConfig['selects'];
}

/** Resources that share a configuration object share calls, cache and limits. */
const known = new WeakMap<AuthorizationServer, WeakMap<IntrospectionConfig, LazyIntrospector>>();

/** @throws {MCPAuthConfigError} with the path of the wrong option */
export function readIntrospection(
  config: AuthServerConfig,
  path: string,
  server: AuthorizationServer,
  environment: ServerEnvironment,
): TrustedIntrospection | undefined {
  const { introspection, allowInsecureHttp: allowInsecure = false } = config;
  if (introspection === undefined) return undefined;
  const named = config.metadata?.introspectionEndpoint;
  if (named !== undefined && !isSecureUrlOf(server.issuer, named, allowInsecure)) {
    throw new MCPAuthConfigError(
      'invalid_metadata',
      `${path}.metadata.introspectionEndpoint`,
      'must use https (RFC 8414 §2). Plain http is for loopback hosts; allowInsecureHttp of the authorization server lifts this in test networks.',
    );
  }
  const ofServer = known.get(server) ?? new WeakMap<IntrospectionConfig, LazyIntrospector>();
  known.set(server, ofServer);
  let introspector = ofServer.get(introspection);
  if (introspector === undefined) {
    const optionPath = `${path}.introspection`;
    const settings = checkIntrospection(introspection, optionPath, allowInsecure);
    if (environment.answers !== undefined && settings.cache !== undefined)
      checkOwner(introspection, optionPath);
    if (settings.endpoint === undefined) server.wantIntrospection();
    introspector = new LazyIntrospector(settings, server, environment);
    ofServer.set(introspection, introspector);
  }
  return { introspector, selects: introspection.selects };
}

/** RFC 7662 §2.2: a server may answer each client differently. */
function checkOwner({ clientAuthentication }: IntrospectionConfig, path: string): void {
  if (clientAuthentication.clientId !== undefined) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    `${path}.clientAuthentication.clientId`,
    'is needed with stores.answers: answers that processes share must tell whose they are, because a server may answer each client differently (RFC 7662 §2.2).',
  );
}

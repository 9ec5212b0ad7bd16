import {
  authorizationServerMetadataToWire,
  protectedResourceMetadataToWire,
  validateProtectedResourceMetadata,
  type CamelCaseAuthorizationServerMetadata,
} from '@mcp-auth/schemas';
import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { type ServerEnvironment } from '../authorization-server/authorization-server.js';
import type { AuthServerConfig } from '../authorization-server/config.js';
import { checkIssuer } from '../authorization-server/issuer.js';
import { readMetadata } from '../authorization-server/read-metadata.js';
import { createCorsPolicy, type CorsPolicy } from '../cors/cors-policy.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl } from '../net/secure-url.js';
import { createAcceptedAudiences, type AcceptedAudiences } from '../policy/audience.js';
import { isScopeToken, type ScopeMapping } from '../policy/scopes.js';
import type { TokenPolicy } from '../policy/token-policy.js';
import type { ProtectedResourceConfig, ProtectedResourceMetadataConfig } from './config.js';
import { getResourceMetadataUrl } from './metadata-url.js';
import { checkResourceIdentifier } from './resource-identifier.js';

/** An authorization server as one resource trusts it. */
export interface TrustedServer {
  readonly server: AuthorizationServer;
  readonly tokenIssuers: readonly string[];
  /** `undefined` when the configuration leaves it at the resource identifier. */
  readonly audiences: readonly string[] | undefined;
  readonly anyAudience: boolean;
  readonly policy: TokenPolicy | undefined;
  readonly scopes: ScopeMapping | undefined;
  /** Option path, for errors. */
  readonly path: string;
}

/** Creates the run-time form of an authorization server; equal configurations share one. */
export type ServerFactory = (
  config: AuthServerConfig,
  path: string,
  environment: ServerEnvironment,
) => AuthorizationServer;

/** One configured resource: its identifier, its published document, the servers it trusts. */
export class ProtectedResource {
  readonly identifier: string;
  readonly metadataUrl: string;
  /** The published document (RFC 9728 §3.2). */
  readonly document: string;
  readonly servers: readonly TrustedServer[];
  readonly cors: CorsPolicy | undefined;

  /** @throws {MCPAuthConfigError} with the path of the option at fault */
  constructor(
    config: ProtectedResourceConfig,
    path: string,
    environment: ServerEnvironment,
    createServer: ServerFactory,
  ) {
    const metadataPath = `${path}.metadata`;
    const metadata = config.metadata as ProtectedResourceMetadataConfig | undefined;
    if (typeof metadata !== 'object')
      throw new MCPAuthConfigError('invalid_option', metadataPath, 'is missing.');
    checkResourceIdentifier(metadata.resource, `${metadataPath}.resource`);
    this.identifier = metadata.resource;
    this.metadataUrl = getResourceMetadataUrl(metadata.resource);
    this.servers = readServers(metadata, `${metadataPath}.authorizationServers`, environment, createServer);
    this.cors = config.cors && createCorsPolicy(config.cors, `${path}.cors`);
    this.document = createDocument(metadata, this.servers, metadataPath);
  }
}

function readServers(
  metadata: ProtectedResourceMetadataConfig,
  path: string,
  environment: ServerEnvironment,
  createServer: ServerFactory,
): readonly TrustedServer[] {
  const configs = metadata.authorizationServers as readonly AuthServerConfig[] | undefined;
  if (!Array.isArray(configs) || configs.length === 0) {
    throw new MCPAuthConfigError(
      'missing_authorization_servers',
      path,
      'must name at least one authorization server.',
    );
  }
  const seen = new Map<string, string>();
  return configs.map((config: AuthServerConfig, index) => {
    const server = readServer(config, `${path}[${index}]`, environment, createServer);
    for (const issuer of server.tokenIssuers) {
      const other = seen.get(issuer);
      if (other !== undefined) {
        throw new MCPAuthConfigError(
          'duplicate_authorization_server',
          server.path,
          `accepts tokens of ${JSON.stringify(issuer)}, as ${other} does. An issuer must lead to one set of keys.`,
        );
      }
      seen.set(issuer, server.path);
    }
    return server;
  });
}

function readServer(
  config: AuthServerConfig,
  path: string,
  environment: ServerEnvironment,
  createServer: ServerFactory,
): TrustedServer {
  if (typeof (config as unknown) !== 'object' || (config as unknown) === null) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      'must be an object: { issuer, type } or the result of fetchServerConfig.',
    );
  }
  const [issuer, issuerPath] =
    config.metadata === undefined ? [config.issuer, 'issuer'] : [config.metadata.issuer, 'metadata.issuer'];
  checkIssuer(issuer, `${path}.${issuerPath}`, config.allowInsecureHttp ?? false);
  const { tokenIssuers = [issuer], audiences, dangerouslyAcceptAnyAudience: anyAudience = false } = config;
  checkStrings(tokenIssuers, `${path}.tokenIssuers`, 'invalid_issuer');
  if (audiences !== undefined) checkStrings(audiences, `${path}.audiences`, 'invalid_audience');
  if (anyAudience) {
    environment.events.warn(
      `${path}: tokens of ${issuer} are accepted whatever their audience. Any application's token opens this resource.`,
    );
  }
  const { policy, scopes } = config;
  if (policy?.warning !== undefined)
    environment.events.warn(`${path}: policy ${policy.name}: ${policy.warning}`);
  checkMetadata(config, path);
  const server = createServer(config, path, environment);
  return { server, tokenIssuers, audiences, anyAudience, policy, scopes, path };
}

/** Metadata written by hand gets the judgement of a fetched document, at construction and with the option's path. */
function checkMetadata(config: AuthServerConfig, path: string): void {
  const { metadata, allowInsecureHttp = false } = config;
  if (metadata === undefined) return;
  try {
    readMetadata(
      authorizationServerMetadataToWire(metadata as CamelCaseAuthorizationServerMetadata),
      `${path}.metadata`,
    );
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : 'is unusable';
    throw new MCPAuthConfigError('invalid_metadata', `${path}.metadata`, problem, { cause });
  }
  if (metadata.jwksUri !== undefined && !isSecureUrl(metadata.jwksUri, allowInsecureHttp)) {
    throw new MCPAuthConfigError(
      'invalid_metadata',
      `${path}.metadata.jwksUri`,
      'must use https (RFC 8414 §2).',
    );
  }
}

function checkStrings(values: unknown, path: string, code: 'invalid_issuer' | 'invalid_audience'): void {
  const valid =
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((value) => typeof value === 'string' && value !== '');
  if (!valid)
    throw new MCPAuthConfigError(
      code,
      path,
      'must be a list of at least one non-empty string, or be left out.',
    );
}

function createDocument(
  metadata: ProtectedResourceMetadataConfig,
  servers: readonly TrustedServer[],
  path: string,
): string {
  for (const [index, scope] of (metadata.scopesSupported ?? []).entries()) {
    if (isScopeToken(scope)) continue;
    throw new MCPAuthConfigError(
      'invalid_scope',
      `${path}.scopesSupported[${index}]`,
      'is no scope: printable ASCII without blanks, double quotes and backslashes (RFC 6749 §3.3).',
    );
  }
  const issuers = servers.map((server) => server.server.issuer);
  const wire = protectedResourceMetadataToWire({
    // MCP Authorization, Token Requirements: tokens travel in the Authorization field only
    bearerMethodsSupported: ['header'],
    ...dropUndefined(metadata),
    resource: metadata.resource,
    authorizationServers: issuers,
  });
  const issue = validateProtectedResourceMetadata(wire)[0];
  if (issue !== undefined) {
    throw new MCPAuthConfigError('invalid_metadata', [path, ...issue.path].join('.'), issue.message);
  }
  return JSON.stringify(wire);
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** The audiences that tokens of a server may have at a gate, given the gate's own `audience` option. */
export function resolveAudiences(
  resource: ProtectedResource,
  server: TrustedServer,
  audience: readonly string[] | undefined,
): AcceptedAudiences {
  const mayBeAbsent = server.policy?.audienceMayBeAbsent ?? false;
  if (audience === undefined) {
    const values = server.anyAudience
      ? 'any'
      : createAcceptedAudiences(server.audiences ?? [resource.identifier]);
    return { values, mayBeAbsent };
  }
  if (resource.servers.length === 1 || server.anyAudience) {
    return { values: createAcceptedAudiences(audience), mayBeAbsent };
  }
  const own = createAcceptedAudiences(server.audiences ?? [resource.identifier]);
  return { values: createAcceptedAudiences(audience.filter((entry) => own.has(entry))), mayBeAbsent };
}

import {
  authorizationServerMetadataToCamelCase,
  authorizationServerMetadataToWire,
  type CamelCaseAuthorizationServerMetadata,
  validateAuthorizationServerMetadata,
} from '@mcp-auth/schemas';
import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { checkPublish } from '../authorization-server/local-server.js';
import { checkIssuer } from '../authorization-server/issuer.js';
import { checkInternalOrigin } from '../authorization-server/reach.js';
import type { ResolvedDpop } from '../config/proofs.js';
import type { CertificateSource } from '../sender/certificate-source.js';
import { listNearMisses } from '../config/metadata-members.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isSecureUrl, isSecureUrlOf } from '../net/secure-url.js';
import { readIntrospection, type TrustedIntrospection } from './shared-introspector.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import type { ScopeMapping } from '../scopes/scopes.js';
import { type EndingAudience, splitAudiences } from '../token/audience.js';
import type { TokenPolicy } from '../token/token-policy.js';
import { toCamelCaseKey } from './document.js';
import type { CorsPolicy } from '../cors/cors-policy.js';

/** An authorization server as one resource trusts it. */
export interface TrustedServer {
  readonly server: AuthorizationServer;
  readonly tokenIssuers: readonly string[];
  /** `undefined` when the configuration leaves it at the resource identifier. */
  readonly audiences: readonly string[] | undefined;
  /** Those that are accepted until a day, in addition. */
  readonly endingAudiences: readonly EndingAudience[];
  readonly anyAudience: boolean;
  readonly policy: TokenPolicy | undefined;
  readonly scopeClaims: ScopeMapping | undefined;
  /** Present where the configuration says how to ask it about tokens. */
  readonly introspection: TrustedIntrospection | undefined;
  /** Option path, for errors. */
  readonly path: string;
}

/** Creates the run-time form of an authorization server; equal configurations share one. */
export type ServerFactory = (
  config: AuthServerConfig,
  path: string,
  environment: ServerEnvironment,
) => AuthorizationServer;

/** @throws {MCPAuthConfigError} with the path of the wrong option */
export function readServers(
  configs: readonly AuthServerConfig[],
  pathOf: (index: number) => string,
  environment: ServerEnvironment,
  createServer: ServerFactory,
): readonly TrustedServer[] {
  const seen = new Map<string, string>();
  return configs.map((config, index) => {
    const server = readServer(config, pathOf(index), environment, createServer);
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
  const [issuer, issuerPath] =
    config.metadata === undefined ? [config.issuer, 'issuer'] : [config.metadata.issuer, 'metadata.issuer'];
  const namesTenant = config.tokenIssuers === undefined;
  checkIssuer(issuer, `${path}.${issuerPath}`, config.allowInsecureHttp ?? false, namesTenant);
  checkWellKnownUrl(config, path);
  const { tokenIssuers = [issuer], audiences, dangerouslyAcceptAnyAudience: anyAudience = false } = config;
  if (anyAudience) {
    environment.events.warn(
      `${path}: tokens of ${issuer} are accepted with any audience. Any application's token opens this resource.`,
    );
  }
  const { policy, scopeClaims } = config;
  checkPolicy(policy, `${path}.policy`);
  if (policy?.warning !== undefined)
    environment.events.warn(`${path}: policy ${policy.name}: ${policy.warning}`);
  checkMetadataAlone(config, path);
  checkReach(config, path);
  checkMetadata(config, path);
  checkPublish(config, path);
  warnAboutPkce(config, path, environment);
  for (const [written, meant] of listNearMisses(config.metadata ?? {})) {
    environment.events.warn(
      `${path}.metadata.${written} is not a registered member. If you mean ${meant}, correct it; else nothing needs to be done.`,
    );
  }
  const server = createServer(config, path, environment);
  const introspection = readIntrospection(config, path, server, environment);
  // Copied, as all lists are: what their owner changes later was never checked
  const { lasting, ending: endingAudiences } = splitAudiences(audiences);
  const lists = { tokenIssuers: [...tokenIssuers], audiences: lasting, endingAudiences };
  server.expectTokenIssuers(lists.tokenIssuers, path);
  return { server, ...lists, anyAudience, policy, scopeClaims, introspection, path };
}

/** RFC 8414 §3: metadata is fetched over TLS. For callers without TypeScript the kind too. */
function checkWellKnownUrl(
  { wellKnownUrl, allowInsecureHttp = false }: AuthServerConfig,
  path: string,
): void {
  const given: unknown = wellKnownUrl;
  if (given === undefined) return;
  if (typeof given === 'string' && isSecureUrl(given, allowInsecureHttp)) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    `${path}.wellKnownUrl`,
    `must be an https URL, the address of the metadata with its path and query, but is ${describeValue(given, true)}. Plain http is for loopback hosts; allowInsecureHttp lifts this in test networks.`,
  );
}

/** A policy that lets `aud` be absent, or a `nonce` be there, must check something in its place. */
function checkPolicy(policy: Partial<TokenPolicy> | undefined, path: string): void {
  if (policy?.audienceMayBeAbsent === true && policy.check === undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.check`,
      'is required with audienceMayBeAbsent: nothing else would bind a token to this resource.',
    );
  }
  if (policy?.nonceMayBePresent === true && policy.check === undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.check`,
      'is required with nonceMayBePresent: nothing else would tell an access token from an ID token.',
    );
  }
}

/** Apart from metadata nothing says who the server is. For callers without TypeScript. */
function checkMetadataAlone(config: AuthServerConfig, path: string): void {
  const { metadata, issuer, wellKnownUrl, transpileData } = config as Partial<
    Record<keyof AuthServerConfig, unknown>
  >;
  if (metadata === undefined) return;
  if (issuer !== undefined && issuer !== (metadata as { readonly issuer?: unknown }).issuer) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.issuer`,
      'is not metadata.issuer, which is what counts. Leave it out.',
    );
  }
  if (wellKnownUrl !== undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.wellKnownUrl`,
      'has no effect on metadata that is given. Give the issuer and the address, or the metadata alone.',
    );
  }
  if (transpileData !== undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.transpileData`,
      'has no effect on metadata that is given. Correct the metadata itself, or give the issuer alone.',
    );
  }
}

/** For callers without TypeScript too: what is not fetched cannot come from another address. */
function checkReach(config: AuthServerConfig, path: string): void {
  const { internalOrigin, allowInsecureHttp = false } = config;
  if (internalOrigin !== undefined)
    checkInternalOrigin(internalOrigin, allowInsecureHttp, `${path}.internalOrigin`);
  if (config.metadata === undefined || config.jwks === undefined) return;
  for (const name of ['internalOrigin', 'requestHeaders'] as const) {
    if (config[name] === undefined) continue;
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.${name}`,
      'has no effect next to metadata and jwks: nothing is fetched. Leave it out.',
    );
  }
}

/** Metadata written by hand must be right in every member; only missing ones are left to the judgement of its author. */
function checkMetadata(config: AuthServerConfig, path: string): void {
  const { metadata, allowInsecureHttp = false } = config;
  if (metadata === undefined) return;
  const wire = authorizationServerMetadataToWire(metadata as CamelCaseAuthorizationServerMetadata);
  const issue = validateAuthorizationServerMetadata(wire).find(({ code }) => code !== 'required');
  if (issue !== undefined) {
    const member = toCamelCaseKey(String(issue.path[0] ?? ''), authorizationServerMetadataToCamelCase);
    const where = [`${path}.metadata`, member, ...issue.path.slice(1)]
      .filter((part) => part !== '')
      .join('.');
    throw new MCPAuthConfigError(
      'invalid_metadata',
      where,
      `${issue.message}. Correct it, or leave the member out.`,
    );
  }
  if (
    metadata.jwksUri !== undefined &&
    !isSecureUrlOf(metadata.issuer, metadata.jwksUri, allowInsecureHttp)
  ) {
    throw new MCPAuthConfigError(
      'invalid_metadata',
      `${path}.metadata.jwksUri`,
      'must use https (RFC 8414 §2). Plain http is for loopback hosts; allowInsecureHttp lifts this in test networks.',
    );
  }
}

/** MCP Authorization, Authorization Code Protection: clients refuse a server that does not list S256; a resource does not. */
function warnAboutPkce({ metadata }: AuthServerConfig, path: string, { events }: ServerEnvironment): void {
  if (metadata?.authorizationEndpoint === undefined) return;
  if (metadata.codeChallengeMethodsSupported?.includes('S256') === true) return;
  events.warn(
    `${path}.metadata.codeChallengeMethodsSupported does not list S256: MCP clients will refuse to log in there.`,
  );
}

/** What gates have to know of what they protect. */
export interface GatedResource {
  readonly identifier: string;
  /** Absent where none is published, in legacy mode. */
  readonly metadataUrl: string | undefined;
  /** The audience of tokens where nothing else is configured. None in legacy mode, where something must be. */
  readonly defaultAudience: string | undefined;
  readonly servers: readonly TrustedServer[];
  readonly cors: CorsPolicy | undefined;
  readonly tokenHeader: string | undefined;
  /** Absent where bound tokens are refused. */
  readonly dpop?: ResolvedDpop | undefined;
  /** Who the client of a request is by its certificate. Absent where tokens that are bound to one are refused. */
  readonly clientCertificate?: CertificateSource | undefined;
  readonly scopeChecks: ScopeChecks;
  readonly scopesSupported: readonly string[];
}

import type { ServerEnvironment } from '../net/environment.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { type CorsPolicy, createCorsPolicy } from '../cors/cors-policy.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import {
  type AcceptedAudiences,
  createAcceptedAudiences,
  type EndingAudience,
  type EndingAudiences,
  splitAudiences,
} from '../token/audience.js';
import { ScopeChecks } from '../scopes/scope-names.js';
import type { FoundResource } from '../config/read-resources.js';
import {
  type AuthServerEntry,
  type ProtectedResourceConfig,
  type ProtectedResourceMetadataConfig,
  toServerConfig,
} from '../config/protected-resource.js';
import { resolveDpop, type ResolvedDpop } from '../config/proofs.js';
import { resolveMutualTls } from '../config/mutual-tls.js';
import type { CertificateSource } from '../sender/certificate-source.js';
import { joinPath } from '../errors/unknown-option.js';
import { isSecureUrl } from '../net/secure-url.js';
import { createDocument } from './document.js';
import { type GatedResource, readServers, type ServerFactory, type TrustedServer } from './trusted-server.js';
import { resolveMetadataUrl } from './metadata-url.js';
import { checkResourceIdentifier } from './resource-identifier.js';

/** One configured resource: its identifier, its published document, the servers it trusts. */
export class ProtectedResource implements GatedResource {
  readonly identifier: string;
  /** Where clients are told to find the document. */
  readonly metadataUrl: string;
  /** Option path of the resource, for errors. */
  readonly path: string;
  readonly defaultAudience: string;
  /** The published document (RFC 9728 §3.2). */
  readonly document: string;
  readonly servers: readonly TrustedServer[];
  readonly cors: CorsPolicy | undefined;
  readonly tokenHeader: string | undefined;
  readonly dpop: ResolvedDpop | undefined;
  readonly clientCertificate: CertificateSource | undefined;
  readonly scopeChecks: ScopeChecks;
  readonly scopesSupported: readonly string[];

  /** @throws {MCPAuthConfigError} with the path of the wrong option */
  constructor(
    { config, path, metadataPath }: FoundResource,
    environment: ServerEnvironment,
    createServer: ServerFactory,
  ) {
    const metadata = (config as ProtectedResourceConfig | null)?.metadata;
    if (typeof metadata !== 'object' || (metadata as unknown) === null) {
      throw new MCPAuthConfigError('invalid_option', metadataPath, 'is missing.');
    }
    const { allowInsecureHttp = false, metadataUrl } = config;
    checkResourceIdentifier(metadata.resource, joinPath(metadataPath, 'resource'), allowInsecureHttp);
    this.path = path;
    this.identifier = metadata.resource;
    this.defaultAudience = metadata.resource;
    const urlOptions = { resource: metadata.resource, metadataUrl, allowInsecureHttp };
    this.metadataUrl = resolveMetadataUrl(urlOptions, joinPath(path, 'metadataUrl'));
    const serversPath = joinPath(metadataPath, 'authorizationServers');
    this.servers = readServers(
      readServerConfigs(metadata, serversPath),
      (index) => `${serversPath}[${index}]`,
      withResource(environment, metadata.resource),
      createServer,
    );
    this.scopeChecks = new ScopeChecks(
      config.scopeHierarchy,
      `${path}.scopeHierarchy`,
      this.servers,
      (message) => environment.events.warn(message),
    );
    this.scopesSupported = metadata.scopesSupported ?? [];
    this.tokenHeader = config.tokenHeader;
    this.dpop = config.dpop && resolveDpop(config.dpop);
    this.clientCertificate = config.mutualTls && resolveMutualTls(config.mutualTls);
    if (config.dpop !== undefined && config.tokenHeader !== undefined) {
      throw new MCPAuthConfigError(
        'unsupported_option',
        joinPath(path, 'tokenHeader'),
        'has no place next to dpop: proofs come with the scheme DPoP of the Authorization header, from the client itself. Remove one of the two.',
      );
    }
    this.cors = config.cors && createCorsPolicy(config.cors, config.tokenHeader, this.dpop !== undefined);
    const issuers = this.servers.map(({ server }) => server.issuer);
    this.document = createDocument(metadata, issuers, metadataPath, {
      allowInsecureHttp,
      scopeChecks: this.scopeChecks,
      tokensInAuthorization: config.tokenHeader === undefined,
      dpop: this.dpop,
      mutualTls: this.clientCertificate !== undefined,
    });
    warnAboutPlainHttp(this.identifier, path, environment);
    warnAboutOfflineAccess(this.scopesSupported, metadataPath, environment);
  }
}

/** What is shared of answers belongs to a resource; to the first one, of those that share what asks. */
function withResource(environment: ServerEnvironment, resource: string): ServerEnvironment {
  const { answers } = environment;
  return answers === undefined ? environment : { ...environment, answers: { ...answers, resource } };
}

/** @throws {MCPAuthConfigError} `missing_authorization_servers` */
function readServerConfigs(
  metadata: ProtectedResourceMetadataConfig,
  path: string,
): readonly AuthServerConfig[] {
  const entries = metadata.authorizationServers as readonly AuthServerEntry[] | undefined;
  if (Array.isArray(entries) && entries.length > 0)
    return (entries as readonly AuthServerEntry[]).map(toServerConfig);
  throw new MCPAuthConfigError(
    'missing_authorization_servers',
    path,
    'must name at least one authorization server.',
  );
}

/** RFC 6750 §5.3: bearer tokens need TLS. */
function warnAboutPlainHttp(resource: string, path: string, { events }: ServerEnvironment): void {
  if (isSecureUrl(resource, false)) return;
  events.warn(
    `${path}.allowInsecureHttp: ${resource} is without TLS. Everybody on the way can read the tokens sent to it, and use them. Never do this outside of a private network.`,
  );
}

/** MCP 2026-07-28, Refresh Tokens: a refresh token is not a requirement of the resource. */
function warnAboutOfflineAccess(
  scopes: readonly string[],
  path: string,
  { events }: ServerEnvironment,
): void {
  if (!scopes.includes('offline_access')) return;
  events.warn(
    `${path}.scopesSupported: offline_access asks for refresh tokens, which no resource needs. Leave it to clients.`,
  );
}

/** What makes the check of audiences that end. */
export type CreateEnding = (audiences: readonly EndingAudience[]) => EndingAudiences | undefined;

/** The audiences that tokens of a server may have at a gate, given the gate's own `audience` option. */
export function resolveAudiences(
  resource: GatedResource,
  server: TrustedServer,
  option: readonly (string | EndingAudience)[] | undefined,
  createEnding: CreateEnding,
): AcceptedAudiences {
  const mayBeAbsent = server.policy?.audienceMayBeAbsent ?? false;
  const own = server.audiences ?? (resource.defaultAudience === undefined ? [] : [resource.defaultAudience]);
  const { lasting, ending } = splitAudiences(option);
  const isOnly = resource.servers.length === 1 || server.anyAudience;
  const known = createAcceptedAudiences(own);
  // A server that does not know an audience must not vouch for it because a route names it
  const allowed = isOnly ? ending : ending.filter(({ value }) => known.has(value));
  if (lasting === undefined) {
    const all = createEnding([...server.endingAudiences, ...allowed]);
    return { values: server.anyAudience ? 'any' : known, mayBeAbsent, ending: all };
  }
  if (isOnly) {
    return { values: createAcceptedAudiences(lasting), mayBeAbsent, ending: createEnding(allowed) };
  }
  const named = server.endingAudiences.filter(({ value }) => lasting.includes(value));
  return {
    values: createAcceptedAudiences(lasting.filter((entry) => known.has(entry))),
    mayBeAbsent,
    ending: createEnding([...named, ...allowed]),
  };
}

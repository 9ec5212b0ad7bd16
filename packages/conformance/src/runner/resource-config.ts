import type { AuthServerConfig, ProtectedResourceConfig } from '@mcp-auth/core';
import { resourceServer, wrongSecret as badSecret } from '../issuer/resource-server-client.js';
import type { ProfileIntrospection, ProfileResource, ProfileServer } from '../profiles/profile.js';
import type { IssuerFacts, World } from './world.js';

/** The resource that a profile describes, as an application configures it. */
export function toResourceConfig(
  { resource, metadata, servers, corsOrigins, scopeHierarchy, tokenHeader, dpop, mutualTls }: ProfileResource,
  issuers: World['issuers'],
): ProtectedResourceConfig {
  return {
    metadata: {
      ...metadata,
      resource,
      authorizationServers: servers.map((server) => toServerConfig(server, issuers[server.name])),
    },
    scopeHierarchy,
    cors: corsOrigins === undefined ? undefined : { origins: corsOrigins },
    tokenHeader,
    dpop,
    mutualTls,
  };
}

export function toServerConfig(server: ProfileServer, issuer: IssuerFacts): AuthServerConfig {
  const shared = {
    type: issuer.type,
    ...(server.tokenIssuers === undefined ? undefined : { tokenIssuers: server.tokenIssuers }),
    ...(server.audiences === undefined ? undefined : { audiences: server.audiences }),
    ...(server.keys === 'inline' ? { jwks: { keys: issuer.soundKeys } } : undefined),
    ...(server.scopePrefix === undefined ? undefined : { policy: toNamingPolicy(server.scopePrefix) }),
    ...(server.introspection === undefined
      ? undefined
      : { introspection: toIntrospectionConfig(server.introspection) }),
  };
  if (server.discovery !== 'by-hand') return { ...shared, issuer: issuer.identifier };
  const identifier = server.identifier ?? issuer.identifier;
  if (server.publish === true) {
    return { ...shared, metadata: { issuer: identifier }, jwks: { keys: issuer.soundKeys }, publish: true };
  }
  return {
    ...shared,
    metadata: {
      issuer: identifier,
      authorizationEndpoint: `${identifier}/authorize`,
      tokenEndpoint: `${identifier}/token`,
      responseTypesSupported: ['code'],
      codeChallengeMethodsSupported: ['S256'],
      ...(server.keys === 'inline' ? undefined : { jwksUri: `${issuer.identifier}/keys` }),
    },
  };
}

function toNamingPolicy(prefix: string): NonNullable<AuthServerConfig['policy']> {
  return {
    name: 'prefix',
    publishedScope: (scope) => (scope.startsWith(prefix) ? scope : `${prefix}${scope}`),
  };
}

function toIntrospectionConfig(
  introspection: ProfileIntrospection,
): NonNullable<AuthServerConfig['introspection']> {
  const { activeSeconds, signed = false, wrongSecret = false, timeoutMs, selects } = introspection;
  return {
    clientAuthentication: {
      method: 'client_secret_basic',
      clientId: resourceServer.id,
      clientSecret: wrongSecret ? badSecret : resourceServer.secret,
    },
    signedResponse: signed,
    keepAnswers: activeSeconds === undefined ? undefined : { activeSeconds },
    timeoutMs,
    selects,
  };
}

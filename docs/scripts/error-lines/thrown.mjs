import { createSessionRegistry } from '@mcp-auth/core';
import { BaseMCPAuth } from '@mcp-auth/core/adapter';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { issuer, resource } from './server.mjs';

const server = { metadata: { issuer, jwksUri: `${issuer}/jwks` } };
const withMetadata = (changes, more) =>
  new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [server], ...changes } },
    log: false,
    ...more,
  });
const withServers = (...servers) => withMetadata({ authorizationServers: servers });
const withRoute = (options, mode = 'jwt', mcpAuth = withMetadata()) =>
  mcpAuth.protect({ fetch: () => new Response() }, mode, { resource, ...options });

const clientAuthentication = { method: 'client_secret_basic', clientId: 'notes', clientSecret: 'secret' };
const introspecting = (issuer, introspection = { endpoint: `${issuer}/introspect` }) => ({
  metadata: { issuer },
  introspection: { clientAuthentication, ...introspection },
});

/** As far as a registry looks at a caller. */
const callerNamed = (subject) => ({ issuer, subject, clientId: 'notes-app' });

/** How each code of an error comes about that is thrown, and not logged. */
export const thrown = {
  unknown_option: () => withRoute({ requiredScope: ['notes:read'] }),
  invalid_option: () => withRoute({ maxBodyBytes: '1mb' }),
  unsupported_option: () => withRoute({ jwtVerify: { issuer } }),
  unsupported_adapter: () => {
    class MCPAuth extends BaseMCPAuth {
      static release = { name: '@example/mcp-auth-koa', version: '1.4.0' };
      static interfaceVersion = 2;
    }
    return new MCPAuth({ resource, authorizationServers: [issuer], log: false });
  },
  invalid_resource: () => withMetadata({ resource: 'https://API.example.com/mcp#notes' }),
  insecure_resource: () => withMetadata({ resource: 'http://api.example.com/mcp' }),
  duplicate_resource: () => {
    const metadata = { resource, authorizationServers: [server] };
    return new MCPAuth({ protectedResources: [{ metadata }, { metadata }] });
  },
  unknown_resource: () => withRoute({ resource: `${resource}/` }),
  missing_authorization_servers: () => withServers(),
  duplicate_authorization_server: () => withServers(server, server),
  invalid_issuer: () => withServers({ issuer: `${issuer}/.well-known/openid-configuration` }),
  insecure_issuer: () => withServers({ issuer: 'http://auth.example.com' }),
  invalid_keys: () => withServers({ metadata: { issuer }, jwks: { keys: [] } }),
  private_key: () =>
    withServers({ metadata: { issuer }, jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'key-1' }] } }),
  missing_key_source: () => withRoute({}, 'jwt', withServers({ metadata: { issuer } })),
  missing_introspection: () => withRoute({}, 'introspection'),
  ambiguous_introspection: () =>
    withRoute(
      {},
      'introspection',
      withServers(introspecting(issuer), introspecting('https://login.example.net')),
    ),
  invalid_scope: () => withRoute({ requiredScopes: ['notes:read notes:write'] }),
  invalid_audience: () => withRoute({ audience: '' }),
  too_many_sessions: () => {
    const sessions = createSessionRegistry({ maxSessions: 1 });
    sessions.open('session-1', callerNamed('alice'), { close: () => undefined });
    sessions.open('session-2', callerNamed('bob'), { close: () => undefined });
  },
  too_many_revocations: async () => {
    const mcpAuth = withMetadata({}, { revocations: { maxEntries: 1 } });
    await mcpAuth.revoke({ issuer, subject: 'alice' });
    await mcpAuth.revoke({ issuer, subject: 'bob' });
  },
  unknown_issue_time: async () => {
    const mcpAuth = withMetadata();
    const verify = () => ({
      issuer,
      audience: resource,
      subject: 'alice',
      expiresAt: Date.now() / 1000 + 60,
    });
    const handler = mcpAuth.protect({ fetch: () => new Response() }, verify);
    await handler.fetch(new Request(resource, { headers: { authorization: 'Bearer opaque' } }));
    await mcpAuth.revoke({ issuer, subject: 'alice' });
  },
};

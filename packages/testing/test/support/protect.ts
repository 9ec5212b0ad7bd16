import type { DeniedDecision } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import type { TestIssuer } from '../../src/index.js';

export const resource = 'https://api.example.com/mcp';

/** A server that trusts an issuer, and why it denied requests. */
export function protect(issuer: TestIssuer, mode: 'jwt' | 'introspection' | 'auto' = 'jwt', dpop = false) {
  const denied: DeniedDecision[] = [];
  const { authorizationServers: _issuers, ...options } = issuer.mcpAuthOptions;
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [
      mode === 'jwt' ? issuer.issuer : { issuer: issuer.issuer, introspection: issuer.introspection },
    ],
    ...(dpop ? { dpop: { mode: 'dpop-optional' as const } } : {}),
    ...options,
    onEvent: (event) => {
      if (event.type === 'decision' && event.outcome === 'deny') denied.push(event);
    },
  });
  const server = mcpAuth.protect(
    { fetch: (_request, { authInfo } = {}) => Response.json(authInfo?.claims ?? null) },
    mode,
  );
  const ask = (token: string, proof?: string) => {
    const headers =
      proof === undefined
        ? { authorization: `Bearer ${token}` }
        : { authorization: `DPoP ${token}`, dpop: proof };
    return server.fetch(new Request(resource, { headers }));
  };
  return { ask, denied, status: async (token: string) => (await ask(token)).status };
}

import type { RequestListener } from 'node:http';
import type { AuditIssuer } from '@mcp-auth/conformance/black-box';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  originValidation,
  requireBearerAuth,
  type OAuthTokenVerifier,
} from '@modelcontextprotocol/express';
import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';
import express, { type RequestHandler } from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { fetchServerConfig, MCPAuth } from 'mcp-auth-0-2';

const scopes = ['notes:use', 'notes:read', 'notes:write'];

const answer: RequestHandler = (request, response) => {
  const { id = null } = (request.body ?? {}) as { id?: unknown };
  response.json({ jsonrpc: '2.0', id, result: { tools: [] } });
};

/** What users of the official middleware write themselves: with care. */
function createVerifier(issuer: string, audience: string): OAuthTokenVerifier {
  const keys = createRemoteJWKSet(new URL(`${issuer}/keys`));
  return {
    verifyAccessToken: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keys, { issuer, audience, requiredClaims: ['exp'] });
        return {
          token,
          clientId: String(payload['client_id']),
          scopes: typeof payload['scope'] === 'string' ? payload['scope'].split(' ') : [],
          ...(payload.exp !== undefined && { expiresAt: payload.exp }),
          resource: new URL(audience),
        };
      } catch {
        throw new OAuthError(OAuthErrorCode.InvalidToken, 'The token is not valid');
      }
    },
  };
}

/** A server on the middleware of the official SDK. */
export const createOfficial =
  ({ issuer }: AuditIssuer) =>
  (resource: string): RequestListener => {
    const app = express();
    const oauthMetadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      response_types_supported: ['code'],
    };
    const resourceServerUrl = new URL(resource);
    app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl, scopesSupported: scopes }));
    const gate = requireBearerAuth({
      verifier: createVerifier(issuer, resource),
      requiredScopes: ['notes:use'],
      resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resourceServerUrl),
      expectedResource: resourceServerUrl,
    });
    app.all('/mcp', gate, originValidation(['127.0.0.1', 'localhost']), express.json(), answer);
    return app;
  };

/** A server on mcp-auth 0.2.0, as its own guide has it. */
export const createOld =
  ({ issuer }: AuditIssuer) =>
  async (resource: string): Promise<RequestListener> => {
    const app = express();
    const authorizationServer = await fetchServerConfig(issuer, { type: 'oauth' });
    const mcpAuth = new MCPAuth({
      protectedResources: [
        { metadata: { resource, authorizationServers: [authorizationServer], scopesSupported: scopes } },
      ],
    });
    app.use(mcpAuth.protectedResourceMetadataRouter());
    app.all(
      '/mcp',
      mcpAuth.bearerAuth('jwt', { resource, requiredScopes: ['notes:use'] }),
      express.json(),
      answer,
    );
    return app;
  };

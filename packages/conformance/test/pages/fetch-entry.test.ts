import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  type AuthInfo,
  type AuthServerConfig,
} from '@mcp-auth/core';
import { authContext, getAuthInfo } from '@mcp-auth/core/context';
import { MCPAuth, type FetchHandlerOptions } from '@mcp-auth/core/fetch';
import { handleWeb } from '../../../mcp-auth/test/support/pages/mcp-endpoint.js';
import { describePages } from '../../../mcp-auth/test/support/pages/suite.js';
import { serveFetch } from '../../src/index.js';

function createHandler(resourceIdentifier: string, authServerConfig: AuthServerConfig) {
  const mcpAuth = new MCPAuth({
    protectedResources: [
      {
        metadata: {
          resource: resourceIdentifier,
          authorizationServers: [authServerConfig],
          scopesSupported: ['read:notes', 'write:notes'],
        },
      },
    ],
  });
  const route = {
    resource: resourceIdentifier,
    audience: resourceIdentifier,
    requiredScopes: ['read:notes'],
    // One resource at several paths
    path: '/',
  };

  const answerMetadata = mcpAuth.protectedResourceMetadataRouter();
  const toNotes = (authInfo: AuthInfo | undefined) =>
    Response.json({ notes: [], subject: authInfo?.subject });
  const routes = new Map([
    [
      '/notes',
      mcpAuth.protect(
        { fetch: (_request, options?: FetchHandlerOptions) => toNotes(options?.authInfo) },
        'jwt',
        route,
      ),
    ],
    [
      '/mcp',
      mcpAuth.protect(
        {
          fetch: (request, options?: FetchHandlerOptions) =>
            handleWeb(request, options?.authInfo, getAuthInfo),
        },
        'jwt',
        { ...route, asyncContext: authContext },
      ),
    ],
    [
      '/leeway',
      mcpAuth.protect({ fetch: () => Response.json({}) }, 'jwt', {
        ...route,
        jwtVerify: { clockTolerance: 60 },
      }),
    ],
  ]);
  return async (request: Request): Promise<Response> =>
    (await answerMetadata(request)) ??
    routes.get(new URL(request.url).pathname)?.fetch(request) ??
    new Response(null, { status: 404 });
}

describePages<AuthServerConfig>({
  name: '@mcp-auth/core/fetch',
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  byHand: (config) => config,
  discover: (issuer, type) => ({ issuer, type }),
  hasContext: true,
  start: (resourceIdentifier, authServerConfig) =>
    serveFetch(createHandler(resourceIdentifier, authServerConfig)),
});

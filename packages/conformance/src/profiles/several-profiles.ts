import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile } from './profile.js';

const primary = [{ name: 'primary' }] as const;

function single(resource: string, metadataUrl: string, path: string): Profile {
  return { resources: [{ resource, metadataUrl, servers: primary }], routes: [{ path, resource }] };
}

/** Where a resource lives, and several of them in one process. */
export const severalProfiles = {
  origin: single(
    'https://mcp.example.com',
    'https://mcp.example.com/.well-known/oauth-protected-resource',
    '/',
  ),
  'origin-with-slash': single(
    'https://mcp.example.com/',
    'https://mcp.example.com/.well-known/oauth-protected-resource',
    '/',
  ),
  port: single(
    'https://mcp.example.com:8443/mcp',
    'https://mcp.example.com:8443/.well-known/oauth-protected-resource/mcp',
    '/mcp',
  ),
  'deep-path': single(
    'https://mcp.example.com/tenants/a/mcp',
    'https://mcp.example.com/.well-known/oauth-protected-resource/tenants/a/mcp',
    '/tenants/a/mcp',
  ),
  'trailing-slash': single(
    'https://mcp.example.com/mcp/',
    'https://mcp.example.com/.well-known/oauth-protected-resource/mcp/',
    '/mcp/',
  ),
  'encoded-path': single(
    'https://mcp.example.com/caf%C3%A9/mcp',
    'https://mcp.example.com/.well-known/oauth-protected-resource/caf%C3%A9/mcp',
    '/mcp',
  ),
  'path-with-signs': single(
    'https://mcp.example.com/v1:beta/(a)/b+c/d;e=1/mcp',
    'https://mcp.example.com/.well-known/oauth-protected-resource/v1:beta/(a)/b+c/d;e=1/mcp',
    '/mcp',
  ),
  query: single(
    'https://mcp.example.com/mcp?tenant=a',
    'https://mcp.example.com/.well-known/oauth-protected-resource/mcp?tenant=a',
    '/mcp',
  ),
  'two-paths': {
    resources: [
      {
        resource: 'https://mcp.example.com/notes',
        metadataUrl: 'https://mcp.example.com/.well-known/oauth-protected-resource/notes',
        servers: primary,
      },
      {
        resource: 'https://mcp.example.com/admin',
        metadataUrl: 'https://mcp.example.com/.well-known/oauth-protected-resource/admin',
        servers: [{ name: 'secondary' }],
      },
    ],
    routes: [
      { path: '/notes', resource: 'https://mcp.example.com/notes' },
      { path: '/admin', resource: 'https://mcp.example.com/admin', requiredScopes: ['admin'] },
    ],
  },
  // One process behind a proxy that maps each host to its own path
  'two-hosts': {
    resources: [
      {
        resource: 'https://a.example.com/mcp',
        metadataUrl: 'https://a.example.com/.well-known/oauth-protected-resource/mcp',
        servers: primary,
      },
      {
        resource: 'https://b.example.com/mcp',
        metadataUrl: 'https://b.example.com/.well-known/oauth-protected-resource/mcp',
        servers: primary,
      },
    ],
    routes: [
      { path: '/a/mcp', resource: 'https://a.example.com/mcp' },
      { path: '/b/mcp', resource: 'https://b.example.com/mcp' },
    ],
  },
  'all-metadata': {
    resources: [
      {
        resource: mcp,
        metadataUrl: mcpMetadataUrl,
        servers: [{ name: 'primary' }, { name: 'secondary' }],
        dpop: { mode: 'dpop-optional', algorithms: ['ES256'] },
        metadata: {
          jwksUri: 'https://mcp.example.com/resource-keys.json',
          scopesSupported: ['notes:read'],
          bearerMethodsSupported: ['header'],
          resourceSigningAlgValuesSupported: ['ES256'],
          resourceName: 'Notes',
          'resource_name#it': 'Appunti',
          resourceDocumentation: 'https://mcp.example.com/docs',
          resourcePolicyUri: 'https://mcp.example.com/policy',
          resourceTosUri: 'https://mcp.example.com/terms',
          tlsClientCertificateBoundAccessTokens: false,
          authorizationDetailsTypesSupported: ['note'],
          dpopSigningAlgValuesSupported: ['ES256'],
          dpopBoundAccessTokensRequired: false,
        },
      },
    ],
    routes: [{ path: '/mcp', resource: mcp }],
  },
} as const satisfies Readonly<Record<string, Profile>>;

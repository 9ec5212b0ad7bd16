import type { JsonObject } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import { clientCertificate } from './client-certificates.js';
import type { Profile, ProfileResource } from './profile.js';

/** What a declared proxy sends with each request. */
export const proxySecret = 'the-secret-that-only-the-proxy-of-this-profile-knows';

const resource = {
  resource: mcp,
  metadataUrl: mcpMetadataUrl,
  servers: [{ name: 'primary' }],
  mutualTls: {
    certificate: {
      header: 'Client-Cert',
      format: 'rfc9440',
      proxySecret: { header: 'X-Proxy-Secret', secrets: [proxySecret] },
    },
  },
} as const satisfies ProfileResource;

const routes = [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'] }] as const;

const answer: JsonObject = {
  active: true,
  iss: '{primary}',
  aud: mcp,
  client_id: 'client-1',
  sub: 'user-1',
  scope: 'notes:read',
  token_type: 'Bearer',
  exp: { fromNow: 300 },
  cnf: { 'x5t#S256': clientCertificate.thumbprint },
};

/** Tokens that are bound to client certificates (RFC 8705), which a declared proxy hands on, or the connection shows. */
export const mutualTlsProfiles = {
  'mutual-tls': { resources: [resource], routes },
  'mutual-tls-envoy': {
    resources: [
      {
        ...resource,
        mutualTls: {
          certificate: {
            ...resource.mutualTls.certificate,
            header: 'X-Forwarded-Client-Cert',
            format: 'xfcc',
          },
        },
      },
    ],
    routes,
  },
  'mutual-tls-connection': {
    resources: [{ ...resource, mutualTls: { certificate: 'connection' } }],
    routes,
  },
  'mutual-tls-and-dpop': { resources: [{ ...resource, dpop: { mode: 'dpop-optional' } }], routes },
  'mutual-tls-introspection': {
    resources: [
      {
        ...resource,
        servers: [{ name: 'primary', introspection: { answers: { 'opaque-bound-0001': answer } } }],
      },
    ],
    routes: [{ ...routes[0], verifier: 'introspection' }],
  },
} as const satisfies Readonly<Record<string, Profile>>;

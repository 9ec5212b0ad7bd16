import type { JsonObject } from '../json.js';
import { mcpResource, readRoute } from './basic-profiles.js';
import { clientCertificate } from './client-certificates.js';
import { goodAnswer } from './introspection-profiles.js';
import type { Profile, ProfileResource } from './profile.js';

/** What a declared proxy sends with each request. */
export const proxySecret = 'the-secret-that-only-the-proxy-of-this-profile-knows';

const resource = {
  ...mcpResource,
  mutualTls: {
    certificate: {
      header: 'Client-Cert',
      format: 'rfc9440',
      proxySecret: { header: 'X-Proxy-Secret', secrets: [proxySecret] },
    },
  },
} as const satisfies ProfileResource;

const routes = [readRoute] as const;

const answer: JsonObject = { ...goodAnswer, cnf: { 'x5t#S256': clientCertificate.thumbprint } };

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
    routes: [{ ...readRoute, verifier: 'introspection' }],
  },
} as const satisfies Readonly<Record<string, Profile>>;

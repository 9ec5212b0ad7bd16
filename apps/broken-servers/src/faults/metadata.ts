import type { Fault } from '../faults.js';
import { sound } from '../sound.js';

const document: typeof sound.metadata = (setup, request) => sound.metadata(setup, request);

/** What goes wrong where clients begin. */
export const metadataFaults: Readonly<Record<string, Fault>> = {
  'wrong-metadata-path': {
    says: 'publishes its metadata at a path that it made up',
    caughtBy: 'metadata-published',
    change: { isMetadataPath: (path) => path === '/.well-known/oauth-resource' },
  },
  'metadata-under-prefix': {
    says: 'publishes its metadata below its own prefix, where no client looks and no challenge leads',
    caughtBy: 'metadata-published',
    change: {
      metadataPaths: () => ['/mcp/.well-known/oauth-protected-resource'],
      metadataUrl: () => undefined,
    },
  },
  'relative-url': {
    says: 'names a relative URL in resource_metadata',
    caughtBy: 'metadata-challenge-url',
    change: { metadataUrl: () => '/.well-known/oauth-protected-resource/mcp' },
  },
  'metadata-url-missing': {
    says: 'names no metadata in its challenges',
    caughtBy: 'metadata-in-challenge',
    change: { metadataUrl: () => undefined },
  },
  'metadata-behind-login': {
    says: 'asks for a token before it shows where tokens are to be had',
    caughtBy: 'metadata-published',
    change: { metadataNeedsToken: true },
  },
  'metadata-everywhere': {
    says: 'answers every well-known path with the same document',
    caughtBy: 'metadata-unknown-path',
    change: { isMetadataPath: (path) => path.startsWith('/.well-known/oauth-protected-resource') },
  },
  'resource-of-another-host': {
    says: 'names the host it has inside as its resource',
    caughtBy: 'metadata-resource-identity',
    change: {
      metadata: (setup, request) => ({ ...document(setup, request), resource: 'http://localhost:8080/mcp' }),
      hasRightAudience: (audience) => audience === 'http://localhost:8080/mcp',
    },
  },
  'resource-with-slash': {
    says: 'ends its resource with a slash that its URL has not',
    caughtBy: 'metadata-resource-identity',
    change: {
      metadata: (setup, request) => ({ ...document(setup, request), resource: `${setup.resource}/` }),
      hasRightAudience: (audience, { resource }) => audience === `${resource}/`,
    },
  },
  'resource-from-host-header': {
    says: 'takes its public name from X-Forwarded-Host',
    caughtBy: 'metadata-stable',
    change: {
      metadata: (setup, request) => {
        const host = request.headers['x-forwarded-host'];
        const resource = host === undefined ? setup.resource : `https://${String(host)}/mcp`;
        return { ...document(setup, request), resource };
      },
    },
  },
  'no-authorization-server': {
    says: 'names no authorization server',
    caughtBy: 'metadata-authorization-servers',
    change: {
      metadata: (setup, request) => ({ ...document(setup, request), authorization_servers: undefined }),
    },
  },
  'plain-http-issuer': {
    says: 'sends clients to an authorization server without TLS',
    caughtBy: 'metadata-authorization-servers-https',
    change: {
      metadata: (setup, request) => ({
        ...document(setup, request),
        authorization_servers: [setup.issuer, 'http://id.example.com'],
      }),
    },
  },
  'empty-members': {
    says: 'publishes null for what it has not',
    caughtBy: 'metadata-empty-members',
    change: { metadata: (setup, request) => ({ ...document(setup, request), jwks_uri: null }) },
  },
  'offline-access': {
    says: 'offers offline_access as a scope of its own',
    caughtBy: 'metadata-offline-access',
    change: {
      metadata: (setup, request) => ({
        ...document(setup, request),
        scopes_supported: ['notes:use', 'notes:read', 'notes:write', 'offline_access'],
      }),
    },
  },
  'scopes-as-string': {
    says: 'writes its scopes as one string',
    caughtBy: 'metadata-lists',
    change: {
      metadata: (setup, request) => ({
        ...document(setup, request),
        scopes_supported: 'notes:use notes:read notes:write',
      }),
    },
  },
  'issuer-named-otherwise': {
    says: 'names its authorization server with a slash that it does not have',
    caughtBy: 'issuer-identifier',
    change: {
      metadata: (setup, request) => ({
        ...document(setup, request),
        authorization_servers: [`${setup.issuer}/`],
      }),
    },
  },
  'cors-missing': {
    says: 'keeps pages from reading its metadata',
    caughtBy: 'metadata-cors',
    change: { metadataHeaders: () => [['Cache-Control', 'public, max-age=300']] },
  },
};

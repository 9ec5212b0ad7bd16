import type { BlackBoxRevision } from '@mcp-auth/conformance/black-box';
import type { Behaviour } from './behaviour.js';
import { sound } from './sound.js';

/** A server that does what MCP leaves to it, and another standard or another server does otherwise. */
export interface OtherSound {
  readonly says: string;
  /** For which this is right. */
  readonly revisions: readonly BlackBoxRevision[];
  /** Cases that look at what it does otherwise. */
  readonly about: readonly string[];
  readonly change: Partial<Behaviour>;
}

const every = ['2025-06-18', '2025-11-25', '2026-07-28'] as const;
const wellKnown = '/.well-known/oauth-protected-resource';
const originOf = (url: string): string => new URL(url).origin;

/** Servers that nobody may accuse. */
export const otherSound: Readonly<Record<string, OtherSound>> = {
  'document-where-the-challenge-leads': {
    says: 'publishes its metadata at a URL that its challenges name, and at no well-known one',
    revisions: every,
    about: ['metadata-published', 'metadata-discovery', 'metadata-in-challenge', 'metadata-well-known'],
    change: { metadataPaths: () => ['/about/tokens.json'] },
  },
  'document-at-the-well-known-url-alone': {
    says: 'names no metadata in its challenges, and publishes it where clients look without one',
    revisions: ['2025-11-25', '2026-07-28'],
    about: ['metadata-published', 'metadata-discovery', 'scope-challenge'],
    change: { metadataUrl: () => undefined },
  },
  'document-at-the-root': {
    says: 'publishes one document at the root of its host, about the host, and names it in no challenge',
    revisions: ['2025-11-25', '2026-07-28'],
    about: ['metadata-published', 'metadata-discovery', 'metadata-resource-identity', 'metadata-well-known'],
    change: {
      metadataPaths: () => [wellKnown],
      metadataUrl: () => undefined,
      metadata: (setup, request) => ({
        ...sound.metadata(setup, request),
        resource: originOf(setup.resource),
      }),
      hasRightAudience: (audience, setup) =>
        sound.hasRightAudience(audience, { ...setup, resource: originOf(setup.resource) }),
    },
  },
  'every-path-a-resource': {
    says: 'has a resource at every path, such as one for each customer',
    revisions: every,
    about: ['metadata-unknown-path'],
    change: {
      isMetadataPath: (path) => path.startsWith(`${wellKnown}/`),
      metadata: (setup, request) => ({
        ...sound.metadata(setup, request),
        resource: `${originOf(setup.resource)}${String(request.url).slice(wellKnown.length)}`,
      }),
    },
  },
  'foreign-origin-refused-otherwise': {
    says: 'refuses pages of foreign origins, with another status than 403',
    revisions: ['2025-06-18'],
    about: ['origin-refused'],
    change: { foreignOriginStatus: 400 },
  },
  'strict-about-types': {
    says: 'takes tokens that say they are access tokens, and no others (RFC 9068 §4)',
    revisions: every,
    about: ['type-jwt-default', 'type-absent-default', 'type-at-jwt-single'],
    change: {
      isAccessToken: (header, claims) =>
        /^(?:application\/)?at\+jwt$/i.test(String(header.typ)) && sound.isAccessToken(header, claims),
    },
  },
};

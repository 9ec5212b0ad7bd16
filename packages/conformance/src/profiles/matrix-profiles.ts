import { describeMethods } from '@mcp-auth/core/adapter';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile } from './profile.js';

/** Every request of a client for which there can be a rule by its method. */
const ruled = describeMethods().filter(
  ({ kind, from, groups }) => kind === 'request' && from !== 'server' && groups.includes('methods'),
);

const needed = ['notes:high'];

/** One route on which every operation needs more than the route. */
export const matrixProfiles = {
  matrix: {
    resources: [{ resource: mcp, metadataUrl: mcpMetadataUrl, servers: [{ name: 'primary' }] }],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        operations: {
          tools: { '*': needed },
          resources: { '*': needed },
          prompts: { '*': needed },
          methods: Object.fromEntries(ruled.map(({ name }) => [name, needed])),
        },
      },
    ],
    handleNeeds: ['notes:kept'],
  },
} as const satisfies Readonly<Record<string, Profile>>;

import type * as z from 'zod';
import { protectedResourceMetadataSchema } from './protected-resource-metadata.js';
import { authorizationServerMetadataSchema, openIDProviderMetadataSchema } from './server-metadata.js';

/** One document the generator writes code for. */
export interface DocumentSource {
  /** What errors call it. */
  readonly id: string;
  /** File name of everything generated from it. */
  readonly file: string;
  readonly schema: z.ZodType;
  /** Whether it has a camelCase form and key maps. */
  readonly camelCase: boolean;
  /** Documents of one family share the check of the members they have in common. */
  readonly family?: string;
}

export const documents: readonly DocumentSource[] = [
  {
    id: 'authorization_server',
    file: 'authorization-server-metadata',
    schema: authorizationServerMetadataSchema,
    camelCase: true,
    family: 'Server',
  },
  {
    id: 'openid_provider',
    file: 'openid-provider-metadata',
    schema: openIDProviderMetadataSchema,
    camelCase: true,
    family: 'Server',
  },
  {
    id: 'protected_resource',
    file: 'protected-resource-metadata',
    schema: protectedResourceMetadataSchema,
    camelCase: true,
  },
];

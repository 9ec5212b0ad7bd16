import type * as z from 'zod';
import { accessTokenClaimsSchema } from './access-token-claims.js';
import { introspectionResponseSchema } from './introspection-response.js';
import { jwkSetSchema } from './jwk-set.js';
import { mcpRequestHeadSchema } from './mcp-request-head.js';
import { oauthErrorSchema } from './oauth-error.js';
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
  { id: 'jwk_set', file: 'jwk-set', schema: jwkSetSchema, camelCase: false },
  {
    id: 'access_token_claims',
    file: 'access-token-claims',
    schema: accessTokenClaimsSchema,
    camelCase: false,
  },
  {
    id: 'introspection_response',
    file: 'introspection-response',
    schema: introspectionResponseSchema,
    camelCase: false,
  },
  { id: 'oauth_error', file: 'oauth-error', schema: oauthErrorSchema, camelCase: false },
  { id: 'mcp_request_head', file: 'mcp-request-head', schema: mcpRequestHeadSchema, camelCase: false },
];

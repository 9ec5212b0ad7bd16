// Generated from src/sources by pnpm codegen. Do not edit.
import type { Rules } from '../../lint/rules.js';
import { protectedResourceMetadataKeys } from '../key-maps/protected-resource-metadata.js';

/** A function, so that a bundle without lint can leave it out, and start-up without building it. */
export const protectedResourceMetadataRules = (): Rules => ({
  members: protectedResourceMetadataKeys.names,
  urls: ['jwks_uri', 'resource', 'resource_documentation', 'resource_policy_uri', 'resource_tos_uri'],
  recommended: ['resource_name', 'scopes_supported'],
  tagged: ['resource_documentation', 'resource_name', 'resource_policy_uri', 'resource_tos_uri'],
  https: ['jwks_uri', 'resource'],
  noQuery: [],
  noFragment: ['resource'],
  notEmpty: [
    'authorization_details_types_supported',
    'authorization_servers',
    'dpop_signing_alg_values_supported',
    'resource_signing_alg_values_supported',
    'scopes_supported',
  ],
  noNone: ['dpop_signing_alg_values_supported', 'resource_signing_alg_values_supported'],
  asymmetricOnly: ['dpop_signing_alg_values_supported'],
  jwsAlgorithms: ['dpop_signing_alg_values_supported', 'resource_signing_alg_values_supported'],
  languageTags: [],
  issuerIdentifiers: ['authorization_servers'],
  resourceIdentifiers: [],
  mustHold: {},
  shouldHold: {},
  only: { bearer_methods_supported: ['header', 'body', 'query'] },
  sources: {
    bearer_methods_supported: 'RFC 9728 section 2',
    dpop_signing_alg_values_supported: 'RFC 9728 section 2',
    resource_name: 'RFC 9728 section 2',
    resource_signing_alg_values_supported: 'RFC 9728 section 2',
    scopes_supported: 'RFC 9728 section 2',
  },
});

/** What a consumer of ProtectedResourceMetadata assumes of members that are absent. A member that is not in here says nothing by its absence. */
export const protectedResourceMetadataDefaults = {
  tls_client_certificate_bound_access_tokens: false,
  dpop_bound_access_tokens_required: false,
} as const;

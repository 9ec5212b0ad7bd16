import { flag, strings, url } from '../member.js';

/** Authorization server members of OAuth drafts. */
export const oauthDraftsMembers = {
  client_id_metadata_document_supported: flag({
    source: 'draft-ietf-oauth-client-id-metadata-document section 5',
    level: 'optional',
    default: false,
    registration: 'draft',
    confirmedBy: 'source-text',
    description: 'Whether a URL may be used as client_id and is resolved to a client metadata document.',
    note: 'MCP 2025-11-25 and later rely on it. A server that publishes metadata and supports the feature must send it.',
  }),
  authorization_grant_profiles_supported: strings({
    source: 'draft-ietf-oauth-identity-assertion-authz-grant section 7',
    level: 'optional',
    registration: 'draft',
    confirmedBy: 'source-text',
    description: 'Profiles of the JWT bearer grant that are supported, e.g. the identity assertion grant.',
  }),
  identity_chaining_requested_token_types_supported: strings({
    source: 'draft-ietf-oauth-identity-chaining',
    level: 'optional',
    description: 'Token types that can be asked for in a cross-domain token exchange.',
  }),
  authorization_challenge_endpoint: url({
    source: 'draft-ietf-oauth-first-party-apps',
    level: 'optional',
    registration: 'draft',
    confirmedBy: 'none',
    description: 'Endpoint for browserless first-party authorization.',
  }),
  client_attestation_signing_alg_values_supported: strings({
    source: 'draft-ietf-oauth-attestation-based-client-auth',
    level: 'optional',
    constraints: ['asymmetric only'],
    registration: 'draft',
    confirmedBy: 'none',
    description: 'Algorithms accepted on client attestations.',
  }),
  client_attestation_pop_signing_alg_values_supported: strings({
    source: 'draft-ietf-oauth-attestation-based-client-auth',
    level: 'optional',
    constraints: ['asymmetric only'],
    registration: 'draft',
    confirmedBy: 'none',
    description: 'Algorithms accepted on attestation proofs.',
  }),
  challenge_endpoint: url({
    source: 'draft-ietf-oauth-attestation-based-client-auth',
    level: 'optional',
    registration: 'draft',
    confirmedBy: 'none',
    description: 'Where a fresh challenge can be fetched.',
  }),
  global_token_revocation_endpoint: url({
    source: 'draft-parecki-oauth-global-token-revocation',
    level: 'optional',
    registration: 'draft',
    confirmedBy: 'none',
    description: 'Endpoint that revokes every token of a subject.',
  }),
  status_list_aggregation_endpoint: url({
    source: 'Token Status List (draft-ietf-oauth-status-list)',
    level: 'optional',
    description: 'Index of status lists of the issuer.',
  }),
};

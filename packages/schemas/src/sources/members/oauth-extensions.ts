import { endpointAliases } from '../endpoint-aliases.js';
import { flag, shaped, strings, url } from '../member.js';

/** Authorization server members that extensions of OAuth 2.0 registered: RFCs, ETSI and JARM. */
export const oauthExtensionsMembers = {
  device_authorization_endpoint: url({
    source: 'RFC 8628 section 4',
    level: 'optional',
    description: 'Device authorization endpoint.',
  }),
  tls_client_certificate_bound_access_tokens: flag({
    source: 'RFC 8705 section 3.3',
    level: 'optional',
    default: false,
    description: 'Whether certificate-bound access tokens can be issued.',
  }),
  mtls_endpoint_aliases: shaped(endpointAliases, {
    source: 'RFC 8705 section 5',
    level: 'optional',
    constraints: ['endpoint names', 'endpoint urls', 'other names ignored', 'ordinary endpoint otherwise'],
    description: 'Alternative URLs of endpoints for clients that do mutual TLS.',
  }),
  nfv_token_signing_alg_values_supported: strings({
    source: 'ETSI GS NFV-SEC 022',
    level: 'optional',
    description: 'Signing algorithms for NFV tokens.',
  }),
  nfv_token_encryption_alg_values_supported: strings({
    source: 'ETSI GS NFV-SEC 022',
    level: 'optional',
    description: 'Key management algorithms for NFV tokens.',
  }),
  nfv_token_encryption_enc_values_supported: strings({
    source: 'ETSI GS NFV-SEC 022',
    level: 'optional',
    description: 'Content encryption algorithms for NFV tokens.',
  }),
  require_signed_request_object: flag({
    source: 'RFC 9101 section 10.5',
    level: 'optional',
    default: false,
    description: 'Whether authorization requests must be signed request objects.',
  }),
  pushed_authorization_request_endpoint: url({
    source: 'RFC 9126 section 5',
    level: 'optional',
    description: 'Where authorization requests are pushed.',
  }),
  require_pushed_authorization_requests: flag({
    source: 'RFC 9126 section 5',
    level: 'optional',
    default: false,
    description: 'Whether only pushed requests are accepted.',
  }),
  introspection_signing_alg_values_supported: strings({
    source: 'RFC 9701 section 7',
    level: 'optional',
    constraints: ['jws algorithms', 'not empty'],
    description: 'Algorithms used to sign JWT introspection responses.',
  }),
  introspection_encryption_alg_values_supported: strings({
    source: 'RFC 9701 section 7',
    level: 'optional',
    constraints: ['not empty'],
    description: 'Key management algorithms for encrypted introspection responses.',
  }),
  introspection_encryption_enc_values_supported: strings({
    source: 'RFC 9701 section 7',
    level: 'optional',
    constraints: ['not empty'],
    description: 'Content encryption algorithms for encrypted introspection responses.',
  }),
  authorization_response_iss_parameter_supported: flag({
    source: 'RFC 9207 section 3',
    level: 'optional',
    default: false,
    description: 'Whether every authorization response carries iss.',
    note: 'MCP 2026-07-28 makes it required (true) for a server that emits iss.',
  }),
  authorization_details_types_supported: strings({
    source: 'RFC 9396 section 10',
    level: 'optional',
    constraints: ['not empty'],
    description: 'authorization_details type values accepted.',
  }),
  dpop_signing_alg_values_supported: strings({
    source: 'RFC 9449 section 5.1',
    level: 'optional',
    constraints: ['asymmetric only', 'no none', 'jws algorithms', 'not empty'],
    description: 'Algorithms accepted on DPoP proofs.',
    note: 'Required by the MCP DPoP extension for servers that support DPoP.',
  }),
  protected_resources: strings({
    source: 'RFC 9728 section 4',
    level: 'optional',
    constraints: ['resource identifiers', 'not empty'],
    description: 'Resource identifiers this server can issue tokens for; may be partial.',
    note: 'When the resource lists its servers and the server lists its resources, consumers should cross-check the two.',
  }),
  authorization_signing_alg_values_supported: strings({
    source: 'JARM section 4',
    level: 'optional',
    constraints: ['jws algorithms', 'not empty'],
    registration: 'unconfirmed',
    confirmedBy: 'library-only',
    description: 'Algorithms used to sign JWT authorization responses.',
  }),
  authorization_encryption_alg_values_supported: strings({
    source: 'JARM section 4',
    level: 'optional',
    constraints: ['not empty'],
    registration: 'unconfirmed',
    confirmedBy: 'library-only',
    description: 'Key management algorithms for encrypted authorization responses.',
  }),
  authorization_encryption_enc_values_supported: strings({
    source: 'JARM section 4',
    level: 'optional',
    constraints: ['not empty'],
    registration: 'unconfirmed',
    confirmedBy: 'library-only',
    description: 'Content encryption algorithms for encrypted authorization responses.',
  }),
};

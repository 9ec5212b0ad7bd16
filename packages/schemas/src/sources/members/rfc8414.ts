import { jws, strings, url } from '../member.js';

/** Members that RFC 8414 itself defines for an authorization server. */
export const rfc8414Members = {
  issuer: url({
    source: 'RFC 8414 section 2',
    level: 'required',
    constraints: ['https', 'no query', 'no fragment', 'same identifier'],
    description: 'Identifier of the server; the anchor for every identity comparison a consumer makes.',
  }),
  authorization_endpoint: url({
    source: 'RFC 8414 section 2',
    level: 'conditional',
    condition:
      'required unless no supported grant type goes through it (client_credentials-only and JWT-bearer-only servers may drop it)',
    description: 'Where a browser is sent to start an authorization request.',
  }),
  token_endpoint: url({
    source: 'RFC 8414 section 2',
    level: 'conditional',
    condition: 'required unless the implicit grant is the only one supported',
    description: 'Where grants are exchanged for tokens.',
  }),
  jwks_uri: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    constraints: ['https', 'key use'],
    description: 'Location of the JWK Set that verifies signatures made by this server.',
  }),
  registration_endpoint: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    description: 'Where clients register dynamically (RFC 7591).',
  }),
  scopes_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'recommended',
    constraints: ['not empty'],
    description: 'Scope values the server is willing to name; the list may be partial.',
  }),
  response_types_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'required',
    constraints: ['not empty', 'registered spelling'],
    description: 'response_type values the authorization endpoint accepts.',
    note: 'Required by the text even for servers that have no authorization endpoint; many such servers leave it out.',
  }),
  response_modes_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    default: ['query', 'fragment'],
    constraints: ['not empty'],
    description: 'Ways the authorization response can be returned.',
  }),
  grant_types_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    default: ['authorization_code', 'implicit'],
    constraints: ['not empty'],
    description: 'grant_type values accepted by the token endpoint.',
    note: 'Absence means the default, so an absent member still implies the implicit grant.',
  }),
  token_endpoint_auth_methods_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    default: ['client_secret_basic'],
    constraints: ['not empty', 'client authentication methods'],
    description: 'Client authentication methods at the token endpoint.',
    note: 'A public-client deployment must list none explicitly; the default does not include it.',
  }),
  token_endpoint_auth_signing_alg_values_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'conditional',
    condition: 'must be present when private_key_jwt or client_secret_jwt is listed for the token endpoint',
    constraints: ['no none', 'should hold RS256', 'not empty', 'jws algorithms'],
    description: 'Algorithms accepted on the client assertion at the token endpoint.',
  }),
  service_documentation: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    description: 'Page for developers integrating with the server.',
  }),
  ui_locales_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    constraints: ['not empty', 'language tags'],
    description: 'Interface languages, as BCP 47 tags.',
  }),
  op_policy_uri: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    description:
      'Page stating how clients may use the data; meant to be shown to whoever registers a client.',
  }),
  op_tos_uri: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    description: 'Terms-of-service page; meant to be shown to whoever registers a client.',
  }),
  revocation_endpoint: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    description: 'Token revocation (RFC 7009).',
  }),
  revocation_endpoint_auth_methods_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    default: ['client_secret_basic'],
    constraints: ['not empty'],
    description: 'Client authentication methods at the revocation endpoint.',
  }),
  revocation_endpoint_auth_signing_alg_values_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'conditional',
    condition:
      'must be present when private_key_jwt or client_secret_jwt is listed for the revocation endpoint',
    constraints: ['no none', 'not empty', 'jws algorithms'],
    description: 'Algorithms accepted on the client assertion at the revocation endpoint.',
  }),
  introspection_endpoint: url({
    source: 'RFC 8414 section 2',
    level: 'optional',
    description: 'Token introspection (RFC 7662).',
  }),
  introspection_endpoint_auth_methods_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    constraints: ['not empty'],
    description:
      'How callers authenticate at the introspection endpoint; may list client authentication methods and also access token types such as Bearer.',
    note: 'No default: absence says nothing and the caller must learn it elsewhere.',
  }),
  introspection_endpoint_auth_signing_alg_values_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'conditional',
    condition:
      'must be present when private_key_jwt or client_secret_jwt is listed for the introspection endpoint',
    constraints: ['no none', 'not empty', 'jws algorithms'],
    description: 'Algorithms accepted on the client assertion at the introspection endpoint.',
  }),
  code_challenge_methods_supported: strings({
    source: 'RFC 8414 section 2',
    level: 'optional',
    constraints: ['not empty', 'pkce methods'],
    description: 'PKCE challenge methods.',
    note: 'Absence means no PKCE. MCP revisions from 2025-11-25 on make it required, in OpenID Provider documents too.',
  }),
  signed_metadata: jws({
    source: 'RFC 8414 section 2.1',
    level: 'optional',
    constraints: ['holds iss', 'not nested', 'claims win'],
    description: 'JWT bundling metadata values as claims, signed or MACed.',
  }),
};

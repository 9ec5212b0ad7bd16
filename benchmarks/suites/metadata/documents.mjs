/** A full-featured authorization server: 2.2 kB of JSON as sent, more when pretty-printed. */
const text = JSON.stringify({
  issuer: 'https://auth.example.com',
  authorization_endpoint: 'https://auth.example.com/oauth2/authorize',
  token_endpoint: 'https://auth.example.com/oauth2/token',
  jwks_uri: 'https://auth.example.com/oauth2/jwks',
  registration_endpoint: 'https://auth.example.com/oauth2/register',
  revocation_endpoint: 'https://auth.example.com/oauth2/revoke',
  introspection_endpoint: 'https://auth.example.com/oauth2/introspect',
  pushed_authorization_request_endpoint: 'https://auth.example.com/oauth2/par',
  service_documentation: 'https://docs.example.com/oauth2',
  scopes_supported: [
    ...[
      'openid',
      'profile',
      'email',
      'address',
      'phone',
      'offline_access',
      'notes:read',
      'notes:write',
      'notes:delete',
    ],
    ...[
      'todos:read',
      'todos:write',
      'todos:delete',
      'admin:users',
      'admin:audit',
      'reports:read',
      'reports:share',
    ],
  ],
  response_types_supported: ['code'],
  response_modes_supported: [
    'query',
    'fragment',
    'form_post',
    'query.jwt',
    'fragment.jwt',
    'form_post.jwt',
    'jwt',
  ],
  grant_types_supported: [
    ...[
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    ...['urn:ietf:params:oauth:grant-type:token-exchange', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
  ],
  token_endpoint_auth_methods_supported: [
    ...['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth'],
  ],
  token_endpoint_auth_signing_alg_values_supported: [
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
  ],
  revocation_endpoint_auth_methods_supported: [
    'none',
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
  ],
  introspection_endpoint_auth_methods_supported: [
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
  ],
  code_challenge_methods_supported: ['S256'],
  ui_locales_supported: ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'ko', 'zh-Hans', 'zh-Hant'],
  authorization_response_iss_parameter_supported: true,
  require_pushed_authorization_requests: false,
  client_id_metadata_document_supported: true,
  dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'PS256'],
  tls_client_certificate_bound_access_tokens: true,
  authorization_details_types_supported: ['payment_initiation', 'account_information'],
  introspection_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
  authorization_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  acr_values_supported: ['urn:example:loa:1', 'urn:example:loa:2', 'urn:example:loa:3'],
});

const changed = (from, to) => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return JSON.parse(text.replace(from, to));
};

export const valid = JSON.parse(text);
export const bytes = text.length;
export const prettyBytes = JSON.stringify(valid, null, 2).length;

/** The same document with one fault each, as a server would really send it. */
export const refused = {
  'a required member missing': changed('"response_types_supported":["code"],', ''),
  'a URL that is a number': changed('"jwks_uri":"https://auth.example.com/oauth2/jwks"', '"jwks_uri":5'),
  'a URL that is none': changed('https://auth.example.com/oauth2/token', '/oauth2/token'),
  'a string instead of an array': changed('["S256"]', '"S256"'),
  'a number inside an array': changed('"todos:write"', '7'),
};

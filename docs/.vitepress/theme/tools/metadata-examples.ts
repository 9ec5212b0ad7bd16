import type { ExampleName } from './example-names';

const good = {
  issuer: 'https://auth.example.com',
  authorization_endpoint: 'https://auth.example.com/authorize',
  token_endpoint: 'https://auth.example.com/token',
  jwks_uri: 'https://auth.example.com/jwks',
  registration_endpoint: 'https://auth.example.com/register',
  client_id_metadata_document_supported: true,
  scopes_supported: ['notes:read', 'notes:write'],
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
};

/** Legal, and yet MCP clients will stop at it: no PKCE, no way to get a client identifier. */
const lax = {
  issuer: 'https://auth.example.com',
  authorization_endpoint: 'https://auth.example.com/authorize',
  token_endpoint: 'https://auth.example.com/token',
  jwks_uri: 'https://auth.example.com/jwks',
  response_types_supported: ['code'],
};

const broken = {
  resource: 'http://mcp.example.com/mcp#notes',
  authorization_servers: 'https://auth.example.com',
  scopes_supported: [],
  bearer_methods_supported: ['query'],
};

export const metadataExamples: Readonly<Record<ExampleName, object>> = { good, lax, broken };

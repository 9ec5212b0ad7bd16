import { checkAuthorizationServerForMcp, lintAuthorizationServerMetadata } from '@mcp-auth/schemas';

const document = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://as.example/authorize',
  token_endpoint: 'http://as.example/token',
  jwks_uri: 'https://as.example/jwks',
  response_types_supported: ['code'],
  grant_types_supported: [],
};

const findings = [
  ...lintAuthorizationServerMetadata(document, { expected: 'https://as.example/' }),
  ...checkAuthorizationServerForMcp(document, { revision: '2026-07-28' }),
];
for (const { severity, code, path, requirement, fix } of findings) {
  if (severity === 'error') console.log(`${path.join('.')}: ${code} (${requirement}). ${fix}`);
}
// issuer: identifier-mismatch (RFC8414-3.3-01). Publish exactly the issuer …
// token_endpoint: not-https (OAUTH21-1.5-01). Serve it over https …
// grant_types_supported: empty-array (RFC8414-3.2-01). Leave the member out.
// …

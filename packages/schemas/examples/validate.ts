import {
  authorizationServerMetadataToCamelCase,
  MetadataError,
  parseAuthorizationServerMetadata,
  validateAuthorizationServerMetadata,
} from '@mcp-auth/schemas';

const document: unknown = JSON.parse(`{
  "issuer": "https://as.example",
  "token_endpoint": "https://as.example/token",
  "response_types_supported": ["code"],
  "x_vendor_region": "eu"
}`);

// Either ask for the issues …
for (const { code, path, message } of validateAuthorizationServerMetadata(document)) {
  console.log(code, path.join('.'), message);
}

// … or for the document: the same object back, or a MetadataError that holds the issues.
try {
  const metadata = parseAuthorizationServerMetadata(document);
  console.log(metadata.token_endpoint); // https://as.example/token
  console.log(authorizationServerMetadataToCamelCase(metadata).tokenEndpoint); // https://as.example/token
} catch (error) {
  if (!(error instanceof MetadataError)) throw error;
  console.log(error.document, error.issues);
}

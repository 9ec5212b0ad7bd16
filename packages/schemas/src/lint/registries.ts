/** JOSE signature algorithms, those of the registry and the two forms of EdDSA. */
export const jwsAlgorithms: ReadonlySet<string> = new Set([
  ...['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'ES256K', 'EdDSA', 'Ed25519', 'Ed448'],
  ...['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87', 'none'],
]);

export const isSymmetric = (algorithm: string): boolean => /^HS\d+$/.test(algorithm);

/** RFC 7636 section 6.2. */
export const pkceMethods: ReadonlySet<string> = new Set(['plain', 'S256']);

/** RFC 7591 section 2, RFC 8705 section 2, and the methods registered or drafted since. */
export const clientAuthenticationMethods: ReadonlySet<string> = new Set([
  ...['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
  ...['tls_client_auth', 'self_signed_tls_client_auth', 'attest_jwt_client_auth'],
]);

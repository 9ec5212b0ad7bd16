import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';
import { createRemoteJWKSet, jwtVerify } from 'jose';

/** The verifier that the SDK's users write: jose with a remote key set. */
export function createSdkVerifier({ alg, issuer, jwksUri, resource }) {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const options = { issuer, audience: resource, algorithms: [alg], typ: 'at+jwt', requiredClaims: ['exp'] };
  return {
    async verifyAccessToken(token) {
      let payload;
      try {
        ({ payload } = await jwtVerify(token, keys, options));
      } catch {
        throw new OAuthError(OAuthErrorCode.InvalidToken, 'The access token is not valid');
      }
      const { client_id: clientId = '', scope = '', exp: expiresAt } = payload;
      return { token, clientId, scopes: scope.split(' '), expiresAt, extra: payload };
    },
  };
}

/** Settings of the plugin _OpenID Connect_ that matter to a resource server; the rest are those that its form begins with. */
export function pluginSettings(
  issuer: string,
  resource: string,
  scopes: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    iss: issuer,
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    'access-token-duration': 3600,
    'refresh-token-duration': 1_209_600,
    'code-duration': 600,
    'refresh-token-rolling': true,
    'refresh-token-one-use': 'always',
    // A client that does not ask for `openid` gets tokens too
    'allow-non-oidc': true,
    'auth-type-code-enabled': true,
    'auth-type-client-enabled': true,
    'auth-type-refresh-enabled': true,
    'auth-type-token-enabled': false,
    'auth-type-id-token-enabled': false,
    'auth-type-none-enabled': false,
    'auth-type-password-enabled': false,
    'auth-type-device-enabled': false,
    'jwks-show': true,
    'pkce-allowed': true,
    'pkce-method-plain-allowed': false,
    // RFC 8707: what `resource` may be, by scope, whoever asks
    'resource-allowed': true,
    'resource-scope': Object.fromEntries(scopes.map((scope) => [scope, [resource]])),
    'resource-scope-and-client-property': false,
    'resource-change-allowed': false,
    'introspection-revocation-allowed': true,
    'introspection-revocation-allow-target-client': true,
    'register-client-allowed': true,
    'register-client-auth-scope': [],
    'register-client-credentials-scope': [],
    'register-client-management-allowed': false,
    'client-jwks-parameter': 'jwks',
  };
}

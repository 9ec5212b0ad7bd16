import { readString, readWords } from './claims.js';
import { requireList, requireText, type ProviderConfig } from './config.js';

/** Options of {@link cognito}. */
export interface CognitoOptions {
  /** For example `eu-central-1`. */
  readonly region: string;
  /** For example `eu-central-1_aBcDeFgHi`. */
  readonly userPoolId: string;
  /** App clients that may call this resource. */
  readonly clientIds: readonly string[];
  /** Identifier of the resource server in the user pool; its scopes are `identifier/scope`. */
  readonly resourceServer: string;
}

/**
 * Amazon Cognito user pools, whose access tokens carry no `aud` unless resource binding is configured.
 *
 * Checks in its place: `token_use` is `access`, `client_id` is on the list, and at least one scope belongs to this
 * resource server. An `aud` that is present must name the resource.
 * Weaker than an audience: any app client on the list can obtain such a token for any purpose that includes the scope.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function cognito(options: CognitoOptions): ProviderConfig {
  const { region, userPoolId, clientIds, resourceServer } = options;
  requireText(region, 'cognito.region', 'eu-central-1');
  requireText(userPoolId, 'cognito.userPoolId', 'eu-central-1_aBcDeFgHi');
  requireText(resourceServer, 'cognito.resourceServer', 'https://api.example.com/mcp');
  requireList(clientIds, 'cognito.clientIds');
  const prefix = `${resourceServer}/`;
  return {
    issuer: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
    type: 'oidc',
    policy: {
      name: 'cognito',
      audienceMayBeAbsent: true,
      check: (claims) => {
        if (claims.token_use !== 'access') return 'token_use';
        if (!clientIds.includes(readString(claims, 'client_id') ?? '')) return 'client_id';
        return readWords(claims, 'scope').some((scope) => scope.startsWith(prefix)) ? undefined : 'scope';
      },
      warning: 'tokens without aud are bound to this resource by client_id and a scope prefix only.',
    },
  };
}

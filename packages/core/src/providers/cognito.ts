import { checkOptions, object } from '../config/check-options.js';
import { oneOf } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { names, type ProviderConfig, readString, readWords, textLike } from './config.js';

/** Options of {@link cognito}. */
export interface CognitoOptions {
  /** AWS region of the user pool, for example `eu-central-1`. */
  readonly region: string;
  /** Id of the user pool, for example `eu-central-1_aBcDeFgHi`. */
  readonly userPoolId: string;
  /** App clients that may call this resource. */
  readonly clientIds: readonly string[];
  /** Identifier of the resource server in the user pool; its scopes are `identifier/scope`. */
  readonly resourceServer: string;
  /** Which of its two issuers the pool is set to; `updated` is `issuer-cognito-idp.…`. Default: `original`. */
  readonly issuerType?: 'original' | 'updated' | undefined;
}

const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d+$/;

export const cognitoOptions = object<CognitoOptions>({
  region: textLike('eu-central-1'),
  userPoolId: textLike('eu-central-1_aBcDeFgHi'),
  clientIds: { ...names, required: true },
  resourceServer: textLike('https://api.example.com/mcp'),
  issuerType: oneOf(['original', 'updated']),
});

/**
 * Amazon Cognito user pools, whose access tokens carry no `aud` unless resource binding is in use.
 *
 * Checks in its place: `token_use` is `access`, `client_id` is on the list, and at least one scope belongs to this
 * resource server. An `aud` that is present must name the resource, and the same is checked as well.
 * Weaker than an audience: a token that a listed app client got for another purpose opens this resource too, as soon as
 * it has one of the scopes.
 * Requirements may say `read` for `<resourceServer>/read`; tokens, challenges and metadata have the full name.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { cognito } from '@mcp-auth/core/providers';
 *
 * const server = cognito({
 *   region: 'eu-central-1',
 *   userPoolId: 'eu-central-1_aBcDeFgHi',
 *   clientIds: ['7eexampleclient'],
 *   resourceServer: 'https://api.example.com/mcp',
 * });
 * ```
 */
export function cognito(options: CognitoOptions): ProviderConfig {
  checkOptions(options, cognitoOptions, 'cognito');
  const { region, userPoolId, clientIds, resourceServer, issuerType = 'original' } = options;
  checkPool(region, userPoolId);
  const host = `${issuerType === 'updated' ? 'issuer-' : ''}cognito-idp.${region}.amazonaws.com`;
  return {
    issuer: `https://${host}/${userPoolId}`,
    type: 'oidc',
    policy: {
      name: 'cognito',
      audienceMayBeAbsent: true,
      check: (claims) => {
        if (claims.token_use !== 'access') return 'token_use';
        if (!clientIds.includes(readString(claims, 'client_id') ?? '')) return 'client_id';
        const belongs = readWords(claims, 'scope').some((scope) => ownerOf(scope) === resourceServer);
        return belongs ? undefined : 'scope';
      },
      publishedScope: (scope) =>
        scope.includes('/') || ownScopes.has(scope) ? scope : `${resourceServer}/${scope}`,
      warning: 'tokens without aud are bound to this resource by client_id and a scope prefix only.',
    },
  };
}

/** Scopes that every pool has; all others belong to a resource server. */
const ownScopes: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'phone',
  'aws.cognito.signin.user.admin',
]);

/** The name of a custom scope cannot hold a slash, the identifier before it can: `https://host` does not own `https://host/mcp/read`. */
function ownerOf(scope: string): string {
  return scope.slice(0, Math.max(0, scope.lastIndexOf('/')));
}

function checkPool(region: string, userPoolId: string): void {
  if (!regionName.test(region)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'cognito.region',
      'must be the name of an AWS region, such as "eu-central-1".',
    );
  }
  if (!userPoolId.startsWith(`${region}_`) || !/^[\w-]+_[0-9A-Za-z]+$/.test(userPoolId)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'cognito.userPoolId',
      `must be the id of a user pool in that region, such as "${region}_aBcDeFgHi"; an identity pool issues no access tokens.`,
    );
  }
}

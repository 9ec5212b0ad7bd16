import { checkOptions, object } from '../config/check-options.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { ownAudience, type ProviderConfig, readString, readWords, textLike, toOrigin } from './config.js';

/** Options of {@link okta}. */
export interface OktaOptions {
  /** Domain of the organization, for example `example.okta.com`, or a custom domain. */
  readonly domain: string;
  /** Id of a custom authorization server; `default` is one. */
  readonly authorizationServerId: string;
  /** The one audience configured on that server. Default: the resource identifier. */
  readonly audience?: string | undefined;
}

/** The audience of the server `default` as Okta ships it. */
const sharedAudience = 'api://default';

export const oktaOptions = object<OktaOptions>({
  domain: textLike('example.okta.com'),
  authorizationServerId: textLike('default'),
  audience: ownAudience,
});

/**
 * Okta, custom authorization servers. The organization's own server signs tokens for Okta's APIs, which nobody else may
 * verify, so it is refused here.
 *
 * Checks: `aud` equals the server's fixed audience, the token was issued to a client (`cid`). Scopes are read from the
 * list `scp`.
 * Weaker than resource indicators when several resources share one authorization server: give each resource its own.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { okta } from '@mcp-auth/core/providers';
 *
 * const server = okta({ domain: 'example.okta.com', authorizationServerId: 'aus1example' });
 * ```
 */
export function okta(options: OktaOptions): ProviderConfig {
  checkOptions(options, oktaOptions, 'okta');
  const { authorizationServerId: id, audience } = options;
  const origin = toOrigin(options.domain, 'okta.domain');
  checkServer(origin, id);
  return {
    issuer: `${origin}/oauth2/${id}`,
    type: 'oidc',
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'okta',
      check: (claims) => (readString(claims, 'cid') === undefined ? 'cid' : undefined),
      scopes: (claims) => readWords(claims, 'scp'),
      clientId: (claims) => readString(claims, 'cid'),
      ...(audience === sharedAudience
        ? {
            warning: `every token of the server "default" names the audience "${sharedAudience}", no matter which API it was issued for.`,
          }
        : undefined),
    },
  };
}

function checkServer(origin: string, id: string): void {
  if (/-admin\.okta(?:preview|-emea)?\.com$/.test(origin)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'okta.domain',
      'is the address of the admin console, which never issues tokens. Leave "-admin" out.',
    );
  }
  if (/^[A-Za-z0-9_-]+$/.test(id)) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    'okta.authorizationServerId',
    'must be the id of a custom authorization server, such as "default". Tokens of the organization server are for Okta alone.',
  );
}

import { MCPAuthConfigError } from '../errors/config-error.js';
import { readString, readWords } from './claims.js';
import { requireText, toOrigin, type ProviderConfig } from './config.js';

/** Options of {@link okta}. */
export interface OktaOptions {
  /** For example `example.okta.com`. */
  readonly domain: string;
  /** Id of a custom authorization server; `default` is one. */
  readonly authorizationServerId: string;
  /** The one audience configured on that server, where it is not the resource identifier. */
  readonly audience?: string | undefined;
}

/**
 * Okta, custom authorization servers. The organization's own server signs tokens for Okta's APIs, which nobody else may
 * verify, so it is refused here.
 *
 * Checks: `aud` equals the server's fixed audience, scopes from the list `scp`, client from `cid`.
 * Weaker than resource indicators when several resources share one authorization server: give each resource its own.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function okta(options: OktaOptions): ProviderConfig {
  const { authorizationServerId: id, audience } = options;
  requireText(id, 'okta.authorizationServerId', 'default');
  if (!/^[A-Za-z0-9]+$/.test(id)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'okta.authorizationServerId',
      'must be the id of a custom authorization server, such as "default".',
    );
  }
  return {
    issuer: `${toOrigin(options.domain, 'okta.domain')}/oauth2/${id}`,
    type: 'oidc',
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'okta',
      check: (claims) => (readString(claims, 'cid') === undefined ? 'cid' : undefined),
      scopes: (claims) => readWords(claims, 'scp'),
      clientId: (claims) => readString(claims, 'cid'),
    },
  };
}

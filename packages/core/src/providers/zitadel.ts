import { checkOptions, object } from '../config/check-options.js';
import { flag } from '../config/kinds.js';
import type { Claims } from '../token/token-policy.js';
import { type ProviderConfig, readString, readWords, textLike, toOrigin } from './config.js';

/** Options of {@link zitadel}. */
export interface ZitadelOptions {
  /** Domain of the instance, for example `example.zitadel.cloud`. */
  readonly domain: string;
  /** Id of the project that stands for this resource. */
  readonly projectId: string;
  /** Whether the roles of the user in that project grant scopes. Default: false. */
  readonly rolesAsScopes?: boolean | undefined;
}

export const zitadelOptions = object<ZitadelOptions>({
  domain: textLike('example.zitadel.cloud'),
  projectId: textLike('219145158692000001'),
  rolesAsScopes: flag,
});

/**
 * ZITADEL, for applications whose access tokens are JWTs; others, those of clients that registered themselves among them, get opaque
 * tokens, which need introspection.
 *
 * Checks: `aud` names the project, which clients ask for with the scope `urn:zitadel:iam:org:project:id:<projectId>:aud`, and the token
 * has an id (`jti`): ID tokens of the project's own applications have the same audiences and no id.
 * Weaker than an audience: the project's own applications have it in their tokens without asking.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { zitadel } from '@mcp-auth/core/providers';
 *
 * const server = zitadel({ domain: 'example.zitadel.cloud', projectId: '219145158692000001' });
 * ```
 */
export function zitadel(options: ZitadelOptions): ProviderConfig {
  checkOptions(options, zitadelOptions, 'zitadel');
  const { projectId, rolesAsScopes = false } = options;
  const roleClaim = `urn:zitadel:iam:org:project:${projectId}:roles`;
  return {
    issuer: toOrigin(options.domain, 'zitadel.domain'),
    type: 'oidc',
    audiences: [projectId],
    policy: {
      name: 'zitadel',
      check: (claims) => (readString(claims, 'jti') === undefined ? 'jti' : undefined),
      scopes: (claims) => [
        ...readWords(claims, 'scope'),
        ...(rolesAsScopes ? readRoles(claims, roleClaim) : []),
      ],
    },
  };
}

/** Roles by name, each with the organizations that grant it. */
function readRoles(claims: Claims, name: string): readonly string[] {
  const roles = claims[name];
  return typeof roles === 'object' && roles !== null && !Array.isArray(roles) ? Object.keys(roles) : [];
}

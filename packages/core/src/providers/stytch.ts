import { checkOptions, object } from '../config/check-options.js';
import { names, ownAudience, type ProviderConfig, readString, textLike, toOrigin } from './config.js';

/** Options of {@link stytch}. */
export interface StytchOptions {
  /** Domain of the project: a custom one, or `….customers.stytch.com`. Tokens carry it as their issuer. */
  readonly domain: string;
  /** Id of the project, for example `project-live-16d9ba61-97a1-4ba4-9720-b03761dc50c6`. */
  readonly projectId: string;
  /** Connected Apps that may call this resource. Default: any Connected App of the project. */
  readonly clientIds?: readonly string[] | undefined;
  /** What tokens for this resource carry as `aud`, where it is not the project. Default: `projectId`. */
  readonly audience?: string | undefined;
}

export const stytchOptions = object<StytchOptions>({
  domain: textLike('login.example.com'),
  projectId: textLike('project-live-16d9ba61-97a1-4ba4-9720-b03761dc50c6'),
  clientIds: names,
  audience: ownAudience,
});

/** Only session tokens carry it. */
const sessionClaim = 'https://stytch.com/session';

/**
 * Stytch Connected Apps, whose access tokens name the project as their audience, no matter which resource was asked for.
 *
 * Checks: `aud`, the token was issued to a Connected App (`client_id`), one on the list where there is a list, and it is not a session
 * token of your application, whose `aud` is the project too. ID tokens name the client as their audience.
 * Weaker than an audience: a token for any other resource of the project opens this one as well.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`, `invalid_audience`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { stytch } from '@mcp-auth/core/providers';
 *
 * const server = stytch({
 *   domain: 'login.example.com',
 *   projectId: 'project-live-16d9ba61-97a1-4ba4-9720-b03761dc50c6',
 * });
 * ```
 */
export function stytch(options: StytchOptions): ProviderConfig {
  checkOptions(options, stytchOptions, 'stytch');
  const { projectId, clientIds, audience = projectId } = options;
  return {
    issuer: toOrigin(options.domain, 'stytch.domain'),
    audiences: [audience],
    policy: {
      name: 'stytch',
      check: (claims) => {
        if (Object.hasOwn(claims, sessionClaim)) return sessionClaim;
        const client = readString(claims, 'client_id');
        return client === undefined || clientIds?.includes(client) === false ? 'client_id' : undefined;
      },
      ...(audience === projectId
        ? {
            warning:
              'tokens name the project as their audience, no matter which resource they were issued for.',
          }
        : undefined),
    },
  };
}

import { checkOptions, object } from '../config/check-options.js';
import { flag } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { Claims } from '../token/token-policy.js';
import {
  names,
  ownAudience,
  type ProviderConfig,
  readString,
  refuseSharedAudience,
  textLike,
  toOrigin,
} from './config.js';

/** Options of {@link supabase}. */
export interface SupabaseOptions {
  /** Domain of the project, for example `abcdefghijklmnop.supabase.co`, or a custom domain. */
  readonly projectDomain: string;
  /** OAuth clients that may call this resource. Required unless `audience` is set. Default: any OAuth client. */
  readonly clientIds?: readonly string[] | undefined;
  /**
   * The audience that a custom access token hook writes for this resource. With it the audience is checked like any
   * other. Without it every token of the project says `authenticated`, and only `clientIds` tells them apart. Default: none.
   */
  readonly audience?: string | undefined;
  /** Whether users who signed in anonymously may call this resource. Default: false. */
  readonly anonymousUsers?: boolean | undefined;
}

export const supabaseOptions = object<SupabaseOptions>({
  projectDomain: textLike('abcdefghijklmnop.supabase.co'),
  clientIds: names,
  audience: ownAudience,
  anonymousUsers: flag,
});

/**
 * Supabase Auth, whose tokens say `aud: "authenticated"` no matter which resource was asked for.
 *
 * Checks instead of a real audience: `aud` is `authenticated` and `client_id` is on the list, so that the session token
 * of the project's own web application does not open this resource. Tokens of anonymous users and tokens with the roles
 * `anon` and `service_role` are refused.
 * Weaker than an audience: a listed client's token for another resource of the project is accepted here too.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`, `invalid_audience`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { supabase } from '@mcp-auth/core/providers';
 *
 * const server = supabase({
 *   projectDomain: 'abcdefghijklmnop.supabase.co',
 *   clientIds: ['a-client'],
 * });
 * ```
 */
export function supabase(options: SupabaseOptions): ProviderConfig {
  checkOptions(options, supabaseOptions, 'supabase');
  const { clientIds, audience, anonymousUsers = false } = options;
  checkBinding(clientIds, audience);
  return {
    issuer: `${toOrigin(options.projectDomain, 'supabase.projectDomain')}/auth/v1`,
    type: 'oidc',
    audiences: [audience ?? 'authenticated'],
    policy: {
      name: 'supabase',
      check: (claims) => {
        const client = readString(claims, 'client_id');
        if (client === undefined || clientIds?.includes(client) === false) return 'client_id';
        if (!anonymousUsers && isAnonymous(claims)) return 'is_anonymous';
        return privateRoles.has(claims.role) ? 'role' : undefined;
      },
      ...(audience === undefined
        ? { warning: 'tokens name the audience "authenticated"; only client_id binds them to this resource.' }
        : undefined),
    },
  };
}

/** Roles of the API keys of a project; no user ever has them. */
const privateRoles: ReadonlySet<unknown> = new Set(['anon', 'service_role']);

/** Anything but a clear no is taken for a yes. */
function isAnonymous({ is_anonymous: value }: Claims): boolean {
  return value !== undefined && value !== false;
}

function checkBinding(clientIds: unknown, audience: string | undefined): void {
  refuseSharedAudience(
    audience,
    (value) => value === 'authenticated' || value === 'anon',
    'supabase.audience',
    'every token of the project carries it. Leave it out and list clientIds, or let a custom access token hook write the resource identifier.',
  );
  if (clientIds === undefined && audience === undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'supabase.clientIds',
      'is required, because nothing else binds a token to this resource. Or let a custom access token hook write an audience and name it in supabase.audience.',
    );
  }
}

import { readString } from './claims.js';
import { requireList, toOrigin, type ProviderConfig } from './config.js';

/** Options of {@link supabase}. */
export interface SupabaseOptions {
  /** For example `abcdefghijklmnop.supabase.co`, or a custom domain. */
  readonly projectDomain: string;
  /** OAuth clients that may call this resource. */
  readonly clientIds: readonly string[];
  /**
   * The audience that a custom access token hook writes for this resource. With it the audience is checked like any
   * other. Without it every token of the project says `authenticated`, and only `clientIds` tells them apart.
   */
  readonly audience?: string | undefined;
}

/**
 * Supabase Auth, whose tokens say `aud: "authenticated"` whatever resource was asked for.
 *
 * Checks in place of a real audience: `aud` is `authenticated` and `client_id` is on the list, so that the session token
 * of the project's own web application does not open this resource.
 * Weaker than an audience: a listed client's token for another resource of the project is accepted here too.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function supabase(options: SupabaseOptions): ProviderConfig {
  const { clientIds, audience } = options;
  requireList(clientIds, 'supabase.clientIds');
  const origin = toOrigin(options.projectDomain, 'supabase.projectDomain');
  return {
    issuer: `${origin}/auth/v1`,
    type: 'oidc',
    audiences: [audience ?? 'authenticated'],
    policy: {
      name: 'supabase',
      check: (claims) =>
        clientIds.includes(readString(claims, 'client_id') ?? '') ? undefined : 'client_id',
      ...(audience === undefined
        ? { warning: 'tokens name the audience "authenticated"; only client_id binds them to this resource.' }
        : undefined),
    },
  };
}

import { checkOptions, object } from '../config/check-options.js';
import { text } from '../config/kinds.js';
import {
  hasOnlySharedAudiences,
  ownAudience,
  type ProviderConfig,
  readString,
  readWords,
  refuseSharedAudience,
  textLike,
  toOrigin,
} from './config.js';

/** Options of {@link adfs}. */
export interface AdfsOptions {
  /** Host name of the federation service, for example `fs.example.com`. */
  readonly host: string;
  /** Identifier of the Web API in AD FS, as tokens carry it. Default: the resource identifier. */
  readonly audience?: string | undefined;
  /**
   * Identifier of the federation service, which access tokens carry as `iss`; the metadata calls it `access_token_issuer`. Default:
   * `http://<host>/adfs/services/trust`.
   */
  readonly accessTokenIssuer?: string | undefined;
}

export const adfsOptions = object<AdfsOptions>({
  host: textLike('fs.example.com'),
  audience: ownAudience,
  accessTokenIssuer: text,
});

/** What tokens are for when a client named no resource: the same for every client. */
const sharedAudiences: ReadonlySet<string> = new Set(['urn:microsoft:userinfo']);

/**
 * Active Directory Federation Services, 2016 and later, whose access tokens name another issuer than its metadata does.
 *
 * Checks: `iss` is the identifier of the federation service, so ID tokens, which carry the issuer of the metadata, are refused; `aud`
 * the Web API, and not the user info endpoint alone; a client in `appid`. Scopes are read from `scp`.
 * What the metadata states as `access_token_issuer` is never believed: where it is another one than configured, a warning names it.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`, `invalid_audience`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { adfs } from '@mcp-auth/core/providers';
 *
 * const server = adfs({ host: 'fs.example.com', audience: 'https://api.example.com/mcp' });
 * ```
 */
export function adfs(options: AdfsOptions): ProviderConfig {
  checkOptions(options, adfsOptions, 'adfs');
  const { audience } = options;
  const origin = toOrigin(options.host, 'adfs.host');
  const { accessTokenIssuer = `http://${new URL(origin).host}/adfs/services/trust` } = options;
  refuseSharedAudience(
    audience,
    (value) => sharedAudiences.has(value),
    'adfs.audience',
    'tokens of every client carry it. Use the identifier of the Web API.',
  );
  return {
    issuer: `${origin}/adfs`,
    type: 'oidc',
    tokenIssuers: [accessTokenIssuer],
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'adfs',
      check: (claims) => {
        if (hasOnlySharedAudiences(claims, (value) => sharedAudiences.has(value))) return 'aud';
        return readString(claims, 'appid') === undefined ? 'appid' : undefined;
      },
      scopes: (claims) => readWords(claims, 'scp'),
      clientId: (claims) => readString(claims, 'appid'),
    },
  };
}

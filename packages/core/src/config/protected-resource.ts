import type { CamelCaseProtectedResourceMetadata } from '@mcp-auth/schemas';
import type { CorsOptions } from '../cors/cors-policy.js';
import type { ScopeHierarchy } from '../scopes/scopes.js';
import { isPlain } from '../errors/plain-object.js';
import { parseUrl } from '../net/secure-url.js';
import { authServerConfig, type AuthServerConfig } from './authorization-server.js';
import { checkOptions, either, list, object, table } from './check-options.js';
import { checkJson, flag, forString, kind, number, oneOf, synchronous, text } from './kinds.js';
import { checkResourceMembers } from './metadata-members.js';
import { type MutualTlsOptions, mutualTlsOptions } from './mutual-tls.js';
import { scopeList } from './operation-policy.js';
import { type DpopOptions, dpopOptions } from './proofs.js';

/**
 * Metadata of a protected resource, in camelCase: all members of RFC 9728 §2.
 *
 * `authorizationServers` takes configurations instead of issuer strings; the published document names their issuers.
 */
export type ProtectedResourceMetadataConfig = Omit<
  CamelCaseProtectedResourceMetadata,
  'resource' | 'authorizationServers'
> & {
  /**
   * Resource identifier: the URL that clients use for the MCP endpoint, character by character. Published as written,
   * and by default the only audience that tokens may have.
   */
  readonly resource: string;
  /**
   * The authorization servers that may issue tokens for this resource: each as its issuer, or with options. At least one; no other
   * issuer is trusted.
   */
  readonly authorizationServers: readonly AuthServerEntry[];
};

/** An authorization server of a resource. A string is its issuer, and stands for `{ issuer }`. */
export type AuthServerEntry = string | AuthServerConfig;

/** The same in one form. */
export function toServerConfig(entry: AuthServerEntry): AuthServerConfig {
  return typeof entry === 'string' ? { issuer: entry } : entry;
}

/** A protected resource: one MCP endpoint, or several that share an identifier. */
export interface ProtectedResourceConfig {
  /** What is published about the resource (RFC 9728 §2), in camelCase, and the authorization servers that it trusts. */
  readonly metadata: ProtectedResourceMetadataConfig;
  /**
   * The URL at which clients get the document, for gateways that own the root of the host: every challenge names it as
   * `resource_metadata` (RFC 9728 §5.1), and the metadata router answers there too. Default: it follows from `resource` (RFC 9728 §3.1).
   *
   * Clients that do not read the challenge still look at the default place.
   */
  readonly metadataUrl?: string | undefined;
  /**
   * Allows a resource with plain http on hosts other than loopback. Default: false. For private networks only: everybody on the way
   * can read tokens, and use them.
   */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Which scopes contain others, for every route of this resource. Default: none, scopes are compared as they are. */
  readonly scopeHierarchy?: ScopeHierarchy | undefined;
  /**
   * Lets browser pages call the resource: preflights are answered without a token, and every answer names the origins.
   * Default: off; a CORS middleware in front does as well.
   */
  readonly cors?: CorsOptions | undefined;
  /**
   * The header in which a gateway in front hands the token on, and nothing but the token, such as `Cf-Access-Jwt-Assertion`: it is read
   * instead of `Authorization`, and verified like every token. Default: none, tokens are in `Authorization`.
   *
   * A request with an `Authorization` header alone is denied with 401, one with both with 400 (RFC 6750 §2). The published
   * `bearer_methods_supported` is left out unless you write it: how clients send tokens is up to the gateway.
   */
  readonly tokenHeader?: TokenHeader | undefined;
  /**
   * Takes tokens that are bound to a key of the client (DPoP, RFC 9449), and says so in the metadata. Default: none, bound tokens are denied.
   */
  readonly dpop?: DpopOptions | undefined;
  /**
   * Takes tokens that are bound to a certificate of the client (mutual TLS, RFC 8705 §3), and says so in the metadata. Default: none, bound
   * tokens are denied.
   */
  readonly mutualTls?: MutualTlsOptions | undefined;
}

/** The name of a header with a hyphen in it, in any case; so `Authorization`, which needs no option, does not compile. */
export type TokenHeader = `${string}-${string}`;

/** The authorization servers of a resource. */
export const authServerEntries = list<AuthServerEntry>(
  either(
    kind<string>('an issuer', (value) => typeof value === 'string'),
    authServerConfig,
    {
      code: 'invalid_option',
      hint: (value) => (value === undefined ? 'set the environment variable that it comes from' : undefined),
    },
  ),
  { code: 'missing_authorization_servers' },
);

const metadata = kind<ProtectedResourceMetadataConfig>(
  'the metadata of the resource, an object with members in camelCase',
  isPlain,
  {
    required: true,
    inside: (value, path) => {
      checkResourceMembers(value as object, path);
      const { authorizationServers, ...members } = value as Partial<ProtectedResourceMetadataConfig>;
      checkJson(members, path, 'invalid_metadata');
      if (authorizationServers !== undefined) {
        checkOptions(authorizationServers, authServerEntries, `${path}.authorizationServers`);
      }
    },
  },
);

/** Which scopes contain others. */
export const scopeHierarchy = object<ScopeHierarchy>({
  scopes: table(scopeList),
  separator: text,
  satisfies: synchronous(),
});

const origin = kind<string>('an origin such as "https://app.example.com": no path, no pattern', isOrigin, {
  shown: true,
});

/** RFC 9110 §5.1: a header name is a token. */
const headerName = kind<string>(
  'the name of a header, such as "X-Request-Id"',
  (value) => typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value),
  { shown: true },
);

/** Headers with another meaning, in which no gateway hands a token on. */
const otherwiseUsed =
  /^(?:proxy-auth.*|www-authenticate|set-cookie|content-.*|accept-.*|access-control-.*|mcp-.*|sec-.*|if-.*|transfer-encoding|user-agent|last-event-id|x-forwarded-.*)$/i;

const tokenHeader = kind<TokenHeader>(
  'the name of a header with a hyphen in it, such as "Cf-Access-Jwt-Assertion", that has no other meaning',
  (value) =>
    typeof value === 'string' &&
    /^[\w!#$%&'*+.^`|~]+(?:-[\w!#$%&'*+.^`|~]+)+$/.test(value) &&
    !otherwiseUsed.test(value),
  {
    shown: true,
    hint: (value) =>
      typeof value === 'string' && value.toLowerCase() === 'authorization'
        ? 'tokens are read from there without the option; leave it out'
        : undefined,
  },
);

export const corsOptions = object<CorsOptions>({
  origins: {
    ...either(oneOf<'*'>(['*']), list(origin, { nonEmpty: true }), { hint: forString('put it in a list') }),
    required: true,
  },
  allowedHeaders: list(headerName),
  maxAgeSeconds: number({ unit: 'seconds', min: 0, whole: true, default: 7200 }),
});

export const protectedResourceConfig = object<ProtectedResourceConfig>(
  {
    metadata,
    // Checked with the resource, which says more
    metadataUrl: kind<string>('the URL at which clients get the document', () => true),
    allowInsecureHttp: flag,
    scopeHierarchy,
    cors: corsOptions,
    tokenHeader,
    dpop: dpopOptions,
    mutualTls: mutualTlsOptions,
  },
  {
    renamed: { implies: 'scopeHierarchy', mtls: 'mutualTls' },
    elsewhere: { resourceMetadataUrl: 'Write metadataUrl.' },
  },
);

function isOrigin(value: unknown): boolean {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  return url !== undefined && url.origin === value && !url.hostname.includes('*');
}

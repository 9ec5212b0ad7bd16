import type { EndingAudience } from '../token/audience.js';
import type { AuthorizationServerMetadata, CamelCaseAuthorizationServerMetadata } from '@mcp-auth/schemas';
import { introspection, type IntrospectionConfig } from './introspection.js';
import type { InlineKeys } from '../keys/inline-keys.js';
import type { ScopeMapping } from '../scopes/scopes.js';
import type { TokenPolicy } from '../token/token-policy.js';
import { audiences } from './audience-option.js';
import { type Described, either, list, object } from './check-options.js';
import { isPlain } from '../errors/plain-object.js';
import { callable, checkJson, flag, kind, oneOf, string, synchronous, text } from './kinds.js';
import { headers } from './headers.js';
import { parseUrl } from '../net/secure-url.js';
import { checkServerMembers } from './metadata-members.js';

/** How an authorization server publishes its metadata: RFC 8414 or OpenID Connect Discovery. */
export type AuthServerType = 'oauth' | 'oidc';

/** Metadata in camelCase. Only `issuer` is needed to begin with; a resource server reads few of the other members. */
export type AuthServerMetadata = Partial<CamelCaseAuthorizationServerMetadata> & { readonly issuer: string };

/**
 * Rewrites a provider's document, in wire spelling, before it is validated. May be asynchronous.
 *
 * For providers whose documents break a rule but whose tokens are sound. What it returns is judged instead of the
 * original, the identity of the issuer included.
 */
export type TranspileData = (
  data: Record<string, unknown>,
) => Partial<AuthorizationServerMetadata> | Record<string, unknown> | Promise<Record<string, unknown>>;

/** What may be said about an authorization server in addition to its metadata. */
export interface AuthServerOptions {
  /**
   * Issuers that tokens of this server may carry as `iss`. Default: the issuer itself.
   *
   * For providers that publish one identifier and sign as another. Each is compared byte for byte.
   */
  readonly tokenIssuers?: readonly string[] | undefined;
  /**
   * Audiences that tokens of this server may carry for this resource. Default: the resource identifier.
   *
   * For providers that cannot issue tokens with the resource identifier as `aud`. Every entry widens what is accepted:
   * name only values that stand for this resource. An entry `{ value, until }` is accepted in addition, until the end of that day: without
   * other entries, the resource identifier stays.
   */
  readonly audiences?: readonly (string | EndingAudience)[] | undefined;
  /**
   * Verification keys given here instead of fetched from `jwks_uri`. Default: none, they are fetched.
   *
   * For servers that are their own trust anchor and for closed networks. Public keys only.
   */
  readonly jwks?: InlineKeys | undefined;
  /**
   * How opaque tokens of this server are checked: by asking it (RFC 7662). Needed by the modes `introspection` and `auto`.
   * Default: none, and no token is ever sent to it.
   */
  readonly introspection?: IntrospectionConfig | undefined;
  /**
   * Accepts tokens for any audience from this server. Default: false.
   *
   * Any token the server ever issued, for any application, then opens this resource: MCP Authorization forbids it.
   */
  readonly dangerouslyAcceptAnyAudience?: boolean | undefined;
  /** Rules for the tokens of this provider; `@mcp-auth/core/providers` has ready ones. Default: none. */
  readonly policy?: TokenPolicy | undefined;
  /**
   * Which claims grant scopes: claim names whose values are united (`['scope', 'realm_access.roles']`), or a function.
   * Default: `scope`, else `scp`, else `scopes`. Wins over the policy's own reading.
   */
  readonly scopeClaims?: ScopeMapping | undefined;
  /** Allows plain http for this server on hosts other than loopback. Default: false. For test networks only. */
  readonly allowInsecureHttp?: boolean | undefined;
  /**
   * Origin at which this process reaches the server, where that is another than the one of its issuer, as between containers:
   * `http://keycloak:8080`. Default: the origin of the issuer.
   *
   * For metadata and keys at the origin of the issuer; paths stay as they are, and what the server names at another origin is asked
   * for there. The document must still state the issuer, and tokens too. Whoever answers at this address decides which keys verify
   * tokens: plain http needs `allowInsecureHttp` as well, and then everybody on the way can put keys in.
   */
  readonly internalOrigin?: string | undefined;
  /**
   * Further request headers for the metadata and the keys of this server, for gateways that demand them. Default: none.
   *
   * Sent to the origin of the issuer and to `internalOrigin`, never to another one that the metadata names. The document that comes
   * back may be published to clients: headers must not unlock one that is secret.
   */
  readonly requestHeaders?: Readonly<Record<string, string>> | undefined;
}

/** An authorization server with its metadata ready: fetched before, or written by hand. */
export interface ResolvedAuthServerConfig extends AuthServerOptions {
  readonly type?: AuthServerType | undefined;
  /**
   * The metadata of the server, in camelCase: fetched before, or written by hand. Instead of `issuer`. Default: fetched on
   * first use.
   */
  readonly metadata: AuthServerMetadata;
  readonly issuer?: never;
  readonly wellKnownUrl?: never;
  readonly transpileData?: never;
  readonly publish?: false | undefined;
}

/**
 * An authorization server that is nothing but metadata and keys, and that this process publishes itself: the local trust
 * anchor of development and of closed deployments.
 *
 * Its issuer must be at the origin of a resource that trusts it: clients look for the documents there.
 */
export interface LocalAuthServerConfig extends AuthServerOptions {
  readonly type?: AuthServerType | undefined;
  /**
   * `jwksUri` is filled in, and `responseTypesSupported` with `code` where it is left out. `authorizationEndpoint` and
   * `tokenEndpoint` are published where they are given; without them clients can log in nowhere, and need a token by other means.
   */
  readonly metadata: AuthServerMetadata;
  readonly jwks: InlineKeys;
  /**
   * Publishes `metadata` at `/.well-known/oauth-authorization-server` and `jwks` at `/.well-known/jwks.json`, next to the
   * metadata of the resources. Default: false.
   *
   * The path of an issuer that has one follows (RFC 8414 §3.1).
   */
  readonly publish: true;
  readonly issuer?: never;
  readonly wellKnownUrl?: never;
  readonly transpileData?: never;
}

/** An authorization server named by its issuer; its metadata is fetched on first use, once, and kept fresh. */
export interface DiscoveryAuthServerConfig extends AuthServerOptions {
  /** Issuer identifier, exactly as the server states it. Default: none, `metadata` states it. */
  readonly issuer: string;
  /** How the metadata is published. Default: the three well-known locations of MCP are tried in order. */
  readonly type?: AuthServerType | undefined;
  /**
   * The exact address of the metadata, for servers that publish it where their issuer does not lead: Entra External ID, Azure AD B2C.
   * The document must state `issuer` all the same, byte for byte (RFC 8414 §3.3). Default: it follows from the issuer.
   */
  readonly wellKnownUrl?: string | undefined;
  /** Rewrites the fetched document, in wire spelling, before it is validated; may be asynchronous. Default: none. */
  readonly transpileData?: TranspileData | undefined;
  readonly metadata?: never;
  readonly publish?: false | undefined;
}

/** An authorization server that may issue tokens for a resource. */
export type AuthServerConfig = ResolvedAuthServerConfig | DiscoveryAuthServerConfig | LocalAuthServerConfig;

const claimNames = list(text);

/** Not necessarily a URL, and compared byte for byte; but never a template, and never with spaces. */
const tokenIssuer = kind<string>(
  'the issuer as tokens carry it: not empty, without spaces and placeholders',
  (value) => typeof value === 'string' && /^[^\s{}<>]+$/.test(value),
  { code: 'invalid_issuer', shown: true },
);

/** An address of scheme, host and port. Not shown where it is wrong: a password may be in it. */
export const origin = kind<string>(
  'an http or https URL of scheme, host and port alone, for example "https://auth.internal:8443"',
  (value) => typeof value === 'string' && value === parseUrl(value)?.origin,
  {
    hint: (value) => {
      const meant = typeof value === 'string' ? parseUrl(value)?.origin : undefined;
      return meant === undefined ? undefined : `write ${JSON.stringify(meant)}`;
    },
  },
);

/** How the metadata is published. */
export const authServerType = oneOf<AuthServerType>(['oauth', 'oidc']);

export const tokenPolicy = object<TokenPolicy>({
  name: { ...text, required: true },
  check: synchronous(),
  scopes: synchronous(),
  publishedScope: synchronous(),
  clientId: synchronous(),
  warning: string,
  audienceMayBeAbsent: flag,
  nonceMayBePresent: flag,
});

/** What tells a resource about the tokens of a server; the same where a token is explained. */
export const tokenRules = {
  tokenIssuers: list(tokenIssuer, { code: 'invalid_issuer', nonEmpty: true }),
  audiences,
  policy: tokenPolicy,
  scopeClaims: either<readonly string[], Extract<ScopeMapping, (...args: never) => unknown>>(
    claimNames,
    synchronous(),
  ),
} satisfies Partial<Described<AuthServerConfig>>;

export const authServerConfig = object<AuthServerConfig>(
  {
    // Checked with more to say about it
    issuer: kind<string>('the issuer identifier', () => true),
    type: authServerType,
    metadata: kind<AuthServerMetadata>(
      'the metadata of the server, an object with members in camelCase',
      isPlain,
      {
        inside: (value, path) => {
          checkServerMembers(value as object, path);
          checkJson(value, path, 'invalid_metadata');
        },
      },
    ),
    // Checked with the issuer
    wellKnownUrl: kind<string>('the address of the metadata', () => true),
    ...tokenRules,
    jwks: kind<InlineKeys>(
      'a JWK Set, or a list of JWKs and PEM public keys',
      (value) => typeof value === 'object' && value !== null,
      { code: 'invalid_keys', inside: (value, path) => checkJson(value, path, 'invalid_keys') },
    ),
    introspection,
    dangerouslyAcceptAnyAudience: flag,
    allowInsecureHttp: flag,
    internalOrigin: origin,
    requestHeaders: headers,
    transpileData: callable<TranspileData>(),
    publish: flag,
  },
  {
    renamed: { scopes: 'scopeClaims' },
    elsewhere: {
      jwksUri: 'It belongs in metadata: { issuer, jwksUri }.',
      authorizationEndpoint: 'It belongs in metadata: { issuer, authorizationEndpoint, … }.',
      tokenEndpoint: 'It belongs in metadata: { issuer, tokenEndpoint, … }.',
      introspectionEndpoint: 'Write introspection: { endpoint, clientAuthentication }.',
      requiredScopes: 'It is an option of a route: bearerAuth(mode, { requiredScopes }).',
    },
  },
);

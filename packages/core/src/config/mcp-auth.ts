import type { EventListener } from '../events/events.js';
import { type EventLogger, isEventLogger, type LogOption, type LogSettings } from '../events/log-sink.js';
import type { FetchFunction } from '../net/fetch-json.js';
import { type Described, either, list, object, withDefaults } from './check-options.js';
import { callable, flag, kind, number, oneOf, synchronous } from './kinds.js';
import { type MutualTlsOptions, mutualTlsOptions } from './mutual-tls.js';
import { type DpopOptions, dpopOptions, type ProofOptions, proofOptions } from './proofs.js';
import { limitOptions, type LimitOptions } from './limits.js';
import {
  type AuthServerEntry,
  authServerEntries,
  protectedResourceConfig,
  type ProtectedResourceConfig,
} from './protected-resource.js';
import type { TokenCacheLimits } from '../cache/token-cache.js';
import { type StoreOptions, storeOptions } from './stores.js';

/** Bounds of the cache of verified tokens. */
export interface TokenCacheOptions {
  /**
   * Seconds after which a token is verified in full again, no matter its `exp`. Default: 300.
   *
   * A withdrawn key and the times of the token are looked at on every request, so a longer time adds no risk there; it is how
   * long what a scope mapping or a `clientId` of a policy has read stays in use.
   */
  readonly maxAgeSeconds?: number | undefined;
  /** Most tokens kept at the same time, those of all routes together; so many are kept. At least 2. Default: 10000. */
  readonly maxEntries?: number | undefined;
  /**
   * Most memory for them in bytes, estimated from the tokens and their claims. Default: 33554432 (32 MiB).
   */
  readonly maxBytes?: number | undefined;
}

const note = 'cache: false switches the cache off';

export const tokenCacheOptions = {
  maxAgeSeconds: number({ unit: 'seconds', min: 0.001, default: 300, note }),
  maxEntries: number({ min: 2, whole: true, default: 10_000, note }),
  maxBytes: number({ unit: 'bytes', min: 65_536, whole: true, default: 32 * 1024 * 1024, note }),
} satisfies Described<TokenCacheOptions>;

/** The limits that checked options stand for; none where the cache is switched off. */
export function resolveTokenCache(
  option: false | TokenCacheOptions | undefined,
): TokenCacheLimits | undefined {
  if (option === false) return undefined;
  const { maxAgeSeconds, maxEntries, maxBytes } = withDefaults(option, tokenCacheOptions);
  return { maxAgeMs: maxAgeSeconds * 1000, maxEntries, maxBytes };
}

/** Bounds of what is remembered of revoked tokens. */
export interface RevocationOptions {
  /**
   * Most revocations in force at a time; one more is an error (`too_many_revocations`), and nothing is forgotten for it. Default: 10000.
   */
  readonly maxEntries?: number | undefined;
  /**
   * Seconds that the access tokens of your authorization servers live at most: after that a revocation is not needed any more, and may
   * make room. Where a token that lives longer was seen, its lifetime counts. Default: 86400 (one day).
   */
  readonly longestLifetimeSeconds?: number | undefined;
}

export const revocationOptions = {
  maxEntries: number({ min: 1, max: 1_000_000, whole: true, default: 10_000 }),
  longestLifetimeSeconds: number({ unit: 'seconds', min: 60, default: 86_400 }),
} satisfies Described<RevocationOptions>;

/** What may be configured in every mode. */
export interface MCPAuthOptions {
  /**
   * Receives what happens: each decision about a request, allowed and denied alike, errors of authorization servers, rules that went
   * wrong, warnings. Default: none, see `log`.
   */
  readonly onEvent?: EventListener | undefined;
  /**
   * Lines for whoever looks at the console: warnings, errors, and denied requests at most once for each code and route in a minute; in
   * production (`NODE_ENV`, read at construction) denied requests as one sum in a minute. `'all'`: with those that every login begins
   * with as well (`missing_credentials`, `token_expired`, `insufficient_scope`, `use_dpop_nonce`). A logger with `warn(event, line)` and
   * `error(event, line)`, such as pino, gets the same lines. An object takes any of it together: {@link LogSettings}. `false`: none. Default: `true` without `onEvent`, else `false`.
   */
  readonly log?: LogOption | undefined;
  /**
   * Keeps what JWT verification has found about good tokens, so that a token that comes again costs next to nothing. Its times
   * and the key that signed it are looked at every time, and so is what a route asks for. `false` verifies every token in full
   * every time. Default: on, with the bounds of {@link TokenCacheOptions}.
   */
  readonly cache?: false | TokenCacheOptions | undefined;
  /**
   * Replaces the global `fetch` for metadata, key sets and introspection, for proxies and platforms that block self-fetches.
   * Default: the platform's.
   */
  readonly fetch?: FetchFunction | undefined;
  /**
   * Most memory, in bytes, for request bodies that are being read at a time to judge their operations, those of all routes
   * together; callers without a token may have a quarter of it. Beyond it the answer is 503 with `Retry-After`. Default:
   * 67108864 (64 MiB).
   */
  readonly bodyBudgetBytes?: number | undefined;
  /** Limits for those who try one bad token after the other. Default: none. */
  readonly limits?: LimitOptions | undefined;
  /**
   * What all routes that take DPoP proofs share: secrets for nonces, and the bounds of the memory of this process. Default: no nonces,
   * unless processes share `stores.claims`, and the bounds of {@link ProofOptions}.
   */
  readonly proofs?: ProofOptions | undefined;
  /** Bounds of what `revoke` remembers. Default: those of {@link RevocationOptions}. */
  readonly revocations?: RevocationOptions | undefined;
  /**
   * What many processes share, so that they are one server. Default: nothing, each process stands alone.
   */
  readonly stores?: StoreOptions | undefined;
  /**
   * Whether the metadata, keys and introspection credentials that the routes need are tried once, a second after the first route was made
   * or with the first request, so that an error is told before a user meets it. Nothing waits for it. Default: true; false under
   * `NODE_ENV=test` and `node --test`, and while a framework builds (`NEXT_PHASE`, `npm run build`). Never on Cloudflare Workers.
   */
  readonly checkAtStart?: boolean | undefined;
  /** Replaces the clock. Milliseconds since the epoch. For tests. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** Protected resources that publish their metadata (RFC 9728), as MCP demands from revision 2025-06-18 on. */
export interface ResourceServerModeConfig extends MCPAuthOptions {
  /** The resources this process protects: one, or several. Default: none, where `resource` names the only one. */
  readonly protectedResources: ProtectedResourceConfig | readonly ProtectedResourceConfig[];
  readonly resource?: never;
  readonly authorizationServers?: never;
  readonly dpop?: never;
  readonly mutualTls?: never;
}

/**
 * The short form for one resource: `{ resource, authorizationServers }` stands for
 * `{ protectedResources: { metadata: { resource, authorizationServers } } }`, which takes more options.
 */
export interface SingleResourceConfig extends MCPAuthOptions {
  /**
   * Resource identifier: the URL that clients use for the MCP endpoint, character by character. Default: none, where
   * `protectedResources` names the resources.
   */
  readonly resource: string;
  /**
   * The authorization servers that may issue tokens for it: each as its issuer, or with options. Default: none, where
   * `protectedResources` names the resources.
   */
  readonly authorizationServers: readonly AuthServerEntry[];
  /**
   * Takes tokens that are bound to a key of the client (DPoP, RFC 9449), and says so in the metadata. Default: none, bound tokens are denied.
   */
  readonly dpop?: DpopOptions | undefined;
  /** Takes tokens that are bound to a certificate of the client (RFC 8705 §3), and says so in the metadata. Default: none, they are denied. */
  readonly mutualTls?: MutualTlsOptions | undefined;
  readonly protectedResources?: never;
}

/**
 * Configuration of MCP Auth: one resource, or several.
 *
 * @see RFC 9728 §2
 * @see RFC 8414 §2
 * @example
 * ```ts
 * import type { MCPAuthConfig } from '@mcp-auth/core';
 *
 * export const config: MCPAuthConfig = {
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: ['https://auth.example.com'],
 *   onEvent: (event) => console.info(event),
 * };
 * ```
 */
export type MCPAuthConfig = ResourceServerModeConfig | SingleResourceConfig;

export const bodyBudgetBytes = number({ unit: 'bytes', min: 65_536, whole: true, default: 64 * 1024 * 1024 });

const half = 'A logger has both, warn and error.';
const logger = kind<EventLogger>('a logger with the methods warn and error', isEventLogger);

export const logSettings = object<LogSettings>(
  { all: flag, subject: flag, logger },
  { elsewhere: { warn: half, error: half } },
);

/** The options of {@link MCPAuthOptions}. */
export const mcpAuthMembers = {
  onEvent: callable(),
  log: either(oneOf<boolean | 'all'>([true, false, 'all']), either(logger, logSettings)),
  cache: either(oneOf<false>([false]), object<TokenCacheOptions>(tokenCacheOptions)),
  bodyBudgetBytes,
  limits: limitOptions,
  revocations: object<RevocationOptions>(revocationOptions),
  proofs: proofOptions,
  stores: storeOptions,
  checkAtStart: flag,
  fetch: callable(),
  now: synchronous(),
} satisfies Described<MCPAuthOptions>;

export const mcpAuthConfig = object<MCPAuthConfig>(
  {
    protectedResources: either(protectedResourceConfig, list(protectedResourceConfig)),
    // Looked at with the resource, which says more
    resource: kind<string>('the resource identifier', () => true),
    authorizationServers: authServerEntries,
    dpop: dpopOptions,
    mutualTls: mutualTlsOptions,
    ...mcpAuthMembers,
  },
  {
    elsewhere: {
      issuer: 'Write authorizationServers: [issuer].',
      metadata: 'Write protectedResources: { metadata }.',
      nonceSecret: 'Write proofs: { nonceSecrets: [secret] }.',
      nonceSecrets: 'Write proofs: { nonceSecrets }.',
      metadataUrl: 'Write protectedResources: { metadata, metadataUrl }.',
      tokenHeader: 'Write protectedResources: { metadata, tokenHeader }.',
      allowInsecureHttp:
        'Write protectedResources: { metadata, allowInsecureHttp } for a resource, authorizationServers: [{ issuer, allowInsecureHttp }] for a server.',
    },
    refused: {
      server:
        "is legacy mode, which has its own entries with their own MCPAuth: '@mcp-auth/express/legacy', '@mcp-auth/hono/legacy', '@mcp-auth/fastify/legacy' or '@mcp-auth/core/legacy'. For all else write { resource, authorizationServers: [issuer] }.",
    },
  },
);

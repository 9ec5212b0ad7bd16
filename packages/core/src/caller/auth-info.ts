import type { VerifiedBy } from '../events/decision-event.js';

class LazyResource {
  /** What an auth info was made of: a verified token, where a gate made it. */
  static readonly factsOf = (auth: object): TokenFacts | undefined =>
    #facts in auth ? auth.#facts : undefined;

  static readonly scopeOf = (auth: object): object | undefined => (#scope in auth ? auth.#scope : undefined);

  static readonly setScope = (auth: object, scope: object): void => {
    if (#scope in auth) auth.#scope = scope;
  };

  static readonly noteOf = (auth: object): object | undefined => (#note in auth ? auth.#note : undefined);

  static readonly setNote = (auth: object, note: object): void => {
    if (#note in auth) auth.#note = note;
  };

  readonly #identifier: string;
  readonly #facts: TokenFacts;
  #note: object | undefined;
  #scope: object | undefined;
  #url: URL | undefined;

  constructor(identifier: string, facts: TokenFacts) {
    this.#identifier = identifier;
    this.#facts = facts;
  }

  get resource(): URL {
    return (this.#url ??= new URL(this.#identifier));
  }

  get verifiedBy(): VerifiedBy | undefined {
    return this.#facts.verifiedBy;
  }
}

interface WithResource {
  /**
   * Identifier of the protected resource that accepted the token (RFC 8707), a URL object as the SDK expects it; in legacy
   * mode the issuer. It is made when it is first read, so a copy made by spreading has none.
   */
  readonly resource: URL;
  /**
   * Which of the route's verifiers the caller came by: `key` for those of the option `verifiers`, whose issuer is not an authorization server.
   * Undefined where the instance was made by hand, and in a copy made by spreading.
   */
  readonly verifiedBy: VerifiedBy | undefined;
}

/**
 * The base of auth infos: a URL of each one's own, because URLs can be changed, and only where somebody reads it.
 *
 * By its type a plain object: private members would tell the auth infos of two copies of the declarations apart.
 */
export const ResourceHolder: new (identifier: string, facts: TokenFacts) => WithResource = LazyResource;

/** What an auth info was made of, out of sight of applications; nothing for a copy. */
export const { factsOf } = LazyResource;

/** What the request of an auth info belongs to beyond its token, such as a session. */
export const { scopeOf, setScope } = LazyResource;

/** What a gate keeps with a caller from one question to the next: a map takes longer than the rest of the question. */
export const { noteOf, setNote } = LazyResource;

/** What a token says of its caller. */
export interface TokenFacts {
  readonly token: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience: string | readonly string[] | undefined;
  readonly subject: string | undefined;
  readonly expiresAt: number;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly verifiedBy?: VerifiedBy | undefined;
  /** What its sender had to prove (`cnf`). */
  readonly confirmation?:
    | { readonly jkt?: string | undefined; readonly x5tS256?: string | undefined }
    | undefined;
}

/** The resource that accepted it. */
export interface ResourceFacts {
  readonly resource: string;
  /** Absent in legacy mode. */
  readonly resourceMetadataUrl: string | undefined;
}

/** The facts an {@link AuthInfo} is made of. */
export interface AuthInfoInit extends TokenFacts, ResourceFacts {}

/**
 * Who calls and what their access token allows. Assignable to `AuthInfo` of the official MCP SDK, versions 1 and 2.
 *
 * Each request gets its own instance. `claims` is frozen and shared between requests with the same token. The token is
 * left out when an instance is printed or turned into JSON.
 *
 * @see RFC 9068 §2.2
 * @example
 * ```ts
 * import { AuthInfo } from '@mcp-auth/core';
 *
 * // What a test hands to a handler
 * const caller = new AuthInfo({
 *   token: 'opaque',
 *   issuer: 'https://auth.example.com',
 *   clientId: 'a-client',
 *   subject: 'a-user',
 *   audience: 'https://api.example.com/mcp',
 *   scopes: ['notes:read'],
 *   expiresAt: Math.floor(Date.now() / 1000) + 60,
 *   claims: {},
 *   resource: 'https://api.example.com/mcp',
 *   resourceMetadataUrl: undefined,
 * });
 * // Without the token: caller.toJSON() leaves it out
 * console.log(JSON.stringify(caller));
 * ```
 */
export class AuthInfo extends ResourceHolder {
  /** The access token. Never pass it on to another API (MCP Security Best Practices, token passthrough). */
  readonly token: string;
  /** Issuer identifier of the authorization server that issued the token (RFC 9068 §2.2 `iss`). */
  readonly issuer: string;
  /** Client identifier (`client_id`, or `azp`, `cid` where a provider uses these); empty when the token names none. */
  readonly clientId: string;
  /** Granted scopes, as the token states them. */
  readonly scopes: string[];
  /** `aud` as the token states it. */
  readonly audience?: string | string[];
  /** `sub`: the user, or the client itself for a client credentials token. Unique per issuer only. */
  readonly subject?: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  /** All claims of the token, frozen. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Where the metadata of that resource is published (RFC 9728 §3). Absent in legacy mode only. */
  readonly resourceMetadataUrl?: string;

  constructor(init: AuthInfoInit);
  constructor(init: TokenFacts, at: ResourceFacts);
  constructor(
    init: TokenFacts,
    // By the overloads: without this, the first parameter has it all
    { resource, resourceMetadataUrl }: ResourceFacts = init as AuthInfoInit,
  ) {
    super(resource, init);
    this.token = init.token;
    this.issuer = init.issuer;
    this.clientId = init.clientId;
    this.scopes = [...init.scopes];
    if (init.audience !== undefined) {
      this.audience = typeof init.audience === 'string' ? init.audience : [...init.audience];
    }
    if (init.subject !== undefined) this.subject = init.subject;
    this.expiresAt = init.expiresAt;
    this.claims = init.claims;
    if (resourceMetadataUrl !== undefined) this.resourceMetadataUrl = resourceMetadataUrl;
  }

  /** Everything but the token. */
  toJSON(): Record<string, unknown> {
    return {
      ...Object.fromEntries(Object.entries(this)),
      resource: this.resource,
      ...(this.verifiedBy === undefined ? undefined : { verifiedBy: this.verifiedBy }),
      token: '[redacted]',
    };
  }

  /** `console.log` and `util.inspect` of Node show everything but the token. */
  [Symbol.for('nodejs.util.inspect.custom')](): Record<string, unknown> {
    return this.toJSON();
  }
}

/**
 * Whether a value is an {@link AuthInfo} that a gate of this library produced.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import { isAuthInfo } from '@mcp-auth/core/adapter';
 *
 * export const getAuth = (request: { auth?: unknown }) => (isAuthInfo(request.auth) ? request.auth : undefined);
 * ```
 */
export function isAuthInfo(value: unknown): value is AuthInfo {
  return value instanceof AuthInfo;
}

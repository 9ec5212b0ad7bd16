import type { SigningAlgorithm } from '@mcp-auth/core';
import type { IssuerName } from '../issuer/issuer-name.js';
import type { JsonObject, JsonValue } from '../json.js';

/** A configuration of the server under test, as data. */
export interface Profile {
  /** None in legacy mode. */
  readonly resources: readonly ProfileResource[];
  /** Legacy mode: one authorization server, and the audience that tokens are made for. */
  readonly legacy?: { readonly server: ProfileServer; readonly audience: string };
  /** Routes of the application that are protected. */
  readonly routes: readonly ProfileRoute[];
  /** Limits for failed attempts. */
  readonly limits?: ProfileLimits;
  /** What routes that take proofs share. */
  readonly proofs?: {
    readonly nonceSecrets?: readonly string[];
    readonly maxPerKey?: number;
    readonly maxEntries?: number;
  };
  /** `NODE_ENV` while the server is built and asked. */
  readonly nodeEnv?: 'production' | 'development';
  /** Headers that the application in front sets on every answer. */
  readonly frontHeaders?: readonly (readonly [name: string, value: string])[];
  /** Scopes that the handler demands while it works, and whether it hides that it did not get them. */
  readonly handlerDemands?: { readonly scopes: readonly [string, ...string[]]; readonly hidden: boolean };
  /** Scopes that the handles need which the handler gives to its callers. Default: it gives none. */
  readonly handleNeeds?: readonly string[];
  /** Opaque tokens that the custom verifier of a route knows. */
  readonly opaqueTokens?: Readonly<Record<string, OpaqueToken>>;
}

/** How many attempts may fail, and which proxies say for whom they ask. */
export interface ProfileLimits {
  readonly failedAttempts: { readonly max: number; readonly windowSeconds: number };
  readonly proxies?: readonly string[];
  readonly proxyHeader?: 'x-forwarded-for' | 'forwarded';
}

export interface ProfileResource {
  readonly resource: string;
  /** Where its metadata must be found, written out by hand. */
  readonly metadataUrl: string;
  readonly servers: readonly ProfileServer[];
  /** Further members of the metadata, in camelCase. */
  readonly metadata?: JsonObject;
  readonly corsOrigins?: '*' | readonly string[];
  /** The header that holds the token instead of Authorization. */
  readonly tokenHeader?: `${string}-${string}`;
  /** Where the certificate of a client is. */
  readonly mutualTls?: {
    readonly certificate:
      | 'connection'
      | {
          readonly header: string;
          readonly format: 'rfc9440' | 'xfcc';
          readonly proxySecret: { readonly header: string; readonly secrets: readonly string[] };
        };
  };
  /** How it takes tokens that are bound to a key. */
  readonly dpop?: {
    readonly mode: 'dpop-optional' | 'dpop-required';
    readonly publicUrl?: string;
    readonly algorithms?: readonly SigningAlgorithm[];
  };
  /** Which scopes contain others. */
  readonly scopeHierarchy?: {
    readonly scopes?: Readonly<Record<string, readonly string[]>>;
    readonly separator?: string;
  };
}

/** An authorization server as a resource trusts it. */
export interface ProfileServer {
  readonly name: IssuerName;
  /** What clients write in front of a scope that tokens of this server have without it. */
  readonly scopePrefix?: string;
  /** `on-use`: named by its issuer. `by-hand`: metadata in the configuration. Default: `on-use`. */
  readonly discovery?: 'on-use' | 'by-hand';
  /** `inline`: keys in the configuration. Default: `remote`. */
  readonly keys?: 'remote' | 'inline';
  /** Instead of the identifier of the running issuer; needs metadata by hand and inline keys. */
  readonly identifier?: string;
  /** Whether the server under test publishes metadata and keys itself. */
  readonly publish?: true;
  readonly tokenIssuers?: readonly string[];
  readonly audiences?: readonly string[];
  readonly introspection?: ProfileIntrospection;
}

/** How a resource asks an authorization server about tokens (RFC 7662). */
export interface ProfileIntrospection {
  /**
   * What the server says, by the token; about all others, that they are not active. `{primary}` and `{ fromNow: 60 }` mean
   * what they mean in a token recipe.
   */
  readonly answers: Readonly<Record<string, JsonValue>>;
  /** Seconds that an active token is believed. Default: nothing is kept. */
  readonly activeSeconds?: number;
  /** Whether only signed answers count (RFC 9701). */
  readonly signed?: true;
  /** Sends a secret that is not the client's. */
  readonly wrongSecret?: true;
  readonly timeoutMs?: number;
  /** Prefix of the tokens that are this server's. */
  readonly selects?: string;
}

export interface ProfileRoute {
  readonly path: string;
  /** Absent in legacy mode only. */
  readonly resource?: string;
  /** Default: `jwt`. */
  readonly verifier?: 'jwt' | 'introspection' | 'auto' | 'opaque-tokens';
  /** What stands in for an expiry that nobody states, in seconds. */
  readonly lifetimeWithoutExpirySeconds?: number;
  /** What the custom verifier checks and does not report. */
  readonly verifierChecks?: { readonly issuer: IssuerName; readonly audience: string };
  /** Verifiers of keys next to that of the route. */
  readonly keys?: readonly ProfileKeys[];
  /** Days from now until whose end scopes are observed, and not demanded. */
  readonly observeDays?: { readonly scopes?: number; readonly operations?: number };
  readonly dpop?: 'bearer' | 'dpop-optional' | 'dpop-required';
  readonly requiredScopes?: readonly string[];
  readonly requiredAuthentication?: ProfileLogin;
  readonly audience?: string | readonly string[];
  readonly showErrorDetails?: boolean;
  readonly operations?: ProfileOperations;
  readonly challengeScopes?: 'required' | 'with-granted' | 'by-version';
  readonly maxBodyBytes?: number;
  readonly maxAnonymousBodyBytes?: number;
  readonly denials?: 'json-rpc' | 'http-403' | 'sep-2643';
  readonly challenges?: 'http' | 'tool-result' | { readonly whenDeclared: string };
  /** Whether handlers find the caller in the async context. */
  readonly inContext?: boolean;
  readonly jwtVerify?: {
    readonly typ?: string;
    readonly requiredClaims?: readonly string[];
    readonly algorithms?: readonly string[];
    readonly subject?: string;
    readonly maxTokenAge?: number;
  };
  readonly remoteJwkSet?: { readonly timeoutDuration?: number; readonly staleMaxAge?: number };
}

/** The keys that one verifier knows: those that begin with a prefix, or without one all that do not have the form of a JWT. */
export interface ProfileKeys {
  readonly prefix?: string;
  readonly issuer: string;
  /** What the function says of each key; about all others, nothing. `{ fromNow: 60 }` means what it means in a token recipe. */
  readonly known: Readonly<Record<string, JsonObject>>;
  readonly lifetimeWithoutExpirySeconds?: number;
  /** Seconds that verdicts are kept. Default: none is. */
  readonly keptSeconds?: number;
}

/** What single operations need beyond the scopes of the route. */
export interface ProfileOperations {
  readonly tools?: ProfileTargetRules;
  readonly resources?: ProfileTargetRules;
  readonly prompts?: ProfileTargetRules;
  readonly methods?: Readonly<Record<string, ProfileOperationRule>>;
  readonly ruleTimeoutMs?: number;
}

export interface ProfileTargetRules {
  readonly '*': readonly string[] | 'refuse' | ComputedRule;
  readonly [target: string]: ProfileOperationRule;
}

/** How users must have logged in. */
export type ProfileLogin =
  | { readonly acrValues: readonly string[]; readonly maxAgeSeconds?: number }
  | { readonly maxAgeSeconds: number };

export type ProfileOperationRule =
  | readonly string[]
  | { readonly allOf?: readonly string[]; readonly authentication: ProfileLogin }
  | { readonly allOf?: readonly string[]; readonly anyOf: readonly string[] }
  | 'anonymous'
  | 'refuse'
  | ComputedRule;

/** A rule that is a function. */
export type ComputedRule =
  /** Returns this, or a promise of it; `undefined` where nothing is given. */
  | { readonly computed: 'answers'; readonly answer?: JsonValue; readonly late?: true }
  /** Denies what has more than this `amount`, and says why. */
  | { readonly computed: 'limits'; readonly amount: number; readonly reason: string; readonly public?: true }
  /** Throws; says that it cannot be asked; never comes to an end; needs another login. */
  | { readonly computed: 'throws' | 'rejects' | 'is-down' | 'never-ends' | 'needs-login' };

/** What the custom verifier says about an opaque token. */
export type OpaqueToken =
  | {
      readonly issuer: IssuerName;
      readonly audience?: string | readonly string[];
      readonly scopes?: readonly string[];
      readonly subject?: string;
      /** Seconds from now. */
      readonly expiresIn?: number;
    }
  /**
   * Returns this, as a verifier for the official SDK would. `{primary}` and `{ fromNow: 60 }` mean what they mean in a token recipe.
   */
  | { readonly reports: JsonObject }
  /** Throws: the token is bad, in the library's own error or the one of the official SDK; nobody can tell; a bug. */
  | { readonly throws: 'refusal' | 'oauth-error' | 'outage' | 'bug' }
  /** Throws an error with these members. */
  | { readonly throws: 'error'; readonly members: JsonObject }
  /** Throws something that is not an error; `undefined` where nothing is given. */
  | { readonly throws: 'value'; readonly value?: JsonValue };

import type { FetchFunction, IntrospectionConfig } from '@mcp-auth/core';
import type { TestClock } from '../clock.js';
import type { BrokenAnswer, IssuerEndpoint } from './behaviour.js';
import type { BrokenTokenName } from './broken-tokens.js';
import type { DiscoveryKind } from './endpoints.js';
import type { TestAlgorithm } from './key-pair.js';
import type { TokenOptions } from './token-options.js';

/** How a test issuer is set up. */
export interface TestIssuerOptions {
  /** `aud` of tokens that name none: the resource identifier of the server under test. Default: none, each token names its own. */
  readonly audience?: string | undefined;
  /** The clock that tokens are dated by. Default: that of the platform, or what a test runner has put in its place. */
  readonly clock?: TestClock | undefined;
  /** What tokens are signed with. Default: ES256. */
  readonly algorithm?: TestAlgorithm | undefined;
  /** Where metadata is published. Default: both places. */
  readonly discovery?: DiscoveryKind | undefined;
}

/** A request that an issuer got. */
export interface TestIssuerRequest {
  readonly endpoint: IssuerEndpoint | 'other';
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** The options of `new MCPAuth` that lead to a test issuer. */
export interface TestIssuerConfig {
  readonly authorizationServers: readonly string[];
  /** Where the issuer is in the process. */
  readonly fetch?: FetchFunction;
  /** Where the issuer has a clock that tests move. */
  readonly now?: () => number;
}

/** An authorization server for tests: it has no login and no token endpoint, its tests make the tokens. */
export interface TestIssuer {
  /** Issuer identifier, a URL. */
  readonly issuer: string;
  /** For `new MCPAuth({ resource, ...issuer.mcpAuthOptions })`. */
  readonly mcpAuthOptions: TestIssuerConfig;
  /** For `authorizationServers: [{ issuer: issuer.issuer, introspection: issuer.introspection }]`. */
  readonly introspection: IntrospectionConfig;
  /** What it was asked for, the newest thousand requests. Without query, headers and body, so without tokens. */
  readonly requests: readonly TestIssuerRequest[];
  /** An access token as RFC 9068 describes it, signed. */
  mintToken(options?: TokenOptions): Promise<string>;
  /** An opaque access token: what it stands for only `introspection` tells. */
  mintOpaqueToken(options?: TokenOptions): string;
  /** A token with one fault, which must be refused. */
  mintBrokenToken(name: BrokenTokenName, options?: TokenOptions): Promise<string>;
  /** From now on introspection calls this token inactive. A server that verifies JWTs by itself does not hear of it. */
  revoke(token: string): void;
  /** A new key signs from now on. The former ones stay published. */
  rotateKeys(): void;
  /** A new key signs from now on, and is the only one that is published: earlier tokens end when the server sees the new set. */
  withdrawKeys(): void;
  /** Ends every connection without an answer. */
  goDown(): void;
  /** Answers again, and as usual: the end of outage, delay and broken answers. */
  comeBack(): void;
  /** Waits before each answer. */
  answerSlowly(milliseconds: number): void;
  /** Fails in one of the ways of real servers. Default: at every endpoint. */
  answerBroken(kind: BrokenAnswer, endpoint?: IssuerEndpoint): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A test issuer without a socket: `fetch` reaches it, and nothing else. */
export interface InProcessTestIssuer extends TestIssuer {
  /** The option `fetch` of `new MCPAuth`. It answers for this issuer alone. */
  readonly fetch: FetchFunction;
}

import type { IncomingMessage } from 'node:http';
import type { JWTPayload, JWTHeaderParameters } from 'jose';

export interface Setup {
  /** URL of the MCP endpoint. */
  readonly resource: string;
  readonly issuer: string;
  /** For the introspection endpoint. */
  readonly client: { readonly id: string; readonly secret: string };
}

/** What came with a request as credentials. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'token'; readonly token: string };

/** Who calls. */
export interface Caller {
  readonly subject: string;
  readonly scopes: readonly string[];
}

export interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: { readonly name?: string };
}

export type Lines = readonly (readonly [name: string, value: string])[];

/** A refusal, before it is written. */
export interface Refusal {
  readonly status: number;
  readonly error?: string;
  readonly description?: string;
  readonly scopes?: readonly string[];
}

/** Every decision of the server, each in a place of its own: a fault replaces one. */
export interface Behaviour {
  /** Paths of the metadata document. */
  metadataPaths(setup: Setup): readonly string[];
  isMetadataPath(path: string, setup: Setup): boolean;
  metadata(setup: Setup, request: IncomingMessage): object;
  metadataHeaders(): Lines;
  metadataNeedsToken: boolean;
  /** The URL that challenges name. */
  metadataUrl(setup: Setup): string | undefined;
  /** Lines of WWW-Authenticate. */
  challenges(refusal: Refusal, setup: Setup): readonly string[];
  refusalHeaders(): Lines;
  /** What is answered instead of a refusal. */
  rewrite(refusal: Refusal): Refusal;
  redirect(refusal: Refusal): string | undefined;
  protects(request: IncomingMessage): boolean;
  readCredentials(request: IncomingMessage): Credentials;
  /** Whether a session lets in whoever names it. */
  sessionsAreLogins: boolean;
  allowsOrigin(origin: string): boolean;
  foreignOriginStatus: number;
  answersPages: boolean;
  exposesChallenges: boolean;
  /** The key of a token; a rejected promise is an outage. */
  trustsIssuer(issuer: unknown, setup: Setup): boolean;
  keysAt(issuer: string, setup: Setup): string;
  refetchesKeys: boolean;
  outageStatus: number;
  algorithms: readonly string[];
  checksSignature(header: JWTHeaderParameters): boolean;
  keyFromHeader(header: JWTHeaderParameters): object | undefined;
  hasRightAudience(audience: unknown, setup: Setup): boolean;
  isCurrent(claims: JWTPayload, nowSeconds: number): boolean;
  isAccessToken(header: JWTHeaderParameters, claims: JWTPayload): boolean;
  isBound(claims: Readonly<Record<string, unknown>>): boolean;
  /** Whether an answer of the introspection endpoint calls a token active. */
  isActive(answer: Readonly<Record<string, unknown>>): boolean;
  introspectionOutage: number;
  /** Scopes that an operation needs. */
  scopesOf(message: Message): readonly string[];
  /** The operations of a request that are judged. */
  operationsOf(body: unknown, request: IncomingMessage): readonly Message[];
  /** What a challenge asks for, of what is missing. */
  asksFor(needed: readonly string[], missing: readonly string[]): readonly string[];
  insufficientScope: number;
  /** What becomes of a token that cannot be read. */
  onUnreadable(): number;
}

import type { BearerAuthErrorCode, TokenErrorCode } from '@mcp-auth/core';
import type { Facts } from './facts.js';
import type { Edits, Mint, TokenOptions } from './mint.js';

export type HostileGroup =
  | 'credentials'
  | 'jwt-syntax'
  | 'algorithm'
  | 'signature'
  | 'header'
  | 'type'
  | 'token-kind'
  | 'issuer'
  | 'keys'
  | 'audience'
  | 'time'
  | 'claims'
  | 'scope';

/** The only right answer to a hostile request, on the wire and for the operator. */
export interface ExpectedRefusal {
  readonly status: 400 | 401 | 403;
  /** The error code of the challenge (RFC 6750 §3.1); absent when nothing counted as credentials. */
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope';
  /** The reason that the operator's event gives. */
  readonly event: RefusalCode;
}

export type RefusalCode = TokenErrorCode | BearerAuthErrorCode;

/** A request of the corpus. */
export interface HostileRequest {
  /** Values of Authorization headers, one line each; every character is one byte. */
  readonly authorization: readonly string[];
  /** Which of the two protected routes. Default: `/mcp`. */
  readonly path?: '/mcp' | '/notes';
  /** Query, with its question mark. */
  readonly query?: string;
  /** Further headers. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly type: string; readonly text: string };
}

/** One attack: how to make it, and how it must end. */
export interface HostileCase {
  /** Group and title, as one word; stable and unique. */
  readonly id: string;
  readonly group: HostileGroup;
  /** What must be refused. */
  readonly title: string;
  /** Identifiers of the requirements that accepting it would violate. */
  readonly requirements: readonly string[];
  readonly expected: ExpectedRefusal;
  readonly recipe: (mint: Mint) => HostileRequest;
}

/** Attacks that one rule stops, by title. */
export type Recipes<Made> = Readonly<Record<string, (mint: Mint) => Made>>;

/** Requests that one rule stops. */
export function refuseRequests(
  group: HostileGroup,
  event: RefusalCode,
  requirements: readonly string[],
  recipes: Recipes<HostileRequest>,
): readonly HostileCase[] {
  return Object.entries(recipes).map(([title, recipe]) => ({
    id: `${group}/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    group,
    title,
    requirements,
    expected: expectEvent(event),
    recipe,
  }));
}

/** Tokens that one rule stops, however correctly they are presented. */
export function refuseTokens(
  group: HostileGroup,
  event: RefusalCode,
  requirements: readonly string[],
  recipes: Recipes<string>,
): readonly HostileCase[] {
  const requests = Object.entries(recipes).map(
    ([title, recipe]) => [title, (mint: Mint) => present(recipe(mint))] as const,
  );
  return refuseRequests(group, event, requirements, Object.fromEntries(requests));
}

/** Tokens of the trusted issuer that differ from good ones in these points. */
export function refuseEdits(
  group: HostileGroup,
  event: RefusalCode,
  requirements: readonly string[],
  edits: Readonly<Record<string, TokenOptions | ((mint: Mint) => TokenOptions)>>,
): readonly HostileCase[] {
  const tokens = Object.entries(edits).map(
    ([title, edit]) =>
      [title, (mint: Mint) => mint.token(typeof edit === 'function' ? edit(mint) : edit)] as const,
  );
  return refuseTokens(group, event, requirements, Object.fromEntries(tokens));
}

/** Tokens of the trusted issuer that differ from good ones in these claims. */
export function refuseClaims(
  group: HostileGroup,
  event: RefusalCode,
  requirements: readonly string[],
  claims: Readonly<Record<string, Edits | ((facts: Facts) => Edits)>>,
): readonly HostileCase[] {
  const tokens = Object.entries(claims).map(
    ([title, edit]) =>
      [
        title,
        (mint: Mint) => mint.token({ claims: typeof edit === 'function' ? edit(mint.facts) : edit }),
      ] as const,
  );
  return refuseTokens(group, event, requirements, Object.fromEntries(tokens));
}

export function present(token: string): HostileRequest {
  return { authorization: [`Bearer ${token}`] };
}

/** Status and error code follow from the reason: RFC 6750 §3.1. */
function expectEvent(event: RefusalCode): ExpectedRefusal {
  switch (event) {
    case 'missing_credentials':
    case 'unsupported_scheme':
      return { status: 401, event };
    case 'malformed_credentials':
    case 'repeated_credentials':
      return { status: 400, error: 'invalid_request', event };
    case 'insufficient_scope':
      return { status: 403, error: 'insufficient_scope', event };
    default:
      return { status: 401, error: 'invalid_token', event };
  }
}

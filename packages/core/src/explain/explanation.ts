import type { CredentialErrorCode } from '../errors/bearer-auth-error.js';
import type { ProofErrorCode } from '../errors/proof-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';
import type { Fact } from '../events/facts.js';

/** The checks of a gate, in the order in which it makes them. */
export const tokenChecks = [
  'credentials',
  'size',
  'syntax',
  'header',
  'issuer',
  'signature',
  'kind',
  'time',
  'claims',
  'sender-constraint',
  'policy',
  'audience',
  'sender',
  'authentication',
  'scopes',
] as const;

export type TokenCheckName = (typeof tokenChecks)[number];

/** What one check says about a token. */
export type TokenCheckResult =
  | { readonly outcome: 'passed' }
  | {
      readonly outcome: 'refused';
      /** As the events of a gate name it. */
      readonly code:
        | TokenErrorCode
        | ProofErrorCode
        | CredentialErrorCode
        | 'insufficient_user_authentication';
      /** The claim that decided, where one did. */
      readonly claim?: string | undefined;
      /** What would be accepted there. */
      readonly expected?: Fact | undefined;
      /** What is there, bounded. A time is in seconds since the epoch. */
      readonly actual?: Fact | undefined;
      /** What is wrong and how it should be, as one line of the log says it; times as dates, with their distance. */
      readonly message: string;
      /** What to look at, where this looks like a mistake of the configuration. */
      readonly hint?: string | undefined;
    }
  /** Something it needs is not there, such as the keys of the issuer. */
  | { readonly outcome: 'not-checkable' };

export type TokenCheck = { readonly name: TokenCheckName } & TokenCheckResult;

/** What the sender of a bound token has to show with each request. What is there counts, all of it. */
export interface TokenBinding {
  /** A proof in the `DPoP` header, next to `Authorization: DPoP` (RFC 9449 §4.2, §7.1). */
  readonly proof?: {
    /** Of the key that signs it, and that its header shows (RFC 7638). */
    readonly thumbprint: string;
    /** The method of the request. */
    readonly htm: string;
    /** The URL of the request, as the resource compares it. */
    readonly htu: string;
    /** The hash of the token. */
    readonly ath: string;
  };
  /** A client certificate, in the TLS handshake (RFC 8705 §3). */
  readonly certificate?: {
    /** SHA-256 of it, in base64url. */
    readonly thumbprint: string;
  };
}

/** What a gate would say about a token, check by check. */
export interface TokenExplanation {
  /** `undecided`: nothing speaks against the token, but something could not be checked. */
  readonly verdict: 'accepted' | 'refused' | 'undecided';
  /** The first check that refuses: the one whose code a gate reports. */
  readonly refusal: Extract<TokenCheck, { readonly outcome: 'refused' }> | undefined;
  /** All of {@link tokenChecks}, in their order. */
  readonly checks: readonly TokenCheck[];
  /** JOSE header and claims, where the token can be read. Not verified by being here. */
  readonly header: Readonly<Record<string, unknown>> | undefined;
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** Absent where anybody may send the token, or nobody can tell who may. */
  readonly binding: TokenBinding | undefined;
  /** The granted scopes as the gate reads them. */
  readonly scopes: readonly string[];
  /** The required scopes that these do not cover. */
  readonly missingScopes: readonly string[];
}

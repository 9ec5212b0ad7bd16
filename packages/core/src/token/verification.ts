import type { Unavailable } from '../errors/auth-server-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';
import type { TokenStatement, VerifiedBy } from '../events/decision-event.js';
import { type Fact, toFact } from '../events/facts.js';
import type { Confirmation } from './confirmation.js';

/** The key that signed a token, for as long as the token is in use. */
export interface TokenSigner {
  /** Whether its issuer publishes other keys, and this one no more. Keeps the set fresh that tells. */
  isWithdrawn(): boolean;
}

/** An access token found genuine and current; nothing about who may use it or for what has been decided yet. */
export interface VerifiedToken {
  readonly token: string;
  /** `iss` as the token states it. */
  readonly issuer: string;
  /** Identifier of the configured authorization server that vouches for the token. */
  readonly authorizationServer: string;
  readonly clientId: string;
  readonly subject: string | undefined;
  readonly audience: string | readonly string[] | undefined;
  readonly scopes: readonly string[];
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  /** Deeply frozen. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly verifiedBy: VerifiedBy;
  /** What its sender has to prove. Absent for a bearer token. */
  readonly confirmation?: Confirmation | undefined;
  /** Absent where no signature was verified. One for each key. */
  readonly signer?: TokenSigner | undefined;
}

/** The client of a token that is genuine. */
export interface TokenClient {
  /** Identifier of the configured authorization server that vouches for the token. */
  readonly issuer: string;
  readonly clientId: string;
}

/** The token is at fault: 401 `invalid_token`. */
export interface RejectedToken {
  readonly kind: 'rejected';
  readonly code: TokenErrorCode;
  /** The claim that decided, where one did. */
  readonly claim?: string | undefined;
  /** For the owner: what was accepted there. */
  readonly expected?: Fact | undefined;
  /** For the owner: what was there. */
  readonly actual?: Fact | undefined;
  /** For the owner: what the token says of itself. */
  readonly statement?: TokenStatement | undefined;
  /** Whether the token is genuine, so that what it says comes from its issuer. */
  readonly isGenuine?: boolean | undefined;
  /** For the owner: what to look at, where this looks like a mistake of the configuration. Made of the configuration and metadata alone. */
  readonly hint?: string | undefined;
  /** Whose token it is, where it is genuine and its policy refuses it. */
  readonly client?: TokenClient | undefined;
}

/** The token is good, as far as a verifier can tell. */
export interface VerifiedVerdict {
  readonly kind: 'verified';
  readonly token: VerifiedToken;
}

export type Verification = VerifiedVerdict | RejectedToken | Unavailable;

/** Judges one access token. Synchronous when the answer is there already. Never throws because of what the token holds. */
export interface TokenVerifier {
  (token: string): Verification | Promise<Verification>;
  /**
   * The verdict on a token that was verified before, where it still stands: to be asked first, for the function itself
   * verifies anew. May be asked before anything is known about the text: a token that is known is one in every character.
   */
  readonly recall?: ((token: string) => VerifiedVerdict | undefined) | undefined;
  /**
   * Whether a token names a trusted issuer and says of itself that it has expired. Nothing is verified: it is for telling so, and
   * nothing else, to those whose tokens are not verified for now.
   */
  readonly saysExpired?: ((token: string) => boolean) | undefined;
}

/** What a claim may say, and what it said: values that are not secret. */
export interface Difference {
  readonly expected?: unknown;
  readonly actual?: unknown;
}

export function reject(code: TokenErrorCode, claim?: string, difference?: Difference): RejectedToken {
  const rejected =
    claim === undefined
      ? ({ kind: 'rejected', code } as const)
      : ({ kind: 'rejected', code, claim } as const);
  if (difference === undefined) return rejected;
  const expected = toFact(difference.expected);
  const actual = toFact(difference.actual);
  return {
    ...rejected,
    ...(expected === undefined ? undefined : { expected }),
    ...(actual === undefined ? undefined : { actual }),
  };
}

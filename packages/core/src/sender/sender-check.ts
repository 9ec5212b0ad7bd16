import type { TokenScheme } from '../credentials/read-credentials.js';
import type { ProofErrorCode } from '../errors/proof-error.js';
import type { Fact } from '../events/facts.js';
import type { RequestHead } from '../http/request-head.js';
import type { ConfirmationMethod } from '../token/confirmation.js';
import type { RejectedToken, VerifiedToken } from '../token/verification.js';

/** A request whose token is genuine, current and meant for this resource. */
export interface SentToken {
  readonly head: RequestHead;
  readonly scheme: TokenScheme;
  readonly token: Pick<VerifiedToken, 'token' | 'confirmation'>;
}

/** Its sender is who may use it, or the token is anybody's. */
export interface ProvenSender {
  readonly kind: 'proven';
  /** A nonce for the next proof, which a successful answer must carry. */
  readonly nonce?: string | undefined;
}

/** The token may be good, and the proof next to it is not: 401 `invalid_dpop_proof` or `use_dpop_nonce`, 429 or 503. */
export interface RejectedProof {
  readonly kind: 'proof-rejected';
  readonly code: ProofErrorCode;
  /** The part of the proof that decided. */
  readonly claim?: string | undefined;
  /** For the owner. */
  readonly expected?: Fact | undefined;
  /** For the owner. */
  readonly actual?: Fact | undefined;
  /** For the owner: what to look at, where this looks like a mistake of the configuration. */
  readonly hint?: string | undefined;
  /** A nonce for the next proof. */
  readonly nonce?: string | undefined;
  /** Seconds, where nothing is wrong with the proof itself. */
  readonly retryAfterSeconds?: number | undefined;
}

export type SenderOutcome = ProvenSender | RejectedProof | RejectedToken;

/** Checks that whoever sends a token is who it was given to. Asked for every token of a route, each time it comes. */
export interface SenderCheck {
  /** What it can check of `cnf`. */
  readonly methods: ReadonlySet<ConfirmationMethod>;
  /** Synchronous where the answer is there already. Never throws because of what a client sent. */
  check(sent: SentToken): SenderOutcome | Promise<SenderOutcome>;
}

/** Nothing speaks against the sender, and the answer carries no nonce. */
export const proven: ProvenSender = Object.freeze({ kind: 'proven' });

/**
 * Several checks as one: all of them must find nothing that speaks against the sender. The first that does decides, so the one that
 * uses something up comes last.
 */
export function joinSenderChecks(checks: readonly SenderCheck[]): SenderCheck | undefined {
  const [first] = checks;
  if (first === undefined || checks.length === 1) return first;
  return {
    methods: new Set(checks.flatMap(({ methods }) => [...methods])),
    check: async (sent) => {
      let last: ProvenSender = proven;
      for (const check of checks) {
        const outcome = await check.check(sent);
        if (outcome.kind !== 'proven') return outcome;
        if (outcome.nonce !== undefined) last = outcome;
      }
      return last;
    },
  };
}

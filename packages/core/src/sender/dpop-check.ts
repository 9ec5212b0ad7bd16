import { showHttpMethod } from '../events/shown-method.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import type { Clock } from '../net/environment.js';
import { findSigner } from '../signatures/find-signer.js';
import type { Claim, ClaimOutcome } from '../stores/claim-store.js';
import type { ConfirmationMethod } from '../token/confirmation.js';
import { reject } from '../token/verification.js';
import type { ClaimGate } from './claim-gate.js';
import { digestOf } from './digests.js';
import { type ExpectedHtu, matchesHtu } from './htu.js';
import { nonceLifetimeMs, type NonceVerdict, type ProofNonces } from './nonce.js';
import { type ProofHeaders, type ReadProof, readProofHeader } from './proof-syntax.js';
import { rejectProof } from './reject-proof.js';
import {
  proven,
  type RejectedProof,
  type SenderCheck,
  type SenderOutcome,
  type SentToken,
} from './sender-check.js';

/** What the proofs of one route are judged by. */
export interface ProofRules {
  /** Whether tokens that are not bound are refused. */
  readonly isRequired: boolean;
  readonly algorithms: ReadonlySet<string>;
  readonly htu: ExpectedHtu;
  /** How far `iat` may be away, before and behind. */
  readonly maxAgeSeconds: number;
  readonly now: Clock;
  /** Shared by all routes. */
  readonly headers: ProofHeaders;
  /** Shared by all routes. */
  readonly claims: ClaimGate;
  /** Absent where no nonce is demanded. Shared by all routes. */
  readonly nonces: ProofNonces | undefined;
}

/** A proof whose claims are good, as far as they can be told without its signature. */
interface JudgedProof extends ReadProof {
  readonly jti: string;
  readonly iat: number;
}

/** 9999-12-31T23:59:59Z: what is later is not the time of any clock. */
const latestTime = 253_402_300_799;

/** RFC 9449 §11.1 asks for 96 bits; what is longer than this is not an identifier. */
const maxJtiLength = 256;

const methods: ReadonlySet<ConfirmationMethod> = new Set(['jkt']);

/**
 * Checks that whoever sends a bound token has its key (RFC 9449 §4.3, §7).
 *
 * Checks, in this order: that the scheme fits the token; one DPoP header; its form; key; claims (`jti`, `htm`, `htu`, `iat`, `ath`); that
 * the token is bound to this very key; the signature; the nonce, where one is demanded; and, when all else is good, that the proof
 * was not used before.
 * Does not check: the token.
 */
export class DpopCheck implements SenderCheck {
  readonly methods = methods;
  readonly #rules: ProofRules;
  /** Of tokens that are remembered. */
  readonly #hashes = new WeakMap<SentToken['token'], string>();

  constructor(rules: ProofRules) {
    this.#rules = rules;
  }

  check({ head, scheme, token }: SentToken): SenderOutcome | Promise<SenderOutcome> {
    const jkt = token.confirmation?.jkt;
    if (scheme === 'bearer') return this.#judgeBearer(jkt);
    if (jkt === undefined) return reject('unbound_token', 'cnf');
    const text = readProofHeader(head);
    if (typeof text !== 'string') return text;
    const { headers, algorithms, htu } = this.#rules;
    const read = headers.read(text, algorithms);
    if (read.kind !== 'read') return read;
    const url = htu.of(head.target);
    const proof = this.#judgeClaims(read, head.method, url, token);
    if (proof.kind !== 'read') return proof;
    if (proof.key.thumbprint !== jkt) return reject('wrong_sender', 'cnf', { actual: 'another key' });
    const signer = verify(proof);
    return signer instanceof Promise
      ? signer.then((found) => this.#afterSignature(found, proof, url ?? ''))
      : this.#afterSignature(signer, proof, url ?? '');
  }

  /** RFC 9449 §7.2: a bound token is not a bearer token. */
  #judgeBearer(jkt: string | undefined): SenderOutcome {
    if (jkt !== undefined) return reject('bound_token_as_bearer', 'cnf');
    return this.#rules.isRequired ? reject('unbound_token', 'cnf') : proven;
  }

  #judgeClaims(
    read: ReadProof,
    method: string,
    url: string | undefined,
    token: SentToken['token'],
  ): JudgedProof | RejectedProof {
    const { jti, htm, htu, iat, ath } = read.claims;
    if (typeof jti !== 'string' || jti === '' || jti.length > maxJtiLength) {
      return rejectProof('invalid_proof', 'jti', { expected: `1 to ${maxJtiLength} characters` });
    }
    if (htm !== method) {
      return rejectProof('invalid_proof', 'htm', { expected: showHttpMethod(method), actual: htm });
    }
    if (typeof htu !== 'string' || url === undefined || !matchesHtu(htu, url)) {
      return { ...rejectProof('invalid_proof', 'htu', { expected: url, actual: htu }), hint: htuHint };
    }
    if (typeof iat !== 'number' || !(iat >= 0 && iat <= latestTime)) {
      return rejectProof('invalid_proof', 'iat', { actual: iat });
    }
    const hash = this.#hashOf(token);
    if (ath !== hash) return rejectProof('invalid_proof', 'ath');
    const { maxAgeSeconds, now, nonces } = this.#rules;
    const distance = Math.abs(now() / 1000 - iat);
    // A nonce that is fresh is better than a clock. Written so that a clock that is not a number accepts nothing
    const isTimely = distance <= maxAgeSeconds;
    if (!isTimely && nonces === undefined) return rejectTime(iat, now(), maxAgeSeconds);
    const { text, key, claims, isKnown } = read;
    // Member by member: objects that are spread into one another take several times as long
    return { kind: 'read', text, key, claims, isKnown, jti, iat };
  }

  #afterSignature(
    signer: PublicJwk | undefined,
    proof: JudgedProof,
    url: string,
  ): SenderOutcome | Promise<SenderOutcome> {
    if (signer === undefined) return rejectProof('invalid_proof', 'signature');
    const { nonces, maxAgeSeconds } = this.#rules;
    if (nonces === undefined) {
      return this.#claim(proof, url, { expiresAt: (proof.iat + maxAgeSeconds + 1) * 1000 });
    }
    const verdict = nonces.check(proof.claims.nonce, proof.key.thumbprint);
    return verdict instanceof Promise
      ? verdict.then((settled) => this.#afterNonce(settled, proof, url, nonces))
      : this.#afterNonce(verdict, proof, url, nonces);
  }

  /** A fresh nonce says when the proof was made, no matter what the clock of the client says (RFC 9449 §11.1). */
  #afterNonce(
    verdict: NonceVerdict,
    proof: JudgedProof,
    url: string,
    nonces: ProofNonces,
  ): SenderOutcome | Promise<SenderOutcome> {
    const { thumbprint } = proof.key;
    if (verdict.kind !== 'fresh') return this.#askForNonce(thumbprint, nonces);
    const { until, isOld, era } = verdict;
    const outcome = this.#claim(proof, url, { expiresAt: until, era });
    return isOld ? this.#renewNonce(outcome, thumbprint, nonces) : outcome;
  }

  /** After the claim, whose answer has told of the era: nothing is waited for twice. */
  async #renewNonce(
    pending: SenderOutcome | Promise<SenderOutcome>,
    thumbprint: string,
    nonces: ProofNonces,
  ): Promise<SenderOutcome> {
    const outcome = await pending;
    if (outcome.kind !== 'proven') return outcome;
    return { kind: 'proven', nonce: await this.#makeNonce(thumbprint, nonces) };
  }

  async #askForNonce(thumbprint: string, nonces: ProofNonces): Promise<SenderOutcome> {
    const nonce = await this.#makeNonce(thumbprint, nonces);
    return { ...rejectProof('use_dpop_nonce', 'nonce'), nonce };
  }

  async #makeNonce(thumbprint: string, nonces: ProofNonces): Promise<string> {
    return nonces.make(thumbprint, await this.#rules.claims.era(thumbprint));
  }

  #claim(
    proof: JudgedProof,
    url: string,
    made: Pick<Claim, 'expiresAt' | 'era'>,
  ): SenderOutcome | Promise<SenderOutcome> {
    const { thumbprint: holder } = proof.key;
    const id = digestOf(`${holder} ${url} ${proof.jti}`);
    const outcome = this.#rules.claims.claim({ holder, id, ...made });
    return outcome instanceof Promise
      ? outcome.then((settled) => this.#afterClaim(settled, proof))
      : this.#afterClaim(outcome, proof);
  }

  /** Whoever used a proof that the store has forgotten had a nonce from before, and so has who did not: a new one tells them apart. */
  #afterClaim(outcome: ClaimOutcome | 'failed', proof: JudgedProof): SenderOutcome | Promise<SenderOutcome> {
    const { headers, nonces } = this.#rules;
    if (outcome === 'claimed') headers.keep(proof);
    if (outcome !== 'forgotten' || nonces === undefined) return toOutcome(outcome);
    return this.#askForNonce(proof.key.thumbprint, nonces);
  }

  #hashOf(token: SentToken['token']): string {
    let hash = this.#hashes.get(token);
    if (hash === undefined) {
      hash = digestOf(token.token);
      this.#hashes.set(token, hash);
    }
    return hash;
  }
}

const htuHint =
  'htu is compared with the origin of the resource and the path of the request. Where a proxy changes the path, write the URL that clients use: dpop: { publicUrl }.';

const clockHint =
  'The clock of the client is ahead of that of this server, or the latter is behind. With proofs: { nonceSecrets } it makes no difference.';

function verify({ text, key }: ReadProof): PublicJwk | undefined | Promise<PublicJwk | undefined> {
  return findSigner(text, [key.jwk], key.alg);
}

function rejectTime(iat: number, now: number, maxAgeSeconds: number): RejectedProof {
  const seconds = Math.floor(now / 1000);
  const expected = `within ${maxAgeSeconds} s of ${seconds}`;
  return iat < seconds
    ? rejectProof('proof_expired', 'iat', { expected, actual: iat })
    : { ...rejectProof('proof_from_future', 'iat', { expected, actual: iat }), hint: clockHint };
}

/** Seconds until there is room again, or somebody to ask. */
const retryAfterSeconds = { holder: 60, full: 5, failed: 5 };

function toOutcome(outcome: ClaimOutcome | 'failed'): SenderOutcome {
  switch (outcome) {
    case 'claimed':
      return proven;
    case 'known':
      return rejectProof('replayed_proof', 'jti');
    case 'holder-full':
      return { ...rejectProof('too_many_proofs'), retryAfterSeconds: retryAfterSeconds.holder };
    case 'full':
      return { ...rejectProof('proofs_unavailable'), retryAfterSeconds: retryAfterSeconds.full };
    case 'failed':
    case 'forgotten':
      return { ...rejectProof('proofs_unavailable'), retryAfterSeconds: retryAfterSeconds.failed };
  }
}

/** How long a claim may have to be kept, in milliseconds. */
export function longestClaimMs(maxAgeSeconds: number): number {
  return Math.max(2 * maxAgeSeconds * 1000 + 1000, nonceLifetimeMs + 60_000);
}

import { selectKeys } from '../keys/key-source.js';
import { readPublicJwk } from '../keys/public-jwk.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import { OldestFirst } from '../cache/oldest-first.js';
import type { RequestHead } from '../http/request-head.js';
import { normalizeType } from '../token/algorithms.js';
import { parseClaims, parseJwt } from '../verifier/jwt-syntax.js';
import { thumbprintOf } from './digests.js';
import { rejectProof } from './reject-proof.js';
import type { RejectedProof } from './sender-check.js';

/** A proof that can be read, with a key that may have signed it. Nobody has looked at the signature yet. */
export interface ReadProof {
  readonly kind: 'read';
  readonly text: string;
  readonly key: ProofKey;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Whether its header is one that was good before. */
  readonly isKnown: boolean;
}

/** What the header of a proof says. */
export interface ProofKey {
  readonly alg: string;
  readonly jwk: PublicJwk;
  /** RFC 7638. */
  readonly thumbprint: string;
}

/** Proofs of the largest RSA keys take 4 KiB. */
const maxProofBytes = 8192;

/** The header of an RSA key of 4096 bits has 1,100 characters. One client may write as many headers as it likes, and fill them with anything. */
const maxKeptLength = 2048;

const encoder = new TextEncoder();
const utf8 = new TextDecoder();

/**
 * The DPoP header of a request.
 *
 * Checks: one header, with one value (RFC 9449 §4.3, first check); its length.
 */
export function readProofHeader(head: RequestHead): string | RejectedProof {
  const value = head.header('dpop');
  if (value === undefined) return rejectProof('missing_proof');
  // Node and Fetch join repeated headers with a comma, which no compact JWS holds
  if (value.includes(',') || isRepeated(head.rawHeaders)) return rejectProof('repeated_proof');
  return value.length > maxProofBytes
    ? rejectProof('invalid_proof', 'size', { expected: maxProofBytes, actual: value.length })
    : value;
}

function isRepeated(rawHeaders: readonly string[] | undefined): boolean {
  if (rawHeaders === undefined) return false;
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'dpop') seen++;
  }
  return seen > 1;
}

/** Headers that were read before: a client has one, and sends it with each of its proofs. */
export class ProofHeaders {
  readonly #known = new OldestFirst<string, ProofKey>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /**
   * Reads a proof as far as its key.
   *
   * Checks: a compact JWS with JSON objects in it; `typ`; `alg`, asymmetric and accepted; `jwk`, a public key that is sound and fits
   * `alg`; no `crit` (RFC 9449 §4.3, checks 2, 4, 5 and 7; RFC 7515 §4.1.11).
   * Does not check: the signature, and what the claims say.
   */
  read(text: string, algorithms: ReadonlySet<string>): ReadProof | RejectedProof {
    const known = this.#known.get(headerOf(text));
    if (known !== undefined && algorithms.has(known.alg)) return readKnown(text, known);
    const jwt = parseJwt(text);
    if (jwt.kind === 'unreadable') return rejectProof('invalid_proof', 'format');
    const key = readProofKey(jwt.header, algorithms);
    return 'kind' in key ? key : { kind: 'read', text, key, claims: jwt.claims, isKnown: false };
  }

  /** Keeps the header of a proof that was accepted, to the last check: no other may push one out. */
  keep({ text, key, isKnown }: ReadProof): void {
    const header = headerOf(text);
    if (isKnown || header.length > maxKeptLength) return;
    // Engines cut a string out of another and keep both
    this.#known.add(utf8.decode(encoder.encode(header)), key);
    const oldest = this.#known.size > this.#maxEntries ? this.#known.oldest() : undefined;
    if (oldest !== undefined) this.#known.delete(oldest.key);
  }
}

/** The rest of a proof whose header is one in every character that was good before. */
function readKnown(text: string, key: ProofKey): ReadProof | RejectedProof {
  const begin = text.indexOf('.') + 1;
  const end = text.indexOf('.', begin);
  const claims = end === -1 ? undefined : parseClaims(text.slice(begin, end), text.slice(end + 1));
  return claims === undefined
    ? rejectProof('invalid_proof', 'format')
    : { kind: 'read', text, key, claims, isKnown: true };
}

function headerOf(text: string): string {
  return text.slice(0, text.indexOf('.'));
}

function readProofKey(
  header: Readonly<Record<string, unknown>>,
  algorithms: ReadonlySet<string>,
): ProofKey | RejectedProof {
  const { typ, alg } = header;
  if (typeof typ !== 'string' || normalizeType(typ) !== 'dpop+jwt') {
    return rejectProof('invalid_proof', 'typ', { expected: 'dpop+jwt', actual: typ });
  }
  if (typeof alg !== 'string' || !algorithms.has(alg)) {
    return rejectProof('invalid_proof', 'alg', { expected: [...algorithms], actual: alg });
  }
  if (Object.hasOwn(header, 'crit')) return rejectProof('invalid_proof', 'crit');
  const jwk = readPublicJwk(header.jwk);
  if (typeof jwk === 'string') return rejectProof('invalid_proof', 'jwk', { actual: jwk });
  if (selectKeys([jwk], { kid: undefined, alg }).length === 0) {
    return rejectProof('invalid_proof', 'jwk', { expected: `a key for ${alg}`, actual: jwk.crv ?? jwk.kty });
  }
  return { alg, jwk, thumbprint: thumbprintOf(jwk) };
}

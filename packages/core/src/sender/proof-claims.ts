import type { Clock } from '../net/environment.js';
import type { Claim, ClaimOutcome, ClaimStore } from '../stores/claim-store.js';
import { ClaimTable } from './claim-table.js';
import { TimeSpans } from './time-spans.js';

/** What claims may take. */
export interface ClaimBounds {
  /** Live claims of one holder. At most 65535. */
  readonly maxPerHolder: number;
  /** Live claims of all holders together. */
  readonly maxEntries: number;
  /** The longest time that a claim may be kept for. */
  readonly longestMs: number;
}

/** Stretches of time that a claim lives through at most, less two. All that expire in one of them do so together. */
const stretches = 8;
/** Places for counts: of as many stretches as there can be claims of at a time. */
const places = stretches + 2;
/** Each part grows by itself, so that no claim waits until everything has moved. */
const parts = 256;

/** Digest of the identifier, and when it expires. */
const idKey = 3;
const idWidth = idKey + 1;
/** Digest of the holder, the last stretch it was counted in, and two counts in each number. */
const holderKey = 3;
const epochAt = holderKey;
const countsAt = holderKey + 1;
const holderWidth = countsAt + places / 2;

/**
 * Keeps claims in the memory of this process: some sixty to a hundred bytes for each, at the same cost no matter how many there are,
 * without a timer. A claim is kept until its time is over and for one stretch more, never for less.
 *
 * How long that is, a clock tells that nobody sets: one that is set forward and back again would have claims forgotten whose proofs are
 * accepted once more. Where the clock of proofs comes to times again of which claims were forgotten, nobody can tell what was used, and
 * nothing passes.
 */
export class ProofClaims implements ClaimStore {
  readonly #bounds: ClaimBounds;
  readonly #now: Clock;
  readonly #elapsed: Clock;
  readonly #onTurnedBack: (ms: number) => void;
  readonly #stretchMs: number;
  readonly #ids: (ClaimTable | undefined)[] = [];
  readonly #holders: (ClaimTable | undefined)[] = [];
  /** Of all claims, by stretch. */
  readonly #counts = new Float64Array(places);
  /** When they end, by the clock of proofs. */
  readonly #ends = Array.from({ length: places }, () => new TimeSpans());
  /** When those end that were forgotten. */
  readonly #forgotten = new TimeSpans();
  #total = 0;
  #current = 0;

  /**
   * @param now - what the times of claims are told by
   * @param elapsed - milliseconds since any moment, by a clock that nobody sets
   * @param onTurnedBack - called where nothing passes for this many milliseconds more, because the clock was set back
   */
  constructor(
    bounds: ClaimBounds,
    now: Clock,
    elapsed: Clock = now,
    onTurnedBack: (ms: number) => void = () => undefined,
  ) {
    this.#bounds = bounds;
    this.#now = now;
    this.#elapsed = elapsed;
    this.#onTurnedBack = onTurnedBack;
    this.#stretchMs = Math.ceil(bounds.longestMs / stretches);
  }

  /** Claims that are kept. */
  get size(): number {
    this.#advance();
    return this.#total;
  }

  /** Memory that the tables take. */
  get bytes(): number {
    return [...this.#ids, ...this.#holders].reduce((sum, table) => sum + (table?.bytes ?? 0), 0);
  }

  claim({ holder, id, expiresAt }: Claim): ClaimOutcome {
    const elapsed = this.#advance();
    const stretch = Math.floor((elapsed + Math.max(0, expiresAt - this.#now())) / this.#stretchMs);
    // One that could not be kept for long enough is not kept at all
    if (!(stretch < this.#current + places)) return 'full';
    readDigest(id, idDigest);
    const ids = this.#tableOf(this.#ids, idDigest, this.#createIds);
    if (ids.find(idDigest) !== -1) return 'known';
    const unknownUntil = this.#forgotten.endOf(expiresAt);
    if (unknownUntil !== undefined) {
      this.#onTurnedBack(unknownUntil - expiresAt);
      return 'full';
    }
    readDigest(holder, holderDigest);
    const holders = this.#tableOf(this.#holders, holderDigest, this.#createHolders);
    const found = holders.find(holderDigest);
    if (found !== -1 && this.#countOf(holders.rows, found) >= this.#bounds.maxPerHolder) return 'holder-full';
    if (this.#total >= this.#bounds.maxEntries) return 'full';
    const at = found === -1 ? holders.add(holderDigest) : found;
    const place = Math.max(stretch, this.#current) % places;
    holders.rows[at + epochAt] = this.#current;
    addCount(holders.rows, at, place);
    const entry = ids.add(idDigest);
    ids.rows[entry + idKey] = Math.max(stretch, this.#current);
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#ends[place]?.add(expiresAt, this.#stretchMs);
    this.#total++;
    return 'claimed';
  }

  #tableOf(tables: (ClaimTable | undefined)[], digest: Uint32Array, create: () => ClaimTable): ClaimTable {
    const part = (digest[0] ?? 0) % parts;
    return (tables[part] ??= create());
  }

  readonly #createIds = () =>
    new ClaimTable(idWidth, idKey, (rows, at) => (rows[at + idKey] ?? 0) < this.#current);

  readonly #createHolders = () =>
    new ClaimTable(holderWidth, holderKey, (rows, at) => (rows[at + epochAt] ?? 0) + places <= this.#current);

  /** Forgets what expired since, and tells the time that has passed. A clock that goes back brings nothing back. */
  #advance(): number {
    const elapsed = this.#elapsed();
    const stretch = Math.floor(elapsed / this.#stretchMs);
    if (!(stretch > this.#current)) return elapsed;
    const gone = Math.min(stretch - this.#current, places);
    for (let index = 0; index < gone; index++) {
      const place = (this.#current + index) % places;
      this.#total -= this.#counts[place] ?? 0;
      this.#counts[place] = 0;
      const ends = this.#ends[place];
      if (ends !== undefined) this.#forgotten.addAll(ends);
      ends?.clear();
    }
    this.#current = stretch;
    return elapsed;
  }

  /** The live claims of a holder; counts of stretches that are over since it was last counted are dropped. */
  #countOf(rows: Uint32Array, at: number): number {
    const epoch = rows[at + epochAt] ?? 0;
    const gone = Math.min(this.#current - epoch, places);
    for (let index = 0; index < gone; index++) clearCount(rows, at, (epoch + index) % places);
    rows[at + epochAt] = this.#current;
    let sum = 0;
    for (let index = 0; index < places / 2; index++) {
      const two = rows[at + countsAt + index] ?? 0;
      sum += (two & 0xffff) + (two >>> 16);
    }
    return sum;
  }
}

function addCount(rows: Uint32Array, at: number, place: number): void {
  const index = at + countsAt + (place >>> 1);
  rows[index] = (rows[index] ?? 0) + (place & 1 ? 0x10000 : 1);
}

function clearCount(rows: Uint32Array, at: number, place: number): void {
  const index = at + countsAt + (place >>> 1);
  rows[index] = (rows[index] ?? 0) & (place & 1 ? 0xffff : 0xffff0000);
}

/** Used again by the next claim: nothing waits in between. */
const idDigest = new Uint32Array(idKey);
const holderDigest = new Uint32Array(holderKey);

/** The first 96 bits of a digest. Characters of base64url hold six each. */
function readDigest(text: string, into: Uint32Array): void {
  for (let word = 0; word < into.length; word++) {
    let value = 0;
    for (let index = 0; index < 6; index++)
      value = Math.imul(value, 64) + sextet(text.charCodeAt(word * 6 + index));
    into[word] = value >>> 0;
  }
}

/** A number from 0 to 63 for each character of base64url. */
function sextet(code: number): number {
  if (code >= 97) return code - 71;
  if (code >= 65 && code !== 95) return code - 65;
  if (code >= 48 && code <= 57) return code + 4;
  return code === 45 ? 62 : 63;
}

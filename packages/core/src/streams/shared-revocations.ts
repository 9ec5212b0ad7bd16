import { mayShareCalls } from '../net/fetch-json.js';
import { encodeBase64url } from '../secrets/base64url.js';
import { Keyring } from '../secrets/keyring.js';
import { Sealer } from '../secrets/sealer.js';
import type { RevocationPage, RevocationStore, SharedRevocation } from '../stores/revocation-store.js';
import type { StoreGuard } from '../stores/store-guard.js';
import { FirstRead } from './first-read.js';
import type { Revocation } from './revocation-list.js';
import { formatRevocation, parseRevocation } from './revocation-text.js';

/** So long, at most, does a revocation take to the other processes while the store answers. */
const readEveryMs = 250;
/** A list that lost its end, and has got another since, looks as if it had only grown: reading all of it shows what is missing. */
const readAllEveryMs = 60_000;

/** Whoever can write to the store must not keep a process busy. */
const maxPages = 1000;
const maxEntryLength = 65_536;

const unread =
  'stores.revocations is written and not read on this platform, which lets no work run between requests: revoke() reaches other processes, and theirs do not reach this one.';

/** What entries are sealed for. A change of their form needs a new number. */
const place = 'mcp-auth revocation 1';

export interface SharedRevocationsOptions {
  readonly store: RevocationStore;
  readonly guard: StoreGuard;
  readonly keyring: Keyring;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Most revocations in force. */
  readonly maxEntries: number;
  /** How long after it was made nobody needs a revocation any more. */
  readonly lifetimeSecondsOf: (issuer: string) => number;
  /** Takes in one that another process has made. @throws {MCPAuthRevocationError} where it cannot be kept */
  readonly add: (revocation: Revocation, madeAt: number) => void;
  /** Called after some were taken in. */
  readonly onAdded: () => void;
  readonly warn: (message: string) => void;
}

interface Known extends SharedRevocation {
  isShared: boolean;
}

/**
 * Revocations of this process that others are to hear of, and theirs. The list in the store is the truth, and there are no messages that
 * could be lost: every process reads on from where it was, four times a second, and all of it once a minute.
 *
 * A revocation that cannot be added is added when the store answers again. Where the list is gone or begins anew, each process adds
 * what it knows. What was not sealed with a secret of the configuration revokes nothing.
 */
export class SharedRevocations {
  readonly #options: SharedRevocationsOptions;
  readonly #sealer: Sealer;
  readonly #known = new Map<string, Known>();
  readonly #texts = new Set<string>();
  /** Entries of the list since its beginning, while that is read. */
  #sinceStart: Set<string> | undefined;
  #readAllAt = -Infinity;
  #names: Promise<Keyring> | undefined;
  #cursor: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<void> | undefined;
  readonly #firstRead = new FirstRead();
  #isClosed = false;

  constructor(options: SharedRevocationsOptions) {
    this.#options = options;
    this.#sealer = new Sealer(options.keyring, 'mcp-auth stores: seal revocations');
  }

  /** Begins to read, and goes on until the end. */
  start(): void {
    if (mayShareCalls()) {
      this.#firstRead.begin();
      void this.#takeTurns();
    } else this.#options.warn(unread);
  }

  /** What tokens wait for in a process that has just started. */
  get pending(): Promise<void> | undefined {
    return this.#firstRead.pending;
  }

  /** Resolves when the list was read once; after two seconds in any case, and then the owner hears of it. */
  async ready(): Promise<void> {
    if (this.#turn === undefined || (await this.#firstRead.inTime())) return;
    this.#options.warn(
      'stores.revocations could not be read before ready() resolved: what other processes have revoked passes here until the store answers.',
    );
  }

  /** Tells the others; false where they will hear of it later. */
  async publish(revocation: Revocation): Promise<boolean> {
    const madeAt = this.#options.now();
    const known = await this.#describe(revocation, madeAt);
    this.#remember(known);
    return this.#deliver(known);
  }

  /** Tries once more to tell what was not told, and ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#firstRead.end();
    clearTimeout(this.#timer);
    await this.#turn;
    await this.#deliverAll();
  }

  async #takeTurns(): Promise<void> {
    this.#turn = this.#read()
      .then(() => this.#firstRead.end())
      .then(() => this.#deliverAll())
      // What is wrong with the store, its guard has told
      .catch(() => undefined);
    await this.#turn;
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#takeTurns(), readEveryMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  async #read(): Promise<void> {
    const { guard, store, now } = this.#options;
    const sinceAll = now() - this.#readAllAt;
    // Also where the clock was set back
    if (this.#sinceStart === undefined && !(sinceAll >= 0 && sinceAll < readAllEveryMs)) {
      this.#cursor = undefined;
    }
    for (let pages = 0, hasMore = true; hasMore && pages < maxPages && !this.#isClosed; pages++) {
      const page = await guard.run('read', () => store.read(this.#cursor), readPage);
      if (page.isFromStart) this.#sinceStart = new Set();
      if (!(await this.#takeIn(page.entries))) return;
      this.#cursor = page.cursor;
      hasMore = page.hasMore;
    }
    if (this.#sinceStart === undefined) return;
    this.#readAllAt = now();
    for (const known of this.#known.values()) {
      // Added again where nobody has said that it is there: that shows that the store takes it
      known.isShared &&= this.#sinceStart.has(known.entry);
      known.isShared ||= known.expiresAt <= this.#readAllAt;
    }
    this.#sinceStart = undefined;
  }

  /** Whether all of them were taken in; those that were not are read again. */
  async #takeIn(entries: readonly string[]): Promise<boolean> {
    let added = 0;
    try {
      for (const entry of entries) {
        this.#sinceStart?.add(entry);
        if (!this.#texts.has(entry) && (await this.#takeInOne(entry))) added++;
      }
      return true;
    } catch {
      this.#options.warn(
        'Revocations of other processes cannot be kept here, because the list is full: raise revocations.maxEntries, the same in all processes. Tokens that they revoke still pass here.',
      );
      return false;
    } finally {
      if (added > 0) this.#options.onAdded();
    }
  }

  async #takeInOne(entry: string): Promise<boolean> {
    const text = entry.length > maxEntryLength ? undefined : await this.#sealer.open(entry, place);
    const found = text === undefined ? undefined : parseRevocation(text);
    if (found === undefined) {
      this.#options.warn(
        'stores.revocations holds an entry that none of stores.secrets has sealed: it is ignored. If processes have different secrets, give all of them the same list; else find out who else writes to the store.',
      );
      return false;
    }
    const { revocation, madeAt } = found;
    this.#options.add(revocation, madeAt);
    this.#remember({ ...(await this.#describe(revocation, madeAt, entry)), isShared: true });
    return true;
  }

  async #deliverAll(): Promise<void> {
    for (const known of [...this.#known.values()]) {
      if (!known.isShared && !(await this.#deliver(known))) return;
    }
  }

  async #deliver(known: Known): Promise<boolean> {
    const { guard, store } = this.#options;
    const { name, entry, order, expiresAt } = known;
    try {
      await guard.run(
        'add',
        () => store.add({ name, entry, order, expiresAt }),
        () => undefined,
        this.#isClosed,
      );
      known.isShared = true;
      return true;
    } catch {
      return false;
    }
  }

  /** Bounded as the list of this process is, which holds one of each name too. */
  #remember(known: Known): void {
    const former = this.#known.get(known.name);
    if (former !== undefined) {
      if (former.order >= known.order) return;
      this.#texts.delete(former.entry);
    }
    this.#known.set(known.name, known);
    this.#texts.add(known.entry);
    if (this.#known.size <= this.#options.maxEntries) return;
    const now = this.#options.now();
    for (const { name, entry, expiresAt } of this.#known.values()) {
      if (expiresAt > now) continue;
      this.#known.delete(name);
      this.#texts.delete(entry);
    }
  }

  async #describe(revocation: Revocation, madeAt: number, sealed?: string): Promise<Known> {
    const { issuer, by, value, issuedUpTo } = revocation;
    const names = await (this.#names ??= this.#deriveNames());
    const name = encodeBase64url(await names.sign(JSON.stringify([issuer, by, value])));
    const entry = sealed ?? (await this.#sealer.seal(formatRevocation({ revocation, madeAt }), place));
    const expiresAt = Math.max(madeAt, issuedUpTo * 1000) + this.#options.lifetimeSecondsOf(issuer) * 1000;
    return { name, entry, order: issuedUpTo, expiresAt, isShared: false };
  }

  async #deriveNames(): Promise<Keyring> {
    const [key] = await this.#options.keyring.derive('mcp-auth stores: name revocations');
    return new Keyring([() => key ?? new Uint8Array()]);
  }
}

function readPage(page: unknown): RevocationPage {
  const { entries, cursor, isFromStart, hasMore } = Object(page) as Partial<RevocationPage>;
  if (
    !Array.isArray(entries) ||
    !entries.every((entry) => typeof entry === 'string') ||
    (cursor !== undefined && typeof cursor !== 'string') ||
    typeof isFromStart !== 'boolean' ||
    typeof hasMore !== 'boolean'
  ) {
    throw new Error('what it returned cannot be a page of revocations');
  }
  return { entries, cursor, isFromStart, hasMore };
}

import type { AnswerAccess } from '../net/environment.js';
import { encodeBase64url } from '../secrets/base64url.js';
import { Keyring } from '../secrets/keyring.js';
import { Sealer } from '../secrets/sealer.js';

/** Of the sealed form. Processes of different releases share a store, so a change of the form needs a new number. */
const version = 1;

/** Whose answers they are. */
export interface AnswerPlace {
  readonly issuer: string;
  readonly clientId: string | undefined;
}

/**
 * Answers in a store that processes share. No matter what the store does, and however long it takes, the caller goes on.
 *
 * An entry is found under a keyed hash of issuer, endpoint, client and token, and sealed for this hash, the issuer, the client and the
 * resource: it cannot be moved to another of them. Each of several secrets has its own hash, so that entries are found while secrets
 * change.
 */
export class SharedAnswers {
  readonly #access: AnswerAccess;
  readonly #place: AnswerPlace;
  readonly #sealer: Sealer;
  /** Under way, by their keys. */
  readonly #writes = new Map<string, Promise<void>>();
  #names: Promise<readonly Keyring[]> | undefined;

  constructor(access: AnswerAccess, place: AnswerPlace) {
    this.#access = access;
    this.#place = place;
    this.#sealer = new Sealer(access.keyring, 'mcp-auth stores: seal answers');
  }

  /** @param key - a digest of issuer, endpoint, client and token */
  async get(key: string): Promise<string | undefined> {
    const { guard, store } = this.#access;
    const names = await this.#nameAll(key);
    // At the same time: nobody waits twice because secrets change
    const found = await Promise.all(
      names.map((name) => guard.run('get', () => store.get(name), readText).catch(() => undefined)),
    );
    for (const [index, sealed] of found.entries()) {
      if (sealed === undefined) continue;
      const text = await this.#sealer.open(sealed, this.#describe(names[index] ?? ''));
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Never rejects. */
  set(key: string, text: string, ttlSeconds: number): Promise<void> {
    return this.#write(key, async () => {
      const [name = ''] = await this.#nameAll(key);
      const sealed = await this.#sealer.seal(text, this.#describe(name));
      await this.#access.guard.run('set', () => this.#access.store.set(name, sealed, ttlSeconds), ignore);
    });
  }

  /** Never rejects. */
  delete(key: string): Promise<void> {
    const { guard, store } = this.#access;
    return this.#write(key, async () => {
      const names = await this.#nameAll(key);
      await Promise.all(names.map((name) => guard.run('delete', () => store.delete(name), ignore)));
    });
  }

  /** One after the other: what was forgotten must not be overtaken by what was kept before. */
  #write(key: string, act: () => Promise<void>): Promise<void> {
    const before = this.#writes.get(key) ?? Promise.resolve();
    // What is wrong with the store, its guard has told
    const written = before
      .then(act)
      .catch(ignore)
      .finally(() => {
        if (this.#writes.get(key) === written) this.#writes.delete(key);
      });
    this.#writes.set(key, written);
    return written;
  }

  async #nameAll(key: string): Promise<readonly string[]> {
    this.#names ??= this.#access.keyring
      .derive('mcp-auth stores: name answers')
      .then((keys) => keys.map((bytes) => new Keyring([() => bytes])));
    return Promise.all((await this.#names).map(async (names) => encodeBase64url(await names.sign(key))));
  }

  #describe(name: string): string {
    const { issuer, clientId } = this.#place;
    return JSON.stringify([version, name, issuer, clientId ?? null, this.#access.resource ?? null]);
  }
}

/** An answer has 64 KiB at most; JSON and its sealed form make it larger. */
const maxTextLength = 12 * 64 * 1024;

function readText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value.length > maxTextLength)
    throw new Error('what it returned cannot be an entry');
  return value;
}

function ignore(): void {}

import { withDefaults } from '../config/check-options.js';
import { type StoreOptions, storeMembers } from '../config/stores.js';
import type { StoreName } from '../events/store-event.js';
import type { AnswerAccess, ServerEnvironment } from '../net/environment.js';
import { Keyring } from '../secrets/keyring.js';
import { readSecrets } from '../secrets/read-secrets.js';
import { StoreGuard } from '../stores/store-guard.js';
import { SharedRevocations, type SharedRevocationsOptions } from '../streams/shared-revocations.js';

/** The stores of one configuration, each behind its guard. */
export class SharedStores {
  readonly #options: StoreOptions;
  readonly #environment: Pick<ServerEnvironment, 'now' | 'events'>;
  readonly #keyring: Keyring;
  readonly #timeoutMs: number;

  /** @param options - were checked */
  constructor(options: StoreOptions, environment: Pick<ServerEnvironment, 'now' | 'events'>) {
    this.#options = options;
    this.#environment = environment;
    // Copied, as all lists are: what their owner changes later was never checked
    this.#keyring = new Keyring(readSecrets([...options.secrets]));
    this.#timeoutMs = withDefaults(options, storeMembers).timeoutMs;
  }

  get answers(): AnswerAccess | undefined {
    const { answers: store } = this.#options;
    return store && { store, guard: this.#createGuard('answers'), keyring: this.#keyring };
  }

  createRevocations(
    rest: Omit<SharedRevocationsOptions, 'store' | 'guard' | 'keyring' | 'now' | 'warn'>,
  ): SharedRevocations | undefined {
    const { revocations: store } = this.#options;
    if (store === undefined) return undefined;
    const { now, events } = this.#environment;
    const guard = this.#createGuard('revocations');
    const warn = (message: string) => events.warn(message);
    return new SharedRevocations({ ...rest, store, guard, keyring: this.#keyring, now, warn });
  }

  #createGuard(store: StoreName): StoreGuard {
    return new StoreGuard({
      store,
      whenUnavailable: 'local',
      timeoutMs: this.#timeoutMs,
      ...this.#environment,
    });
  }
}

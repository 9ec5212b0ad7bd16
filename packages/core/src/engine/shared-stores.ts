import { withDefaults } from '../config/check-options.js';
import { type StoreOptions, storeMembers } from '../config/stores.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { StoreName } from '../events/store-event.js';
import type { AnswerAccess, ServerEnvironment } from '../net/environment.js';
import { Keyring } from '../secrets/keyring.js';
import { readSecrets } from '../secrets/read-secrets.js';
import type { ClaimStore } from '../stores/claim-store.js';
import { GuardedClaims } from '../stores/guarded-claims.js';
import { StoreGuard, type WhenUnavailable } from '../stores/store-guard.js';
import { SharedRevocations, type SharedRevocationsOptions } from '../streams/shared-revocations.js';

/** The stores of one configuration, each behind its guard. */
export class SharedStores {
  readonly #options: StoreOptions;
  readonly #environment: Pick<ServerEnvironment, 'now' | 'events'>;
  /** Of all processes that share the stores. */
  readonly secrets: ReturnType<typeof readSecrets>;
  /** What stands while the store of claims does not answer; `undefined` where there is none. */
  readonly whenClaimsUnavailable: WhenUnavailable | undefined;
  readonly #keyring: Keyring;
  readonly #timeoutMs: number;

  /**
   * @param options - were checked, each by itself
   * @throws {MCPAuthConfigError} `unsupported_option` for a choice about a store that is not there
   */
  constructor(options: StoreOptions, environment: Pick<ServerEnvironment, 'now' | 'events'>) {
    if (options.claims === undefined && options.whenClaimsUnavailable !== undefined) {
      throw new MCPAuthConfigError(
        'unsupported_option',
        'stores.whenClaimsUnavailable',
        'is about the store of claims, and there is none. Write stores: { claims } as well, or leave it out.',
      );
    }
    this.#options = options;
    this.#environment = environment;
    // Copied, as all lists are: what their owner changes later was never checked
    this.secrets = readSecrets([...options.secrets]);
    this.#keyring = new Keyring(this.secrets);
    const { claims, whenClaimsUnavailable, timeoutMs } = withDefaults(options, storeMembers);
    this.whenClaimsUnavailable = claims && whenClaimsUnavailable;
    this.#timeoutMs = timeoutMs;
  }

  get answers(): AnswerAccess | undefined {
    const { answers: store } = this.#options;
    return store && { store, guard: this.#createGuard('answers'), keyring: this.#keyring };
  }

  /** @param local - makes the memory of this process, where that decides while the store is down */
  createClaims(local: () => ClaimStore): ClaimStore | undefined {
    const { claims: store } = this.#options;
    const choice = this.whenClaimsUnavailable;
    if (store === undefined || choice === undefined) return undefined;
    const guard = this.#createGuard('claims', choice);
    return new GuardedClaims(store, guard, choice === 'local' ? local() : undefined);
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

  #createGuard(store: StoreName, whenUnavailable: WhenUnavailable = 'local'): StoreGuard {
    return new StoreGuard({
      store,
      whenUnavailable,
      timeoutMs: this.#timeoutMs,
      ...this.#environment,
    });
  }
}

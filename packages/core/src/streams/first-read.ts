import type { TokenVerifier } from '../token/verification.js';

/** So long does a process that starts wait for a store that does not answer: longer than a client takes to connect. */
const withinMs = 2000;

/** The first time that what other processes have revoked is read: before, nobody here knows whether a token still passes. */
export class FirstRead {
  readonly #done: Promise<void>;
  #resolve: () => void = () => undefined;
  #pending: Promise<void> | undefined;

  constructor() {
    this.#done = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Requests wait from here on, for two seconds at most. */
  begin(): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
    (timer as { unref?: () => void } | undefined)?.unref?.();
    this.#pending = Promise.race([this.#done, late]).then(() => {
      clearTimeout(timer);
      this.#pending = undefined;
    });
  }

  end(): void {
    this.#resolve();
  }

  /** What to wait for before a token passes; nothing once it was read, or did not come in time. */
  get pending(): Promise<void> | undefined {
    return this.#pending;
  }

  /** Whether it was read within two seconds from now. Keeps the process running until then. */
  async inTime(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, withinMs, false)));
    const isRead = await Promise.race([this.#done.then(() => true), late]);
    clearTimeout(timer);
    return isRead;
  }
}

/** Verifies as `verifier` does, and lets no token pass before it is known what other processes have revoked. */
export function afterFirstRead(
  verifier: TokenVerifier,
  reading: { readonly pending: Promise<void> | undefined },
): TokenVerifier {
  const waiting = async (pending: Promise<void>, token: string) => {
    const verification = await verifier(token);
    // Those that are refused in any case need not wait
    if (verification.kind === 'verified') await pending;
    return verification;
  };
  return Object.assign(
    (token: string) => (reading.pending === undefined ? verifier(token) : waiting(reading.pending, token)),
    {
      recall: (token: string) => (reading.pending === undefined ? verifier.recall?.(token) : undefined),
      saysExpired: verifier.saysExpired,
    },
  );
}

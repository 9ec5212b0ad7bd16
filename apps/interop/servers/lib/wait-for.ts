import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** How often it is tried at most. Default: 120. */
  readonly attempts?: number;
  /** Milliseconds between two attempts. Default: 500. */
  readonly pauseMs?: number;
}

/**
 * Tries until there is a value; what an attempt throws counts as none.
 *
 * @throws after the last attempt, with what the last one threw as its cause
 */
export async function waitFor<T>(
  what: string,
  attempt: () => Promise<T | undefined>,
  { attempts = 120, pauseMs = 500 }: WaitOptions = {},
): Promise<T> {
  let cause: unknown;
  for (let count = 0; count < attempts; count++) {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(pauseMs);
  }
  throw new Error(`${what}: not so after ${attempts} attempts`, { cause });
}

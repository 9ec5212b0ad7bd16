import type { World } from './world.js';

/** One behaviour: what both packages show, or what each does and where the upgrade page says so. */
export interface Row {
  readonly title: string;
  readonly run: (world: World) => unknown;
  readonly was: unknown;
  readonly is: unknown;
  /** Anchor of the upgrade page; absent where nothing changed. */
  readonly change?: string;
}

export function same(title: string, run: Row['run'], shown: unknown): Row {
  return { title, run, was: shown, is: shown };
}

export function changed(
  title: string,
  change: string,
  run: Row['run'],
  [was, is]: readonly [was: unknown, is: unknown],
): Row {
  return { title, run, was, is, change };
}

/** Whoever walks deeper values may exhaust the stack, `JSON.stringify` first. Claims of providers have a handful of levels. */
const maxLevels = 100;

/** Whether a parsed JSON value is nested deeper than any answer has to be. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= maxLevels; depth++) {
    level = level.flatMap((entry) =>
      typeof entry === 'object' && entry !== null ? (Object.values(entry) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

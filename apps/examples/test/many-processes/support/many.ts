/** Does something so many times, a few at a time. */
export async function times(
  count: number,
  atATime: number,
  act: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atATime }, work));
}

/** How often there is each of them. */
export function tally(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** For whoever runs all of it and wants to see numbers. */
export function tell(what: string, numbers: unknown): void {
  process.stdout.write(`${what}: ${JSON.stringify(numbers)}\n`);
}

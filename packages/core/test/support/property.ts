import fc from 'fast-check';

/** How many inputs a property test tries. CI asks for more with PROPERTY_RUNS. */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 500);

/** Options of a property test. Time in milliseconds: ten times what the slowest of them needs. */
export const propertyTest = { timeout: 20_000 + propertyRuns * 5 };

/** One of the characters of a text. */
export function characterOf(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(text));
}

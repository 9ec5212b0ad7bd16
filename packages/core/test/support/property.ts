import fc from 'fast-check';

/** How many inputs a property test tries. `npm run test:long` asks for more with PROPERTY_RUNS. */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 500);

/** Options of a property test. Its runs bound it, not its time: a busy machine is no fault of the code. */
export const propertyTest = { timeout: 0 };

/** One of the characters of a text. */
export function characterOf(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(text));
}

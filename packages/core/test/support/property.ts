import fc from 'fast-check';

/** How many inputs a property test tries. CI asks for more with PROPERTY_RUNS. */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 500);

/** One of the characters of a text. */
export function characterOf(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(text));
}

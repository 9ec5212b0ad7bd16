/** What each tool can be tried with: an input without faults, one that is legal and weak, one that is wrong. */
export const exampleNames = ['good', 'lax', 'broken'] as const;

export type ExampleName = (typeof exampleNames)[number];

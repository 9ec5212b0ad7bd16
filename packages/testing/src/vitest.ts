import { expect } from 'vitest';
import { matchers, type McpAuthMatchers } from './matchers/matchers.js';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- an interface that vitest offers for augmentation, with that parameter
  interface Matchers<T> extends McpAuthMatchers<void> {}
}

expect.extend(matchers);

export type { ExpectedChallenge } from './matchers/challenge-for.js';
export type { McpAuthMatchers } from './matchers/matchers.js';

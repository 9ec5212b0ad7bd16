import { expect } from '@jest/globals';
import { matchers, type McpAuthMatchers } from './matchers/matchers.js';

declare module 'expect' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface that jest offers for augmentation
  interface Matchers<R> extends McpAuthMatchers<R> {}
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- what @types/jest offers for augmentation
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type
    interface Matchers<R> extends McpAuthMatchers<R> {}
  }
}

expect.extend(matchers);

export type { ExpectedChallenge } from './matchers/challenge-for.js';
export type { McpAuthMatchers } from './matchers/matchers.js';

import fc from 'fast-check';

/** Values that look like something: what people write in the wrong place. */
const lookalikes: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  1,
  -1,
  1e9,
  Number.NaN,
  Infinity,
  1n,
  '',
  ' ',
  '*',
  'true',
  'false',
  'read',
  'anonymous',
  'Anonymous',
  'refuse',
  'public',
  'none',
  ':',
  '60s',
  'https://as.example.com',
  [],
  [''],
  [null],
  [undefined],
  ['*'],
  ['read'],
  ['read write'],
  [[]],
  {},
  { allOf: [] },
  { anyOf: [] },
  { anyof: ['read'] },
  { anyOf: 'read' },
  { allOf: undefined },
  { scopes: [] },
  { '*': [] },
  { '*': 'anonymous' },
  { length: 0 },
  new Set(),
  new Map(),
  new Date(),
  new Date(Number.NaN),
  new URL('https://as.example.com'),
  new Uint8Array(2),
  /x/,
  Symbol('x'),
  Object.create(null),
];

/** Any value at all that is no function. */
const data: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...lookalikes) },
  {
    weight: 1,
    arbitrary: fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withNullPrototype: true }),
  },
);

/** Functions, and what they lead to, whatever they are called with. */
const functions: fc.Arbitrary<(...args: never) => unknown> = fc.oneof(
  data.map((value) => () => value),
  data.map((value) => () => Promise.resolve(value)),
  data.map((value) => async () => Promise.resolve(value)),
  data.map((value) => () => ({ then: (settle: (value: unknown) => void) => settle(value) })),
  data.map((value) => () => () => value),
  data.map((value) => () => {
    throw value;
  }),
  data.map((value) => () => rejection(value)),
);

function rejection(value: unknown): Promise<never> {
  const promise = Promise.reject(value instanceof Error ? value : new Error('no'));
  promise.catch(() => undefined);
  return promise;
}

/** Any value at all, functions and promises included. */
export const arbitraryValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: data },
  { weight: 2, arbitrary: functions },
  { weight: 1, arbitrary: data.map((value) => Promise.resolve(value)) },
);

/** What a function of the owner may lead to. */
export const arbitraryFunction = functions;

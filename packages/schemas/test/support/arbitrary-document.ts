import fc from 'fast-check';
import { camelCase } from '../../src/runtime/key-map.js';
import { MAX_ELEMENTS } from '../../src/runtime/limits.js';
import type { DocumentModel, Member, ObjectShape, Shape } from '../../codegen/model.js';

type Document = Record<string, unknown>;

const words = [
  '',
  'code',
  'openid',
  'S256',
  'ünï',
  '__proto__',
  'constructor',
  '\ud800',
  'a\nb',
  ' ',
  'x'.repeat(300),
];

const urlParts = [
  ['https:', 'http:', 'HTTPS:', 'urn:', 'mailto:', 'javascript:', 'x-a+b.c1:', 'https', '1a:', ' https:', ''],
  ['//', '/', '', '\\\\', '///'],
  [
    'a.example',
    'A.example',
    'xn--a',
    'xn--bcher-kva.example',
    'a_b.example',
    '1.2.3.4',
    '1.2.3.999',
    '[::1]',
    '[::1',
  ],
  [
    'a--b.example',
    'a..b',
    'x.y-z',
    'a.0x1',
    'a.1-b',
    '{tenant}.example',
    '$slug.example',
    'bücher.example',
    'a b',
    '%zz',
    '<h>',
  ],
  [
    '',
    '/',
    ':443',
    ':99999',
    '/p{id}',
    '/p q',
    '/\t',
    '/"',
    '/\\',
    '?q#f',
    '/ü',
    '/.well-known/x',
    '/'.repeat(200),
    '\u0000',
  ],
] as const;
const hosts = [...urlParts[2], ...urlParts[3]];

/** Strings on both sides of what is an absolute URL. */
export const urlLike: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...urlParts[0], 'https:', 'https:', 'https:'),
    fc.constantFrom(...urlParts[1], '//', '//', '//'),
    fc.constantFrom(...hosts),
    fc.constantFrom(...urlParts[4]),
  )
  .map((parts) => parts.join(''));

const jwsLike = fc.constantFrom(
  'a.b.c',
  'eyJhbGciOiJSUzI1NiJ9.e30.c2ln',
  'a.b',
  'a..c',
  'a.b.c.d',
  '.b.c',
  'a.b.c=',
  'a.b.',
  ' a.b.c',
);
const tooMany: readonly string[] = new Array<string>(MAX_ELEMENTS + 1).fill('x');
const justEnough: readonly string[] = tooMany.slice(1);
const sparse: unknown[] = ['a'];
sparse[3] = 'b';

/** Values of every type, most of them wrong wherever they turn up. */
const junk: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[null, undefined, 0, -1, 1.5, NaN, Infinity, -0, true, false, '', 'x', '2.0', 'https://a.example'],
  ...[[], [null], ['a', 1], [['a']], [undefined], ['a', 'b'], [{}], [{ kty: 'RSA' }, { kty: 1 }], sparse],
  ...[{}, { a: 1 }, { token_endpoint: 5 }, { length: 1, 0: 'a' }],
  ...[
    tooMany,
    justEnough,
    new Date(0),
    new Map(),
    /x/,
    () => 'x',
    Symbol('x'),
    1n,
    new String('x'),
    new Boolean(true),
  ],
);

function goodValue(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      if (shape.format === undefined) return fc.constantFrom(...words);
      return shape.format === 'absolute-url' ? urlLike : jwsLike;
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(goodValue(shape.element), { maxLength: 3 });
    case 'object':
      return arbitraryObject(shape);
  }
}

const surelyGood = (shape: Shape): unknown => {
  switch (shape.kind) {
    case 'string':
      return shape.format === 'absolute-url'
        ? 'https://as.example/x'
        : shape.format === 'compact-jws'
          ? 'a.b.c'
          : 'x';
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return Object.fromEntries(
        shape.members
          .filter(({ required }) => required)
          .map((member) => [member.name, surelyGood(member.shape)]),
      );
  }
};

/** Sets an own member whatever its name; assignment would run the setter of `__proto__`. */
export function put(target: Document, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

type Change = (document: Document) => void;

/** Documents that are nearly valid: the required members, then a few members good, wrong, odd or taken away. */
function arbitraryObject(shape: ObjectShape): fc.Arbitrary<Document> {
  const required = shape.members.filter((member) => member.required);
  const set =
    (name: string, value: unknown): Change =>
    (document) => {
      put(document, name, value);
    };
  const good = shape.members.map((member: Member) =>
    goodValue(member.shape).map((value) => set(member.name, value)),
  );
  const names = shape.members.map(({ name }) => name);
  const odd = [
    'x_vendor',
    'resource_name#de',
    '__proto__',
    'constructor',
    'toString',
    ...names.slice(0, 3).map(camelCase),
  ];
  const changes: fc.Arbitrary<Change>[] = [
    fc.tuple(fc.constantFrom(...odd), junk).map(([name, value]) => set(name, value)),
  ];
  const weighted: { arbitrary: fc.Arbitrary<Change>; weight: number }[] = [];
  if (good.length > 0) {
    weighted.push({
      arbitrary: fc.nat(good.length - 1).chain((index) => good[index] ?? fc.constant(() => undefined)),
      weight: 6,
    });
    changes.push(fc.tuple(fc.constantFrom(...names), junk).map(([name, value]) => set(name, value)));
  }
  if (required.length > 0) {
    changes.push(
      fc.constantFrom(...required.map(({ name }) => name)).map((name) => (document: Document) => {
        Reflect.deleteProperty(document, name);
      }),
    );
  }
  const change = fc.oneof(...weighted, ...changes.map((arbitrary) => ({ arbitrary, weight: 1 })));
  return fc.array(change, { maxLength: 7 }).map((list) => {
    const document = surelyGood(shape) as Document;
    for (const apply of list) apply(document);
    return document;
  });
}

/** Documents of one kind, about half of them valid, and now and then something that is no document at all. */
export const arbitraryDocument = ({ root }: DocumentModel): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: arbitraryObject(root), weight: 60 }, { arbitrary: junk, weight: 1 });

/** The value as JSON would carry it. */
export const asJson = (input: unknown): unknown => {
  const text = JSON.stringify(input, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  ) as string | undefined;
  return text === undefined ? null : JSON.parse(text);
};

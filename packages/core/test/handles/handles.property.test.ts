import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxHandleLength } from '../../src/handles/handle-text.js';
import { arbitraryValue } from '../support/arbitrary-value.js';
import { characterOf, propertyRuns, propertyTest } from '../support/property.js';
import { alice, bob, callerOf, createHandles } from './callers.js';

const handles = createHandles();
const requirement = ['notes:export'];
const seal = (id: string) => handles.seal(id, { caller: alice, requirement });

/** Characters of handles, and some that are none. */
const character = characterOf('abcXYZ019-_.=+/ h\u0000é');

describe('whatever is made of a handle does not open', propertyTest, () => {
  const never = (spoil: (handle: string) => fc.Arbitrary<string>) => async () => {
    const handle = await seal('task-7');
    await fc.assert(
      fc.asyncProperty(spoil(handle), async (spoilt) => {
        if (spoilt !== handle) expect(await handles.open(spoilt, alice)).toBeUndefined();
      }),
      { numRuns: propertyRuns },
    );
  };

  test(
    'one that is cut, at whichever end',
    never((handle) =>
      fc
        .tuple(fc.nat(handle.length), fc.nat(handle.length))
        .map(([from, to]) => handle.slice(Math.min(from, to), Math.max(from, to))),
    ),
  );

  test(
    'one with a character altered, put in or taken out',
    never((handle) =>
      fc
        .tuple(fc.nat(handle.length), fc.nat(1), fc.option(character, { nil: '' }))
        .map(([at, removed, put]) => handle.slice(0, at) + put + handle.slice(at + removed)),
    ),
  );

  test(
    'one whose parts are in another order, or repeated',
    never((handle) => {
      const parts = handle.split('.');
      return fc.array(fc.constantFrom(...parts), { maxLength: 6 }).map((some) => some.join('.'));
    }),
  );

  test('one whose parts come from two handles of the same owner', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.string({ minLength: 1 }),
        async (a, b) => {
          const [first, second] = await Promise.all([seal(a), seal(`${a}${b}`)]);
          const [version, content] = first.split('.');
          const mixed = [version, content, second.split('.')[2]].join('.');
          expect(await handles.open(mixed, alice)).toBeUndefined();
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  test('anything at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(arbitraryValue, fc.string({ maxLength: 3000 })), async (value) => {
        expect(await handles.open(value, alice)).toBeUndefined();
      }),
      { numRuns: propertyRuns },
    );
  });
});

test('any identifier comes back to its owner as it was, and to nobody else', propertyTest, async () => {
  const anything = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' });
  await fc.assert(
    fc.asyncProperty(anything, fc.string({ minLength: 1 }), async (id, subject) => {
      const caller = callerOf({ subject });
      const handle = await handles.seal(id, { caller, requirement });
      // As a header takes it
      expect(handle).toMatch(/^[\w.-]+$/);
      expect(handle.length).toBeLessThanOrEqual(maxHandleLength);
      expect(await handles.open(handle, caller)).toBe(id);
      if (subject !== 'bob') expect(await handles.open(handle, bob)).toBeUndefined();
    }),
    { numRuns: propertyRuns },
  );
});

test('no two principals are one, whatever they are called', propertyTest, async () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('', 'a', '["a"', 'a","b', 'null', '\\"'));
  const principal = fc.record({ issuer: name, subject: fc.option(name, { nil: undefined }), clientId: name });
  await fc.assert(
    fc.asyncProperty(principal, principal, async (one, other) => {
      const isNobody = (one.subject ?? '') === '' && one.clientId === '';
      if (isNobody) return;
      const handle = await handles.seal('7', { caller: callerOf(one), requirement });
      const owner = ({ issuer, subject, clientId }: typeof one) =>
        JSON.stringify((subject ?? '') === '' ? ['c', issuer, clientId] : ['s', issuer, subject]);
      const opened = await handles.open(handle, callerOf(other));
      expect(opened).toBe(owner(one) === owner(other) ? '7' : undefined);
    }),
    { numRuns: propertyRuns },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJwtShaped } from '../../src/verifier/jwt-syntax.js';
import { selectVerifier } from '../../src/verifier/select-verifier.js';
import { reject, type TokenVerifier, type Verification } from '../../src/token/verification.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const prefixes = ['sk_live_', 'sk_test_', 'pat-', 'eyI', 'ABC'];
const names = ['rest', 'opaque', ...prefixes];

/** Verifiers that note by name what they were asked, and refuse it. */
function watched() {
  const asked: string[] = [];
  const create = (name: string): TokenVerifier => {
    const note = <T>(what: string, answer: T) => {
      asked.push(`${name} ${what}`);
      return answer;
    };
    return Object.assign((): Verification => note('verify', reject('rejected_by_verifier')), {
      recall: () => note('recall', undefined),
      saysExpired: () => note('saysExpired', false),
    });
  };
  const others = prefixes.map((prefix) => ({ prefix, verifier: create(prefix) }));
  const opaque = { prefix: undefined, verifier: create('opaque') };
  return {
    asked,
    withOpaque: selectVerifier(create('rest'), [...others, opaque]),
    without: selectVerifier(create('rest'), others),
  };
}

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc
    .tuple(fc.constantFrom(...prefixes, 'sk_', 'sk_liv', 'eyJ', ' sk_live_', ''), fc.string())
    .map(([a, b]) => a + b),
  // With the form of a JWT, and nearly so
  fc
    .tuple(
      fc.jsonValue(),
      fc.constantFrom('.', '..', '.e30.', '.e30.x.', '.a.b.c.d'),
      fc.constantFrom('', 'sk_live_'),
    )
    .map(([header, rest, start]) => start + Buffer.from(JSON.stringify(header)).toString('base64url') + rest),
);

describe('whatever a token looks like', () => {
  test(
    'exactly one verifier is asked, the one that its text says, and its refusal is final',
    propertyTest,
    () => {
      fc.assert(
        fc.property(text, fc.boolean(), (token, hasOpaque) => {
          const { asked, withOpaque, without } = watched();
          const verifier = hasOpaque ? withOpaque : without;
          const own = prefixes.filter((prefix) => token.startsWith(prefix));
          const expected = own[0] ?? (hasOpaque && !isJwtShaped(token) ? 'opaque' : 'rest');
          expect(own.length).toBeLessThan(2);
          expect(verifier(token)).toEqual({ kind: 'rejected', code: 'rejected_by_verifier' });
          expect(asked).toEqual([`${expected} verify`]);
        }),
        { numRuns: propertyRuns },
      );
    },
  );

  test('no verifier is asked what it remembers of a token that is not its own', propertyTest, () => {
    fc.assert(
      fc.property(text, (token) => {
        const { asked, withOpaque } = watched();
        const own = prefixes.find((prefix) => token.startsWith(prefix));
        expect(withOpaque.recall?.(token)).toBeUndefined();
        const prefixed = asked.filter((entry) => prefixes.some((prefix) => entry.startsWith(prefix)));
        expect(prefixed).toEqual(own === undefined ? [] : [`${own} recall`]);
        if (own !== undefined) expect(asked).toHaveLength(1);
      }),
      { numRuns: propertyRuns },
    );
  });

  test('it is called expired by its own verifier alone', propertyTest, () => {
    fc.assert(
      fc.property(text, (token) => {
        const { asked, withOpaque } = watched();
        expect(withOpaque.saysExpired?.(token)).toBe(false);
        expect(asked).toHaveLength(1);
        expect(names.some((name) => asked[0]?.startsWith(name))).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });
});

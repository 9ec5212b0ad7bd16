import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAuthorization, readCredentials } from '../../src/credentials/read-credentials.js';
import { createHead } from '../support/head.js';
import { characterOf, propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: propertyRuns };
const token68Character = characterOf('ABCxyz019-._~+/');
const token68 = fc
  .tuple(fc.string({ unit: token68Character, minLength: 1 }), fc.nat({ max: 3 }))
  .map(([text, padding]) => text + '='.repeat(padding));

/** Pieces that credentials are made of, in any order, so that the interesting neighbourhoods are reached. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Bearer',
        'bearer',
        'Basic',
        ' ',
        '  ',
        '\t',
        ',',
        ', ',
        '=',
        '"',
        '\\',
        '\r\n',
        '\u0000',
        '.',
      ),
      token68,
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const anyValue = fc.oneof(pieces, fc.string({ unit: 'binary' }), fc.string());

/** RFC 6750 §2.1 by the letter, written apart from the implementation. */
function isBearerByTheGrammar(value: string): boolean {
  return /^bearer +[A-Za-z0-9\-._~+/]+=*$/i.test(value) && !/[^\x20-\x7e]/.test(value);
}

test(
  '[RFC6750-2.1-02][RFC9110-11.1-01] nothing but the grammar yields a token, and nothing throws',
  propertyTest,
  () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const credentials = parseAuthorization(value);
        expect(credentials.kind === 'bearer').toBe(isBearerByTheGrammar(value));
        if (credentials.kind === 'bearer') expect(value.endsWith(` ${credentials.token}`)).toBe(true);
      }),
      options,
    );
  },
);

test('[RFC6750-2.1-02] every token68 comes out as it went in', propertyTest, () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Bearer', 'bearer', 'BEARER'),
      fc.integer({ min: 1, max: 9 }),
      token68,
      (scheme, spaces, token) => {
        expect(parseAuthorization(scheme + ' '.repeat(spaces) + token)).toEqual({ kind: 'bearer', token });
      },
    ),
    options,
  );
});

test(
  '[RFC9110-11.6.2-01] two Authorization headers never yield a token, wherever they stand',
  propertyTest,
  () => {
    const otherField = fc.tuple(fc.constantFrom('Host', 'X-A', 'Cookie'), fc.string());
    fc.assert(
      fc.property(
        fc.array(otherField),
        fc.array(otherField),
        fc.array(otherField),
        anyValue,
        anyValue,
        (a, b, c, one, two) => {
          const name =
            fc.sample(fc.constantFrom('Authorization', 'authorization', 'AUTHORIZATION'), 1)[0] ?? '';
          const rawHeaders = [...a.flat(), name, one, ...b.flat(), 'Authorization', two, ...c.flat()];
          expect(readCredentials(createHead({ rawHeaders, headers: { authorization: one } })).kind).toBe(
            'repeated',
          );
        },
      ),
      options,
    );
  },
);

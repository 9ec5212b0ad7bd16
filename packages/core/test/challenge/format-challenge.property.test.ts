import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatChallenge } from '../../src/challenge/format-challenge.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: propertyRuns };
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc
    .array(fc.constantFrom('"', '\\', '\r', '\n', '\u0000', ',', '=', ' ', 'a', 'Bearer ', 'ü', '\ud800'))
    .map((parts) => parts.join('')),
);
const error = fc.constantFrom('invalid_request', 'invalid_token', 'insufficient_scope' as const);
const visible = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code));
const scopeToken = fc.string({
  unit: fc.oneof(fc.constant('!'), visible(0x23, 0x5b), visible(0x5d, 0x7e)),
  minLength: 1,
});

test(
  '[RFC9110-11.6.1-01][RFC9110-5.5-01] whatever goes in, one well-formed challenge comes out',
  propertyTest,
  () => {
    fc.assert(
      fc.property(
        fc.option(error, { nil: undefined }),
        fc.option(anyText, { nil: undefined }),
        fc.option(fc.array(anyText), { nil: undefined }),
        anyText,
        (code, errorDescription, scope, resourceMetadata) => {
          const value = formatChallenge({ error: code, errorDescription, scope, resourceMetadata });
          const { scheme, parameters } = parseChallenge(value);
          expect(scheme).toBe('Bearer');
          const allowed = ['error', 'error_description', 'scope', 'resource_metadata'];
          expect(Object.keys(parameters).filter((name) => !allowed.includes(name))).toEqual([]);
          expect(parameters.error).toBe(code);
          expect(parameters.error_description ?? '').not.toMatch(/["\\]/);
          expect(() => new Headers([['WWW-Authenticate', value]])).not.toThrow();
        },
      ),
      options,
    );
  },
);

test('[RFC9110-11.6.1-01] legal values survive the round trip unchanged', propertyTest, () => {
  fc.assert(
    fc.property(
      error,
      fc.webUrl({ withQueryParameters: true }),
      fc.array(scopeToken),
      (code, resourceMetadata, scope) => {
        const { parameters } = parseChallenge(formatChallenge({ error: code, scope, resourceMetadata }));
        expect(parameters.resource_metadata).toBe(resourceMetadata);
        expect(parameters.scope ?? '').toBe([...new Set(scope)].join(' '));
      },
    ),
    options,
  );
});

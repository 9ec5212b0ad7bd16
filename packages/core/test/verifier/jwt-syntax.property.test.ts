import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJwtShaped, parseJwt } from '../../src/verifier/jwt-syntax.js';
import { encodeJson } from '../support/jwt.js';
import { characterOf, propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: propertyRuns };
const segment = fc.oneof(
  fc.json().map(encodeJson),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  fc.string({ unit: characterOf('AZaz09-_=+/.'), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constant(''),
);
const anyToken = fc.oneof(
  fc.array(segment, { maxLength: 7 }).map((segments) => segments.join('.')),
  fc.string({ unit: 'binary' }),
);

/** RFC 4648 §5 without padding: what decodes and encodes again to the very same text. */
function isCanonical(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text;
}

test(
  '[RFC8725-3.3-01] no input throws, and what is read is three canonical segments of JSON objects',
  propertyTest,
  () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        isJwtShaped(token);
        const parsed = parseJwt(token);
        const segments = token.split('.');
        const objects = segments.slice(0, 2).map((text) => {
          try {
            const bytes = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
              Buffer.from(text, 'base64url'),
            );
            const value: unknown = JSON.parse(bytes);
            return typeof value === 'object' && value !== null && !Array.isArray(value);
          } catch {
            return false;
          }
        });
        const readable = segments.length === 3 && segments.every(isCanonical) && objects.every(Boolean);
        expect(parsed.kind).toBe(readable ? 'parsed' : 'unreadable');
      }),
      options,
    );
  },
);

test('[RFC8725-3.7-01] one token, one spelling: no other text reads as the same token', propertyTest, () => {
  const object = fc.dictionary(fc.string({ maxLength: 4 }), fc.oneof(fc.string(), fc.integer()), {
    maxKeys: 3,
  });
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 70 });
  fc.assert(
    fc.property(
      object,
      object,
      bytes,
      fc.nat(),
      characterOf('ABQgw-_=. '),
      (header, claims, raw, at, character) => {
        const signature = Buffer.from(raw).toString('base64url');
        const token = `${encodeJson(header)}.${encodeJson(claims)}.${signature}`;
        expect(parseJwt(token)).toMatchObject({ kind: 'parsed' });
        const index = at % (token.length + 1);
        for (const changed of [
          token.slice(0, index) + character + token.slice(index),
          token.slice(0, index) + character + token.slice(index + 1),
          token.slice(0, index) + token.slice(index + 1),
        ]) {
          if (changed === token || parseJwt(changed).kind !== 'parsed') continue;
          const [a, b] = [token, changed].map((text) =>
            text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex')),
          );
          expect(a).not.toEqual(b);
        }
      },
    ),
    options,
  );
});

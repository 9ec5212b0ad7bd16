import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns, propertyTest } from '../../../core/test/support/property.js';
import { Secrets } from '../../src/secrets/secrets.js';

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXNvbWVib2R5LTEyMzQ1Njc4OTA';

function keeper(...secrets: readonly string[]): Secrets {
  const kept = new Secrets();
  for (const secret of secrets) kept.add(secret, 'https://api.example.com');
  return kept;
}

describe('a secret', () => {
  test.each([
    ['as it is', `Bearer ${token}`],
    ['a part of it', `x ${token.slice(10, 60)} x`],
    ['its signature', token.split('.')[2] ?? ''],
    ['in a URL', encodeURIComponent(`a ${token}`)],
    ['as Basic credentials', Buffer.from(`client:${token}`).toString('base64')],
    ['as Basic credentials of another length', Buffer.from(`cl:${token}`).toString('base64')],
    ['in JSON', JSON.stringify({ token })],
  ])('is not shown: %s', (_what, text) => {
    const shown = keeper(token).redact(text);
    expect(shown).toContain('[redacted]');
    for (let at = 0; at + 20 <= token.length; at++) expect(shown).not.toContain(token.slice(at, at + 20));
  });

  const opaque = 'opaque/Secret+Value=0123456789&x"y';
  const inHex = (text: string) => Buffer.from(text).toString('hex');
  const each = (text: string, write: (character: string) => string) =>
    Array.from(text, (character) => (/\w/.test(character) ? character : write(character))).join('');
  const code = (character: string) => character.charCodeAt(0).toString(16);

  test.each([
    ['with the small digits of some servers', (text: string) => encodeURIComponent(text).toLowerCase()],
    ['with every character percent-encoded', (text: string) => inHex(text).replaceAll(/../g, '%$&')],
    ['as HTML', (text: string) => each(text, (character) => `&#x${code(character)};`)],
    ['as HTML with decimal numbers', (text: string) => each(text, (one) => `&#${one.charCodeAt(0)};`)],
    ['as HTML with names', (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['as JSON that escapes slashes', (text: string) => JSON.stringify(text).replaceAll('/', '\\/')],
    [
      'as JSON that escapes all but letters',
      (text: string) => each(text, (one) => `\\u${code(one).padStart(4, '0')}`),
    ],
    ['in hexadecimal digits', inHex],
    ['in large letters', (text: string) => text.toUpperCase()],
  ])('is not shown %s', (_how, write) => {
    for (const secret of [token, opaque]) {
      const shown = keeper(secret).redact(`before ${write(secret)} after`);
      expect(shown).toMatch(/^before "?\[redacted\]"? after$/);
    }
  });

  test('that is short is not shown either, and words around it stay', () => {
    expect(keeper('pass').redact('the pass of alice')).toBe('the [redacted] of alice');
    expect(keeper('a').redact('a cat')).toBe('a cat');
  });

  test('with characters that URLs and JSON write otherwise is found in both', () => {
    const secret = 'p"ä ss/w+rd&more';
    const { redact } = { redact: (text: string) => keeper(secret).redact(text) };
    for (const text of [
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString(),
      JSON.stringify(secret),
    ])
      expect(redact(text)).toContain('[redacted]');
  });

  test('may go to its origin alone', () => {
    const kept = keeper(token);
    expect(kept.findForeign(`Bearer ${token}`, 'https://api.example.com')).toBeUndefined();
    expect(kept.findForeign(`Bearer ${token}`, 'https://as.example.com')).toBe(token);
    kept.add(token, 'https://as.example.com');
    expect(kept.findForeign(`Bearer ${token}`, 'https://as.example.com')).toBeUndefined();
  });

  test('is nowhere in what is shown, whatever stands around it', propertyTest, () => {
    const word = fc.string({ minLength: 4, maxLength: 80, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(word, fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!'[redacted]'.includes(secret));
        const shown = keeper(secret).redact(`${before}${secret}${after}`);
        expect(shown.includes(secret)).toBe(false);
      }),
      { numRuns: Math.min(propertyRuns, 5000) },
    );
  });
});

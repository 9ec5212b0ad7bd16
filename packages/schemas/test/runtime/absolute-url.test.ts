import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlLike } from '../support/arbitrary-document.js';
import { ABSOLUTE_URL, isAbsoluteUrl } from '../../src/runtime/absolute-url.js';

/** The parser itself: `URL.canParse` turns wrong for `ü` once Node.js 20 or 22 has optimised it. */
function isParsed(value: string): boolean {
  try {
    return new URL(value).href !== '';
  } catch {
    return false;
  }
}

describe('an absolute URL', () => {
  it.each([
    ['', 'the empty string'],
    ['https', 'no scheme separator'],
    ['/path', 'a relative reference'],
    ['//host/path', 'no scheme'],
    ['https:host', 'no authority'],
    ['mailto:a@b.example', 'a scheme without authority'],
    ['javascript:alert(1)', 'a script'],
    [' https://host.example', 'a space before it'],
    ['https://host.example\n', 'a line break after it'],
    ['https://host.example/a\tb', 'a tab inside'],
    ['https://host.example/a b', 'a space inside'],
    ['https:\\\\host.example', 'backslashes'],
    ['https://host.example/"', 'a quote, which would end a quoted challenge parameter'],
    ['https://<host>.example', 'angle brackets'],
    ['https://host.example:99999/', 'a port out of range'],
    ['https://[::1', 'half an IPv6 address'],
    ['https://%zz/', 'a host that cannot be decoded'],
    ['https://1.2.3.999/', 'a number that is not an address'],
    ['https://', 'no host'],
  ])('is not %j: %s', (value) => {
    expect(isAbsoluteUrl(value)).toBe(false);
  });

  it.each([
    'https://as.example',
    'https://as.example/tenant/',
    'https://as.example:8443/x?y=z',
    'http://localhost:3000/mcp',
    'http://127.0.0.1:5556',
    'https://[::1]/',
    'https://login.example/{tenantid}/v2.0',
    'https://$PROJECT_SLUG.projects.example/x',
    'https://bücher.example/ü',
    'com.example.app://callback',
  ])('is %s', (value) => {
    expect(isAbsoluteUrl(value)).toBe(true);
  });

  it('is exactly what the pattern of the JSON Schemas and the URL parser accept together', () => {
    const host = fc.stringMatching(/^[a-z0-9.-]{1,20}$/);
    const ordinary = fc
      .tuple(host, fc.stringMatching(/^[!-~]{0,20}$/))
      .map(([name, rest]) => `https://${name}/${rest}`);
    fc.assert(
      fc.property(fc.oneof(urlLike, ordinary, fc.webUrl(), fc.string()), (value) => {
        expect(isAbsoluteUrl(value)).toBe(ABSOLUTE_URL.test(value) && isParsed(value));
      }),
      { numRuns: process.env['SOAK'] === 'full' ? 20_000 : 4_000 },
    );
  });

  it('with a host outside ASCII is still one after a day of traffic: metadata was refused once a server was warm', () => {
    for (let calls = 0; calls < 100_000; calls += 1) {
      isAbsoluteUrl('https://as.example:8443/x?y=z');
      if (!isAbsoluteUrl('https://bücher.example/ü')) expect.unreachable(`refused at call ${String(calls)}`);
    }
    expect(isAbsoluteUrl('https://bücher.example:99999/')).toBe(false);
  });

  it('can be judged in time that grows with its length only', () => {
    for (const part of ['a', 'a.', 'a-', '/', 'a.b-']) {
      const long = `https://${part.repeat(500_000)}`;
      expect(isAbsoluteUrl(long)).toBe(URL.canParse(long));
      expect(isAbsoluteUrl(`${long} `)).toBe(false);
    }
  });
});

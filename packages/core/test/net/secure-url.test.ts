import { describe, expect, test } from 'vitest';
import { isSecureUrl, isSecureUrlOf } from '../../src/net/secure-url.js';

describe('what may be fetched', () => {
  test.each([
    'http://as.example.com/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://127evil.example/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://[::ffff:10.0.0.1]/',
    'http://xlocalhost/',
    'ftp://as.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:application/json,{}',
    '//as.example.com/',
    'as.example.com',
    'https://',
    '',
  ])('[OAUTH21-1.5-01][RFC8414-2-05] not %s', (url) => {
    expect(isSecureUrl(url, false)).toBe(false);
  });

  test.each([
    'https://as.example.com/',
    'HTTPS://AS.EXAMPLE.COM/',
    'http://localhost:3000/',
    'http://LOCALHOST/',
    'http://a.localhost/',
    'http://127.0.0.1/',
    'http://127.255.0.9:80/',
    'http://[::1]:8080/',
    // the URL parser reads these as 127.0.0.1
    'http://0x7f.1/',
    'http://2130706433/',
  ])('%s', (url) => {
    expect(isSecureUrl(url, false)).toBe(true);
  });

  test('plain http elsewhere only where it was allowed, and still nothing but http', () => {
    expect(isSecureUrl('http://as.example.com/', true)).toBe(true);
    expect(isSecureUrl('ftp://as.example.com/', true)).toBe(false);
    expect(isSecureUrl('nonsense', true)).toBe(false);
  });
});

describe('what the metadata of an issuer may send us to', () => {
  const remote = 'https://as.example.com';
  const local = 'http://127.0.0.1:9000';

  test.each([
    [remote, 'http://127.0.0.1/jwks', false],
    [remote, 'http://localhost:8080/admin', false],
    [remote, 'http://as.example.com/jwks', false],
    [remote, 'file:///etc/passwd', false],
    [local, 'http://as.example.com/jwks', false],
    [local, 'http://127.0.0.1:9001/jwks', true],
    [local, 'https://as.example.com/jwks', true],
    [remote, 'https://keys.example.com/jwks', true],
  ])('[MCP-2026-07-28-MC-013][RFC8414-2-05] %s to %s: %j', (issuer, url, expected) => {
    expect(isSecureUrlOf(issuer, url, false)).toBe(expected);
  });

  test('in a test network, where that was allowed, anywhere but off http', () => {
    expect(isSecureUrlOf('http://as.internal', 'http://as.internal/jwks', true)).toBe(true);
    expect(isSecureUrlOf('http://as.internal', 'file:///etc/passwd', true)).toBe(false);
  });
});

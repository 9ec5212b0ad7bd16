import { describe, expect, test } from 'vitest';
import { ExpectedHtu, matchesHtu, normalizeHtu } from '../../src/sender/htu.js';

const expected = 'https://mcp.example.net/mcp';

describe('[RFC9449-4.3-09] a proof for another URL', () => {
  test.each([
    'https://mcp.example.net/mcp/',
    'https://mcp.example.net/MCP',
    'https://mcp.example.net/',
    'https://mcp.example.net',
    'https://mcp.example.net/mcp/..',
    'https://mcp.example.net/mcp%2F',
    'https://mcp.example.net:8443/mcp',
    'https://mcp.example.net:4430/mcp',
    'https://mcp.example.net.evil.example/mcp',
    'https://evil.example/mcp',
    'https://mcp.example.net@evil.example/mcp',
    'https://user@mcp.example.net/mcp',
    'https://user:secret@mcp.example.net/mcp',
    'https://@mcp.example.net/mcp',
    'http://mcp.example.net/mcp',
    'ftp://mcp.example.net/mcp',
    'https:mcp.example.net/mcp',
    'https:/mcp.example.net/mcp',
    'https:\\\\mcp.example.net\\mcp',
    'https://mcp.example.net\\mcp',
    '//mcp.example.net/mcp',
    '/mcp',
    'mcp',
    '',
    ' https://mcp.example.net/mcp',
    'https://mcp.example.net/mcp ',
    'https://mcp.example.net/m\ncp',
    'https://mcp.example.net/mcp%',
    'https://mcp.example.net/mcp%z1',
    'https://mcp.example.net/%6',
    'https://mcp.example.net/ｍcp',
    `https://mcp.example.net/${'./'.repeat(2000)}mcp`,
  ])('%j', (htu) => {
    expect(matchesHtu(htu, expected)).toBe(false);
  });
});

describe('[RFC9449-4.3-13] another spelling of the same URL', () => {
  test.each([
    'HTTPS://mcp.example.net/mcp',
    'https://MCP.Example.NET/mcp',
    'https://mcp.example.net:443/mcp',
    'https://mcp.example.net:/mcp',
    'https://mcp.example.net/%6dcp',
    'https://mcp.example.net/%6D%63%70',
    'https://mcp.example.net/a/../mcp',
    'https://mcp.example.net/./mcp',
    'https://mcp.example.net/%2e/mcp',
    'https://mcp.example.net/mcp?a=1',
    'https://mcp.example.net/mcp#a',
    'https://mcp.example.net/mcp?a=/../x#b',
  ])('%s', (htu) => {
    expect(matchesHtu(htu, expected)).toBe(true);
  });

  test('escapes that are needed stay, in one case', () => {
    expect(normalizeHtu('https://h/a%2fb%c3%a9')).toBe('https://h/a%2Fb%C3%A9');
    expect(normalizeHtu('http://[::1]:80/x')).toBe('http://[::1]/x');
    expect(normalizeHtu('http://h:443')).toBe('http://h:443/');
  });
});

describe('what a proof is compared with', () => {
  const htu = new ExpectedHtu('https://MCP.example.net/mcp');

  test.each([
    ['/mcp', expected],
    ['/mcp?a=1', expected],
    ['http://evil.example/mcp', expected],
    ['https://evil.example:1/mcp?x', expected],
    ['//evil.example/mcp', 'https://mcp.example.net//evil.example/mcp'],
    ['/other/%6dcp', 'https://mcp.example.net/other/mcp'],
  ])('the target %s is the path of the resource’s own origin', (target, url) => {
    expect(htu.of(target)).toBe(url);
    expect(htu.of(target)).toBe(url);
  });

  test.each(['*', 'mcp', '/%zz'])('nothing can be for the target %s', (target) => {
    expect(htu.of(target)).toBeUndefined();
  });

  test('a configured URL counts instead of the path', () => {
    const fixed = new ExpectedHtu('https://mcp.example.net/mcp', 'https://outside.example/a/mcp');
    expect(fixed.of('/inner')).toBe('https://outside.example/a/mcp');
  });
});

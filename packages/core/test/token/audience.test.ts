import { describe, expect, test } from 'vitest';
import { checkAudience, createAcceptedAudiences } from '../../src/token/audience.js';

const resource = 'https://api.example.com/mcp';
const code = (
  audience: string | readonly string[] | undefined,
  accepted: readonly string[] = [resource],
  mayBeAbsent = false,
) => checkAudience(audience, { values: createAcceptedAudiences(accepted), mayBeAbsent })?.code;

describe('a token for somebody else is refused', () => {
  test.each([
    'https://api.example.com',
    'https://api.example.com/',
    'https://api.example.com/mcp/',
    'https://api.example.com/mcp/admin',
    'https://api.example.com/mc',
    'https://api.example.com/mcpx',
    'https://api.example.com/MCP',
    'https://api.example.com:443/mcp',
    'https://api.example.com.evil.example/mcp',
    'https://evil.example/https://api.example.com/mcp',
    'http://api.example.com/mcp',
    ' https://api.example.com/mcp',
    'https://api.example.com/mcp ',
    'https://api.example.com/mcp?x',
    'https://api.example.com/mcp#x',
    'https://api.example.com/%6dcp',
    'https://API.example.com/mcp',
    'api.example.com/mcp',
    '*',
    'client-1',
    '\u0000',
  ])('[MCP-2026-07-28-RS-016][RFC9068-4-02] aud %j', (audience) => {
    expect(code(audience)).toBe('wrong_audience');
    expect(code([audience])).toBe('wrong_audience');
    expect(code([audience, 'other'])).toBe('wrong_audience');
  });

  test.each([undefined, '', [] as string[]])('[MCP-2026-07-28-RS-031] aud %j is no wildcard', (audience) => {
    expect(code(audience)).toBe('missing_audience');
  });

  test('[RFC9068-4-02] a list is compared entry by entry, not joined', () => {
    expect(code(['https://api.example.com', '/mcp'])).toBe('wrong_audience');
    expect(code([`other ${resource}`, `${resource},x`])).toBe('wrong_audience');
  });

  test('[MCP-2026-07-28-RS-028] the slash that may be missing is the one right after the host only', () => {
    expect(code('https://h.example/', ['https://h.example'])).toBeUndefined();
    expect(code('https://h.example', ['https://h.example/'])).toBeUndefined();
    expect(code('https://h.example//', ['https://h.example/'])).toBe('wrong_audience');
    expect(code('https://h.example/?', ['https://h.example'])).toBe('wrong_audience');
    expect(code('http://h.example/', ['http://h.example'])).toBeUndefined();
    expect(code('urn:x/', ['urn:x'])).toBe('wrong_audience');
    expect(code('x-https://h.example/', ['x-https://h.example'])).toBe('wrong_audience');
    expect(code('api://x/', ['api://x'])).toBe('wrong_audience');
  });
});

describe('an absent audience passes only where a policy established another binding', () => {
  test('absent, but never empty or wrong', () => {
    expect(code(undefined, [resource], true)).toBeUndefined();
    expect(code('', [resource], true)).toBe('missing_audience');
    expect(code([], [resource], true)).toBe('missing_audience');
    expect(code('other', [resource], true)).toBe('wrong_audience');
  });
});

describe('a token for this resource passes', () => {
  test('[RFC8707-2.2-01] exactly, alone or in a list', () => {
    expect(code(resource)).toBeUndefined();
    expect(code(['other', resource])).toBeUndefined();
    expect(code('second', [resource, 'second'])).toBeUndefined();
  });

  test('any audience, where that was asked for by its ugly name', () => {
    const any = { values: 'any' as const, mayBeAbsent: false };
    for (const audience of [undefined, '', [], 'other']) expect(checkAudience(audience, any)).toBeUndefined();
  });
});

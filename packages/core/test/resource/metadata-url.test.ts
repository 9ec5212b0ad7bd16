import { describe, expect, test } from 'vitest';
import { checkResourceIdentifier, getResourceMetadataUrl } from '../../src/resource/resource-identifier.js';
import { configError } from '../support/config-error.js';

const wellKnown = '/.well-known/oauth-protected-resource';

describe('[contract row 8] where the document of a resource is published', () => {
  test.each([
    ['https://api.example.com', `https://api.example.com${wellKnown}`],
    ['https://api.example.com/', `https://api.example.com${wellKnown}`],
    ['https://api.example.com/notes', `https://api.example.com${wellKnown}/notes`],
    ['https://api.example.com/notes/', `https://api.example.com${wellKnown}/notes/`],
    ['https://api.example.com/a/b/c', `https://api.example.com${wellKnown}/a/b/c`],
    ['https://api.example.com:8443/notes', `https://api.example.com:8443${wellKnown}/notes`],
    ['https://api.example.com/mcp?tenant=1', `https://api.example.com${wellKnown}/mcp?tenant=1`],
    ['https://api.example.com/?tenant=1', `https://api.example.com${wellKnown}?tenant=1`],
    ['http://localhost:3000/mcp', `http://localhost:3000${wellKnown}/mcp`],
  ])('[RFC9728-3-01][RFC9728-3.1-02][MCP-2026-07-28-RS-007] %s', (resource, url) => {
    expect(getResourceMetadataUrl(resource)).toBe(url);
  });
});

describe('what is no resource identifier is refused with the fix', () => {
  const problem = (value: unknown) => configError(() => checkResourceIdentifier(value, 'resource'));

  test.each([
    undefined,
    null,
    5,
    '',
    'api.example.com',
    '/mcp',
    'urn:example:mcp',
    'ftp://h/',
    'ws://h/',
    'https://',
    'mcp://h',
  ])('[RFC9728-1.2-01][MCP-2026-07-28-RS-029] %j', (value) => {
    expect(problem(value)).toMatchObject({ code: 'invalid_resource', path: 'resource' });
    expect(problem(value).message).toContain('absolute https URL');
  });

  test.each([
    ['https://api.example.com/mcp#x', 'fragment'],
    ['https://api.example.com/mcp#', 'fragment'],
    ['https://user@api.example.com/mcp', 'user name'],
    ['https://:pass@api.example.com/mcp', 'password'],
  ])('[MCP-2026-07-28-RS-029] %s', (value, word) => {
    expect(problem(value)).toMatchObject({ code: 'invalid_resource' });
    expect(problem(value).message).toContain(word);
  });

  test.each(['http://api.example.com/mcp', 'http://10.0.0.1/mcp', 'http://localhost.example/mcp'])(
    '[RFC9728-1.2-01][RFC6750-5.3-01] plain http beyond loopback: %s',
    (value) => {
      expect(problem(value)).toMatchObject({ code: 'insecure_resource', path: 'resource' });
    },
  );

  test.each([
    ['https://API.example.com/mcp', 'https://api.example.com/mcp'],
    ['HTTPS://api.example.com', 'https://api.example.com'],
    ['https://api.example.com:443/mcp', 'https://api.example.com/mcp'],
    ['https://api.example.com/a/../mcp', 'https://api.example.com/mcp'],
    ['https://api.example.com/a b', 'https://api.example.com/a%20b'],
    ['https://api.example.com?x=1', 'https://api.example.com/?x=1'],
    [' https://api.example.com/mcp', 'https://api.example.com/mcp'],
    ['https:\\\\api.example.com\\mcp', 'https://api.example.com/mcp'],
    ['https://münchen.example/mcp', 'https://xn--mnchen-3ya.example/mcp'],
  ])('[RFC9728-3.3-03] %j, because clients would write %s', (value, canonical) => {
    expect(problem(value)).toMatchObject({ code: 'invalid_resource' });
    expect(problem(value).message).toContain(JSON.stringify(canonical));
  });

  test.each([
    'https://api.example.com',
    'https://api.example.com/',
    'https://api.example.com/mcp',
    'https://api.example.com/mcp/',
    'https://api.example.com:8443/mcp?tenant=1',
    'http://localhost:3000/mcp',
    'http://127.0.0.1/mcp',
    'http://[::1]:3000/mcp',
  ])('%s is one', (value) => {
    expect(() => checkResourceIdentifier(value, 'resource')).not.toThrow();
  });
});

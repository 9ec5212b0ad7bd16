import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeExchange } from '../../src/cli/describe.js';
import { readArguments } from '../../src/cli/read-arguments.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dev-issuer-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the command line', () => {
  it.each([
    [['--host', '0.0.0.0'], "Unknown option '--host'"],
    [['--port', '0'], '--port is a number from 1 to 65535'],
    [['--port', '9400x'], '--port is a number from 1 to 65535'],
    [['--tokens', 'saml'], '--tokens is jwt or opaque'],
    [['start'], '"start" is not a command'],
    [['--user', 'bob'], '--user goes with the command token'],
    [['token'], 'token takes the URL of one resource'],
    [['token', 'mcp'], 'token takes the URL of one resource'],
    [['token', 'http://localhost/', '--fresh'], '--fresh is of no use to token'],
    [['--scopes', 'nothing.json'], 'nothing.json cannot be read'],
  ])('is not understood: %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  it('without anything starts with the defaults', () => {
    expect(readArguments([])).toEqual({
      kind: 'start',
      options: { port: 9400, folder: '.mcp-auth-dev', fresh: false, dpop: false },
    });
  });

  it('says everything that can be said', () => {
    const path = join(folder, 'scopes.json');
    writeFileSync(path, '{ "notes": "read your notes" }');
    const args = ['--port', '9401', '--scopes', path, '--tokens', 'opaque', '--dpop', '--fresh'];
    const resources = ['--resource', 'http://localhost:1/a', '--resource', 'https://mcp.example.com/'];
    expect(readArguments([...args, ...resources])).toMatchObject({
      options: {
        port: 9401,
        scopes: { notes: 'read your notes' },
        tokens: 'opaque',
        dpop: true,
        fresh: true,
        resources: ['http://localhost:1/a', 'https://mcp.example.com/'],
      },
    });
  });

  it.each(['a,b', 'a b', 'a, b'])('takes scopes as a list: %s', (list) => {
    expect(readArguments(['--scopes', list])).toMatchObject({ options: { scopes: ['a', 'b'] } });
  });

  it('asks for a token', () => {
    expect(readArguments(['token', 'http://localhost:3000/mcp', '--user', 'bob', '--scopes', 'a'])).toEqual({
      kind: 'token',
      port: 9400,
      resource: 'http://localhost:3000/mcp',
      user: 'bob',
      scopes: ['a'],
    });
  });
});

it('a line of the terminal tells why something was refused, and nobody else tells the terminal what to do', () => {
  const line = describeExchange({
    number: 1,
    time: '2026-01-01T12:00:00.000Z',
    title: 'Refused: a client registers itself',
    reason: 'invalid_redirect_uri: redirect_uris "\u001b[2Ja"',
    request: { method: 'POST', path: '/reg\u009b2J\u001b[2J', query: [], headers: [] },
    response: { status: 400, headers: [] },
  });
  expect(line).toBe(
    '12:00:00 POST /reg\uFFFD2J\uFFFD[2J 400  Refused: a client registers itself: invalid_redirect_uri: redirect_uris "\uFFFD[2Ja"',
  );
});

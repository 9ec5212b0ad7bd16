import { win32, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOperations } from '../../src/operation/operation.js';
import type { OperationPolicy } from '../../src/operation/operation-policy.js';
import { compileOperationPolicy } from '../../src/operation/operation-rules.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { place } from '../support/place.js';

const secret = ['secret'] as const;
const options = { numRuns: propertyRuns * 4 };

/** Rules that protect one resource by name, and one kind of resources by template, beside what is open. */
const policy: OperationPolicy = {
  resources: {
    '*': [],
    'file:///private/payroll.txt': secret,
    'file:///{+path}': [],
    'notes://private/{id}': secret,
    'notes://{owner}/{id}': [],
    'https://api.example.com/records/7': secret,
    'https://api.example.com/{+path}': [],
  },
};
const rules = compileOperationPolicy(policy, 'operations', place);

/** Whether a caller with the route's scopes only may read it. */
function isOpen(uri: string): boolean {
  const operations = readOperations('resources/read', { uri });
  if (operations === undefined) return false;
  const verdict = rules.judge(operations, { auth: undefined });
  if (verdict instanceof Promise) throw new Error('not decided at once');
  return (
    verdict.kind === 'anonymous' || (verdict.kind === 'needs' && verdict.requirements.flat().length === 0)
  );
}

/** What a handler reads; nothing where it gives up. */
function attempt(read: (uri: string) => string | undefined, uri: string): string | undefined {
  try {
    return read(uri);
  } catch {
    return undefined;
  }
}

const decoded = (uri: string) => decodeURIComponent(new URL(uri).pathname);

/** Ways in which handlers turn a URI into the path of a file below a root. */
const fileHandlers: Readonly<Record<string, (uri: string) => string>> = {
  fileURLToPath: (uri) => fileURLToPath(uri),
  'fileURLToPath, resolved': (uri) => posix.resolve(fileURLToPath(uri)),
  'the path, decoded': decoded,
  'the path, decoded and normalized': (uri) => posix.normalize(decoded(uri)),
  'the path as it is, normalized': (uri) => posix.normalize(new URL(uri).pathname),
  'the path with back slashes as on Windows': (uri) => win32.normalize(decoded(uri)).replaceAll('\\', '/'),
  'what is behind the scheme': (uri) => posix.normalize(uri.replace(/^file:\/\//i, '')),
  'what is behind the scheme, decoded': (uri) =>
    posix.normalize(decodeURIComponent(uri.replace(/^file:\/\//i, ''))),
  'what is behind the scheme, decoded, without a query': (uri) =>
    posix.normalize(decodeURIComponent(uri.replace(/^file:\/\//i, '').replace(/[?#].*$/, ''))),
};

/** Ways in which handlers look up a record. */
const recordHandlers: Readonly<Record<string, (uri: string) => string>> = {
  'host and path': (uri) => new URL(uri).hostname + new URL(uri).pathname,
  'host and path, decoded': (uri) => new URL(uri).hostname + decoded(uri),
  'host and path, decoded and normalized': (uri) => new URL(uri).hostname + posix.normalize(decoded(uri)),
  'host without its final dot': (uri) => new URL(uri).hostname.replace(/\.$/, '') + decoded(uri),
};

type Change = (uri: string, at: number) => string;

/** Ways to write the same thing differently. */
const changes: Readonly<Record<string, Change>> = {
  'one character encoded': (uri, at) => replaceAt(uri, at, (c) => encode(c)),
  'one character encoded in lower case': (uri, at) => replaceAt(uri, at, (c) => encode(c).toLowerCase()),
  'one character encoded twice': (uri, at) => replaceAt(uri, at, (c) => encode(c).replace('%', '%25')),
  'another case': (uri, at) =>
    replaceAt(uri, at, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())),
  'one more slash': (uri, at) => afterSlash(uri, at, '/'),
  'a dot segment': (uri, at) => afterSlash(uri, at, './'),
  'an encoded dot segment': (uri, at) => afterSlash(uri, at, '%2e/'),
  'there and back': (uri, at) => afterSlash(uri, at, 'x/../'),
  'there and back, encoded': (uri, at) => afterSlash(uri, at, 'x/%2e%2e/'),
  'there and back behind an encoded slash': (uri, at) => afterSlash(uri, at, 'x%2f..%2f'),
  'a back slash for a slash': (uri) => uri.replace(/\/(?=[^/]*$)/, '\\'),
  'an encoded slash': (uri) => uri.replace(/\/(?=[^/]*$)/, '%2F'),
  'an encoded back slash': (uri) => uri.replace(/\/(?=[^/]*$)/, '%5c'),
  'an empty query': (uri) => `${uri}?`,
  'a query': (uri) => `${uri}?x=1`,
  'a query with a slash': (uri) => `${uri}?x=/a`,
  'a fragment': (uri) => `${uri}#a`,
  'a fragment with a slash': (uri) => `${uri}#/a`,
  'an encoded query': (uri) => `${uri}%3Fx`,
  'a final slash': (uri) => `${uri}/`,
  'a host': (uri) => uri.replace('file:///', 'file://localhost/'),
  'user information': (uri) => uri.replace('://', '://user@'),
  'a dot behind the host': (uri) => uri.replace(/(:\/\/[^/]+)/, '$1.'),
  'the default port': (uri) => uri.replace('https://api.example.com', 'https://api.example.com:443'),
  'a tab inside': (uri, at) => `${uri.slice(0, at)}\t${uri.slice(at)}`,
  'a space in front': (uri) => ` ${uri}`,
  'a space behind': (uri) => `${uri} `,
  'a zero byte behind': (uri) => `${uri}%00`,
};

function replaceAt(text: string, at: number, change: (character: string) => string): string {
  const index = at % text.length;
  return text.slice(0, index) + change(text.charAt(index)) + text.slice(index + 1);
}

function encode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}

function afterSlash(uri: string, at: number, inserted: string): string {
  const slashes = [...uri.matchAll(/\//g)].map(({ index }) => index).slice(2);
  const index = slashes[at % Math.max(1, slashes.length)] ?? uri.length - 1;
  return uri.slice(0, index + 1) + inserted + uri.slice(index + 1);
}

const change = fc.tuple(fc.constantFrom(...Object.keys(changes)), fc.nat(60));

function spellingsOf(uri: string): fc.Arbitrary<string> {
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((list) => list.reduce((text, [name, at]) => changes[name]?.(text, at) ?? text, uri));
}

describe('whatever a handler resolves to a protected resource is judged as that resource [MCP-2026-07-28-RS-030]', () => {
  test.each(Object.entries(fileHandlers))('a file, for a handler that takes %s', (_name, read) => {
    const target = 'file:///private/payroll.txt';
    fc.assert(
      fc.property(spellingsOf(target), (uri) => {
        if (attempt(read, uri) === '/private/payroll.txt') expect(isOpen(uri)).toBe(false);
      }),
      options,
    );
  });

  test.each(Object.entries(recordHandlers))('a record, for a handler that takes %s', (_name, read) => {
    const target = 'https://api.example.com/records/7';
    fc.assert(
      fc.property(spellingsOf(target), (uri) => {
        if (attempt(read, uri) === 'api.example.com/records/7') expect(isOpen(uri)).toBe(false);
      }),
      options,
    );
  });

  test.each(Object.entries(recordHandlers))(
    'one of a template, for a handler that takes %s',
    (_name, read) => {
      const target = 'notes://private/abc';
      fc.assert(
        fc.property(spellingsOf(target), (uri) => {
          if (attempt(read, uri) === 'private/abc') expect(isOpen(uri)).toBe(false);
        }),
        options,
      );
    },
  );

  test('the handlers reach the resource in many spellings, or nothing was shown', propertyTest, () => {
    const reached = fc
      .sample(spellingsOf('file:///private/payroll.txt'), { numRuns: 2000, seed: 7 })
      .filter((uri) =>
        Object.values(fileHandlers).some((read) => attempt(read, uri) === '/private/payroll.txt'),
      );
    expect(new Set(reached).size).toBeGreaterThan(300);
  });
});

test.each([
  'file:///public/readme.txt',
  'file:///public/100%25.txt',
  'file:///public/with%20space.txt',
  'file:///privately/payroll.txt',
  'notes://public/abc',
  'notes://Public/%C3%BC',
  'https://api.example.com/records/8',
  'https://api.example.com/records/7/notes',
  'https://api.example.com/search?q=private/payroll.txt',
  'https://api.example.com/a/b.c/d',
  'urn:isbn:0451450523',
  'mail:inbox/1',
])('an ordinary neighbour stays open: %s', (uri) => {
  expect(isOpen(uri)).toBe(true);
});

import { describe, expect, test } from 'vitest';
import { foldCase, spell, toLooseForm } from '../../src/operation/uri-spellings.js';

describe('[MCP-2026-07-28-RS-030] a URI of which nobody can tell what it names', () => {
  test.each(['%2F', '%5C', '%2E', '%3F', '%23', '%25', '%3A', '%40', '%2f', '%5c'])(
    'holds %s after one decoding: whoever decodes again reads another one',
    (code) => {
      expect(spell(`notes://a/x${code.replace('%', '%25')}y`)).toBeUndefined();
    },
  );

  test.each(['notes://a/%', 'notes://a/%zz', 'notes://a/%ff', 'notes://a/%00', 'notes://a/\u0007'])(
    'cannot be decoded, or holds a control character: %j',
    (uri) => {
      expect(spell(uri)).toBeUndefined();
    },
  );

  test.each([
    '..',
    '.',
    './a',
    '../a',
    'a/..',
    'a/.',
    'a/../b',
    'a\\..\\b',
    'a:..',
    'a:../b',
    'a/..?b',
    'a/..#b',
    'a/..;b',
    'a/%2e%2e/b',
    'a%2F..%2Fb',
  ])('has dot segments: %j', (uri) => {
    expect(spell(uri)).toBeUndefined();
  });

  test.each(['a/...', 'a/.hidden', 'a/..b', 'a/b..', 'a/b.', 'a.b/c', 'a/%2541', 'notes://a/%253B'])(
    'is not this one: %j',
    (uri) => {
      expect(spell(uri)).toBeDefined();
    },
  );
});

describe('[MCP-2026-07-28-RS-030] what handlers may make of a URI', () => {
  test.each<[uri: string, exact: readonly string[], loose: readonly string[]]>([
    ['notes://a/b', ['notes://a/b'], ['notes://a/b']],
    ['NOTES://a/b', ['NOTES://a/b', 'notes://a/b'], ['NOTES://a/b', 'notes://a/b']],
    ['no uri', ['no uri'], ['no uri']],
    ['notes://a/b/', ['notes://a/b/'], ['notes://a/b/', 'notes://a/b']],
    ['notes://a/b?x=1', ['notes://a/b?x=1'], ['notes://a/b?x=1', 'notes://a/b']],
    ['notes://a/b#x', ['notes://a/b#x'], ['notes://a/b#x', 'notes://a/b']],
    // The query may come to light by decoding only
    ['notes://a/b%3Fx?y', ['notes://a/b%3Fx?y'], ['notes://a/b?x?y', 'notes://a/b?x', 'notes://a/b']],
    ['notes://a/%C3%BC', ['notes://a/%C3%BC'], ['notes://a/ü']],
    ['notes://u%2Fx@a/b', ['notes://u%2Fx@a/b'], ['notes://a/b']],
    ['notes://a/b@c', ['notes://a/b@c'], ['notes://a/b@c']],
    ['mail:u@a/b', ['mail:u@a/b'], ['mail:u@a/b']],
    ['urn:x:notes://u@a/b', ['urn:x:notes://u@a/b'], ['urn:x:notes:/u@a/b']],
  ])('%s', (uri, exact, loose) => {
    const spellings = spell(uri);
    expect(spellings?.exact).toEqual(exact);
    expect([...(spellings?.loose ?? [])].sort()).toEqual([...loose].sort());
  });
});

describe('[MCP-2026-07-28-RS-030] the form in which URIs are compared', () => {
  test.each([
    ['has slashes for back slashes', 'notes:\\\\h\\a', 'notes://h/a'],
    ['has one slash for several', 'notes://h//a///b', 'notes://h/a/b'],
    ['has one slash for several where there is no host', 'mail:a//b', 'mail:a/b'],
    ['has one slash for several where there is no scheme', '1//a://b', '1/a:/b'],
    ['has no user information', 'notes://u@h/a', 'notes://h/a'],
    ['has no user information, however many signs stand in it', 'notes://u@v@h/a', 'notes://h/a'],
    ['has no dots behind a host', 'notes://h../a', 'notes://h/a'],
    ['has no dots before a port', 'notes://h.:80/a', 'notes://h:80/a'],
    ['keeps dots within a host', 'notes://h.example/a', 'notes://h.example/a'],
    ['keeps what is no port', 'notes://h:x/a', 'notes://h:x/a'],
    ['keeps what only begins like a port', 'notes://h:80x./a', 'notes://h:80x/a'],
    ['keeps what is behind a query', 'notes://h?u@v./a', 'notes://h?u@v./a'],
    ['keeps what is behind a fragment', 'notes://h#u@v./a', 'notes://h#u@v./a'],
    ['has no host for a file', 'FILE://localhost/a', 'FILE:///a'],
    ['has composed characters', 'notes://h/e\u0301', 'notes://h/\u00e9'],
    ['keeps what stands before something like a scheme', '1a:b', '1a:b'],
    ['knows schemes with signs and digits', 'a1+b-c.d://u@h/a', 'a1+b-c.d://h/a'],
    ['knows a scheme of one letter', 'c:\\a\\\\b', 'c:/a/b'],
    ['takes a placeholder for a scheme', '\ue000://u@h/a', '\ue000://h/a'],
    ['takes a placeholder in a scheme', 'a\ue000://u@h/a', 'a\ue000://h/a'],
    ['is one for a host of dots alone', 'notes://.../a', 'notes:///a'],
  ])('%s', (_what, uri, form) => {
    expect(toLooseForm(uri)).toBe(form);
  });

  test('has letters of one case, where file systems know none, and keeps its length', () => {
    expect(foldCase('FILE:///Private/ÄİX1')).toBe('file:///private/Äİx1');
  });
});

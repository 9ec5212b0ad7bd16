import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFeed, formatPage } from '../../docs/scripts/releases/format-releases.mjs';
import { joinChangelogs, parseChangeset } from '../../docs/scripts/releases/read-releases.mjs';

const core = `# @mcp-auth/core

## 1.10.0

### Minor Changes

- 1a2b3c4: Rules are computed.

  A rule may be a \`Map<string>\`, or <T>.

### Patch Changes

- Updated dependencies [1a2b3c4]
  - @mcp-auth/schemas@1.10.0

## 1.9.0

### Patch Changes

- 5d6e7f8: A clock may be behind.
`;

const logs = [
  { name: '@mcp-auth/core', text: core },
  { name: '@mcp-auth/hono', text: core.replace(/\n## 1\.9\.0[\s\S]*/, '\n') },
];

test('a changeset tells its change, by its largest step; an empty one tells nothing', () => {
  const file = "---\n'@mcp-auth/core': patch\n'@mcp-auth/hono': minor\n---\n\nText.\n";
  assert.deepEqual(parseChangeset(file), [
    { level: 'minor', packages: ['@mcp-auth/core', '@mcp-auth/hono'], text: 'Text.' },
  ]);
  assert.deepEqual(parseChangeset('---\n---\n'), []);
});

test('changelogs with one version are one, the newest first, and a shared change is told once', () => {
  const text = 'Rules are computed.\n\nA rule may be a `Map<string>`, or <T>.';
  assert.deepEqual(joinChangelogs(logs), [
    {
      version: '1.10.0',
      changes: [{ level: 'minor', packages: ['@mcp-auth/core', '@mcp-auth/hono'], text }],
    },
    {
      version: '1.9.0',
      changes: [{ level: 'patch', packages: ['@mcp-auth/core'], text: 'A clock may be behind.' }],
    },
  ]);
});

test('the page names what waits and what was released, and nothing in a text becomes markup', () => {
  const releases = joinChangelogs(logs).map((release) => ({ ...release, date: '2026-11-30' }));
  const page = formatPage({ next: parseChangeset("---\n'mcp-auth': patch\n---\n\n{{ a }}\n"), releases });
  assert.match(page, /^## Not released yet \{#next\}$/m);
  assert.match(page, /^## 1\.10\.0, 2026-11-30 \{#v1\.10\.0\}$/m);
  assert.match(page, /^- \*\*core, hono\*\*$/m);
  assert.match(page, /^ {2}A rule may be a `Map<string>`, or &lt;T>\.$/m);
  assert.match(page, /^ {2}&#123;&#123; a \}\}$/m);
});

test('the feed has an item for each release, as text', () => {
  const feed = formatFeed(
    joinChangelogs(logs).map((release) => ({ ...release, date: '2026-11-30' })),
    { title: 'A & B', description: 'What is new', page: 'https://docs.example.com/releases.html' },
  );
  assert.equal(feed.match(/<item>/g).length, 2);
  assert.match(feed, /<title>A &amp; B 1\.10\.0<\/title>/);
  assert.match(feed, /<link>https:\/\/docs\.example\.com\/releases\.html#v1\.10\.0<\/link>/);
  assert.match(feed, /<pubDate>Mon, 30 Nov 2026 00:00:00 GMT<\/pubDate>/);
  assert.match(feed, /`Map&lt;string&gt;`, or &lt;T&gt;/);
});

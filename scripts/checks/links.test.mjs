import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { project } from '../lib/project.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';
import { findBrokenMarkdownLinks, readHeadings } from './links/markdown.mjs';
import { findUnnamedSections, linkedPages } from './links/named-sections.mjs';
import { findSiteProblems } from './links/site.mjs';

const page = (body) => `<!doctype html><html><head></head><body>${body}</body></html>`;

/** What is wrong with a site of some files. */
function site(files) {
  const folder = createTempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return findSiteProblems(folder);
}

test('links to pages, folders, anchors and files of the site are fine', async () => {
  const problems = await site({
    'index.html': page(
      '<h1 id="top">x</h1><a href="/guide/">a</a><a href="./guide/deep.html#part">b</a><a href="#top">',
    ),
    'guide/index.html': page('<a href="../index.html">x</a><a href="deep">y</a><img src="/logo.svg">'),
    'guide/deep.html': page(
      '<h2 id="part">x</h2><a href="https://example.com/">out</a><a href="mailto:a@example.com">',
    ),
    'logo.svg': '',
  });
  assert.deepEqual(problems, []);
});

for (const [what, body] of [
  ['a link to a page that does not exist', '<a class="x > y" href="/missing.html">x</a>'],
  ['a link to a folder without an index', '<a href="/missing/">x</a>'],
  ['a link to an anchor that does not exist', '<a href="#missing">x</a>'],
  ['a link to an anchor of another page that does not exist', '<a href="/other.html#missing">x</a>'],
  ['an image that does not exist', '<img src="./missing.png">'],
  ['a script from another host', '<script src="https://cdn.example.com/x.js"></script>'],
  ['a style sheet from another host', '<link rel="stylesheet" href="//cdn.example.com/x.css">'],
  ['an image set from another host', '<img src="/ok.svg" srcset="https://cdn.example.com/x.png 2x">'],
  ['an inline style that loads from another host', '<style>@import "https://cdn.example.com/x.css";</style>'],
]) {
  test(`found: ${what}`, async () => {
    const problems = await site({
      'index.html': page(body),
      'other.html': page('<i id="there">'),
      'ok.svg': '',
    });
    assert.equal(problems.length, 1, problems.join('\n'));
  });
}

test('found: a font from another host in a style sheet', async () => {
  const problems = await site({
    'index.html': page(''),
    'a.css': 'a{src:url("https://fonts.example.com/x")}',
  });
  assert.equal(problems.length, 1);
});

test('found: a site without pages', async () => {
  assert.equal((await site({ 'a.css': '' })).length, 1);
});

test('found: links of a Markdown file to a file or heading that does not exist', () => {
  const files = {
    'a/README.md':
      '[x](../b.md) [x](../b.md#the-heading) [y](missing.md) [z](#missing)\n[r]: ../missing.md\n`[code](no.md)`',
    'b.md': '# The heading\n',
  };
  const problems = findBrokenMarkdownLinks('a/README.md', (path) => files[path]);
  assert.equal(problems.length, 3, problems.join('\n'));
});

test('a link of a Markdown file to a place that is named', () => {
  const files = {
    'README.md': '[x](page.md#short) [y](page.md#shown)',
    'page.md': '<a name="short"></a>\n\n## A long heading {#short}\n\n```md\n<a name="shown"></a>\n```\n',
  };
  const problems = findBrokenMarkdownLinks('README.md', (path) => files[path]);
  assert.deepEqual(problems, ['README.md links to page.md#shown, which does not exist']);
});

test('found: links of a package page that lead nowhere, there or in the repository', () => {
  const blob = `${project.repository}/blob/main`;
  const files = {
    'packages/a/README.md': `# A\n[x](../../b.md) [x](#a) [x](${blob}/b.md#there) [x](${blob}/b.md#gone) [x](${blob}/c.md)`,
    'b.md': '# There\n',
  };
  const problems = findBrokenMarkdownLinks('packages/a/README.md', (path) => files[path]);
  assert.deepEqual(problems, [
    'packages/a/README.md links to ../../b.md, which leads nowhere on a package page: write its whole address',
    `packages/a/README.md links to ${blob}/b.md#gone, which does not exist`,
    `packages/a/README.md links to ${blob}/c.md, which does not exist`,
  ]);
});

test('headings become anchors the way forges do it', () => {
  const anchors = readHeadings(
    '# What `it` is, in short\n\n```sh\n# no heading\n```\n\n## Twice\n\n## Twice\n',
  );
  assert.deepEqual([...anchors], ['what-it-is-in-short', 'twice', 'twice-1']);
});

test('a page that packages print links to is found by what they write', () => {
  const sources = ["documentationUrl('errors', code)", 'documentationUrl(`providers/${page}`, section)'];
  const pages = ['errors', 'configure/cors', 'providers/index', 'providers/auth0'].map(
    (page) => `docs/${page}.md`,
  );
  assert.deepEqual(linkedPages(sources, pages), ['docs/errors.md', 'docs/providers/auth0.md']);
});

test('a heading with an id needs a name in front, but for code', () => {
  const named = '# Page\n\n<a name="one"></a>\n\n## One {#one}\n\n```md\n## Two {#two}\n```\n';
  assert.deepEqual(findUnnamedSections('a.md', named), []);
  assert.equal(findUnnamedSections('a.md', `${named}\n### Three {#three}\n`).length, 1);
  assert.equal(findUnnamedSections('a.md', named.replace('name="one"', 'name="other"')).length, 1);
});

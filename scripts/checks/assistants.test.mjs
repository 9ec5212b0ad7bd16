import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { drawTerminal } from '../../docs/scripts/trace/draw-terminal.mjs';
import { toPlain } from '../../docs/scripts/plain/to-plain.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';
import { findPlainPageProblems } from './links/plain-pages.mjs';

test('a page is plain without its front matter, marks and components, and with what it takes in', () => {
  const page = `---
description: About a page.
---

# Title {#title}

<!-- options: packages/core/src/a.ts#b
only: c
-->

| a |

<!-- /options -->

<!-- quote: docs/code/a.mjs -->

\`\`\`js
const a = 1;
\`\`\`

<!-- /quote -->

![Drawing: two messages](../generated/drawing.svg)

<TokenExplainer />

> [!WARNING]
> **Not for production**

\`\`\`md
<!-- tabs -->
<!-- stays -->
\`\`\`
`;
  assert.equal(
    toPlain(page),
    `# Title {#title}

| a |

\`\`\`js
const a = 1;
\`\`\`

(Drawing: two messages)

(What stands here works in a browser alone.)

> [!WARNING]
> **Not for production**

\`\`\`md
<!-- tabs -->
<!-- stays -->
\`\`\`
`,
  );
});

const group = `<!-- tabs -->

**Express**

\`\`\`ts
one
\`\`\`

**Hono**

<!-- quote: apps/b.ts -->

\`\`\`ts
const b: number = 2;
\`\`\`

<!-- /quote -->

<!-- /tabs -->

After.
`;

test('tabs keep their names, or one of them is chosen', () => {
  assert.equal(
    toPlain(group),
    '**Express**\n\n```ts\none\n```\n\n**Hono**\n\n```ts\nconst b: number = 2;\n```\n\nAfter.\n',
  );
  assert.equal(toPlain(group, { tab: 'Hono' }), '```ts\nconst b: number = 2;\n```\n\nAfter.\n');
});

test('a quoted file may be changed, other code not', () => {
  const changeCode = (code, path) => `// ${path}\n${code}`;
  assert.equal(
    toPlain(group, { changeCode, tab: 'Hono' }),
    '```ts\n// apps/b.ts\nconst b: number = 2;\n```\n\nAfter.\n',
  );
  assert.equal(toPlain(group, { changeCode, tab: 'Express' }), '```ts\none\n```\n\nAfter.\n');
});

test('links lead elsewhere, or leave their words; code has none', () => {
  const linkTo = (href) => (href.startsWith('#') ? undefined : `/x/${href}`);
  assert.equal(
    toPlain('[a `b`](c.md#d) and [e](#f), `[g](h)`\n', { linkTo }),
    '[a `b`](/x/c.md#d) and e, `[g](h)`\n',
  );
});

test('found: a page without Markdown, a mark of the site, a link to nowhere', () => {
  const folder = createTempFolder();
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('a.html', '');
  write('guide/b.html', '');
  write('llms.txt', '- [A](/a.md)\n- [C](/c.md)\n');
  write('llms-full.txt', '::: tip\n');
  write('guide/b.md', '[A](../a.md#x) [C](./c.md) `[D](d.md)` [API](/reference/) [E](https://example.com)\n');
  write('guide/b.html.md', '');
  write('reference/index.md', '');
  assert.deepEqual(findPlainPageProblems(folder).sort(), [
    'a.html.md is not there',
    'a.md is not there',
    'guide/b.md links to ../a.md#x, which does not exist',
    'guide/b.md links to ./c.md, which does not exist',
    'llms-full.txt has :::',
    'llms.txt links to /a.md, which does not exist',
    'llms.txt links to /c.md, which does not exist',
  ]);
});

test('a terminal is drawn with its colours, words as wide as their characters, and text stays text', () => {
  const svg = drawTerminal('$ npm start\n\u001b[31m  ✗ <b>   d\u001b[39m & "c"\n', {
    title: 'T',
    description: 'D',
  });
  assert.match(svg, /<text x="35\.6" y="72" textLength="39\.0" class="red">✗ &lt;b&gt;<\/text>/);
  assert.match(svg, /<text x="98\.0" y="72" textLength="7\.8" class="red">d<\/text>/);
  assert.match(svg, /<text x="[\d.]+" y="72" textLength="[\d.]+">&amp; &quot;c&quot;<\/text>/);
  assert.match(svg, /prefers-color-scheme: dark/);
  assert.ok(!svg.includes('\u001b'));
  assert.doesNotMatch(svg, /https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

test('a recording types the command, shows line after line, scrolls, and is whole without motion', () => {
  const texts = { title: 'T', description: 'D' };
  const svg = drawTerminal('$ go\none\n\ntwo\nthree\n', { ...texts, recorded: true, rows: 3 });
  const delays = [...svg.matchAll(/class="line" style="animation-delay:([\d.]+)s"/g)].map(([, at]) =>
    Number(at),
  );
  assert.equal(delays.length, 3, 'neither the command nor what is empty');
  assert.deepEqual(
    delays,
    [...delays].sort((one, other) => one - other),
  );
  assert.match(svg, /steps\(2\)/, 'two letters after the sign of the shell');
  assert.match(svg, /\.scrolled \{ transform: translateY\(-40px\)/, 'it ends with the last rows');
  assert.match(
    svg,
    /prefers-reduced-motion: reduce\) \{ \.line, \.cover, \.scrolled \{ animation: none; \} \}/,
  );
  assert.match(svg, />three<\/text>/);
  assert.doesNotMatch(drawTerminal('$ go\none\n', texts), /animation/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPlainProblems } from './plain-markdown.mjs';

const block = '```ts\nconst a = 1;\n```\n';

test('found: a container, a file that is taken in, a slot, a picture, code that nobody sees', () => {
  for (const [page, problem] of [
    [`::: code-group\n\n${block}\n:::\n`, '<p>::: code-group</p> is a container'],
    [`${block}\n<<< @/code/a.ts [Hono]\n`, '&lt;&lt;&lt; @/code/a.ts [Hono]</p> is a file that is taken in'],
    ['<!--@include: @/generated/drawing.html-->\n', 'an include hides what it takes in'],
    [
      '<Home>\n\n<template #install>\n',
      '&lt;template #install&gt;</p> is a tag that no reader of Markdown takes for one',
    ],
    ['![A](/a.svg)\n', '<img src="/a.svg" alt="A" /> is a picture that only the site has'],
    [`<!-- a note\n\n${block}\n-->\n`, '0 of 1 blocks of code are shown'],
    [`<div>\n${block}</div>\n`, '0 of 1 blocks of code are shown'],
  ]) {
    assert.deepEqual(findPlainProblems(page), [problem]);
  }
});

test('what the site makes of notes, alerts and components is no problem, nor is code about marks', () => {
  const page = `---
description: With ::: in front.
---

# Title

<!-- tabs -->

**Express**

<!-- quote: a.ts -->

${block}
<!-- /quote -->

<!-- /tabs -->

> [!WARNING]
> **Not for production**

<TokenExplainer />

Write \`<<< a\` or \`::: tip\`:

\`\`\`md
::: tip
<!--@include: a-->
\`\`\`
`;
  assert.deepEqual(findPlainProblems(page), []);
});

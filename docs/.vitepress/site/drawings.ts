import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { docs } from '../page-list.mjs';

const drawing = /^!\[[^\]]*\]\(((?:\.{1,2}\/)+generated\/\S+\.svg)\)$/;

/** A generated drawing is part of the page, so that it has the colours and the letters of the page; code hosts show it as a picture. */
export function inlineDrawings(md: MarkdownRenderer): void {
  md.core.ruler.after('block', 'site-drawings', (state) => {
    const { relativePath = '' } = state.env as { relativePath?: string };
    for (const [index, { type, content }] of state.tokens.entries()) {
      const href = type === 'inline' ? drawing.exec(content)?.[1] : undefined;
      if (href === undefined) continue;
      const file = posix.join(posix.dirname(relativePath), href);
      const svg = readFileSync(join(docs, file), 'utf8');
      const [style = ''] = /<style>[\s\S]*?<\/style>/.exec(svg) ?? [];
      const parts = [`<div class="drawing" tabindex="0">${svg.replace(style, '')}</div>\n`, `${style}\n`];
      state.tokens.splice(
        index - 1,
        3,
        ...parts.map((html) => {
          const token = new state.Token('html_block', '', 0);
          token.content = html;
          return token;
        }),
      );
    }
  });
}

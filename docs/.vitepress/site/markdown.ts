import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { isEnglishOnly, languageOf, originalOf } from '../languages.mjs';
import { themeTextsOf } from '../locales';
import { addAlertTitles } from './alerts';
import { inlineDrawings } from './drawings';
import { docs, hasSection, pageExists } from './pages';
import { markTypes } from './sample-types';
import { addTabs } from './tabs';
import { addVariants } from './variants';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

/** What the site adds to Markdown: tabs, drawings, links that work from every language, captions, and texts in the page's language. */
export function extendMarkdown(md: MarkdownRenderer): void {
  addTabs(md);
  addAlertTitles(md);
  inlineDrawings(md);
  md.core.ruler.push('site-links', ({ tokens, env }) => {
    const page = (env as { relativePath?: string }).relativePath ?? '';
    for (const token of allTokens(tokens)) {
      if (token.type === 'link_open') mendLink(token, 'href', page);
      if (token.type === 'image') {
        mendLink(token, 'src', page);
        keepPlace(token);
      }
    }
    for (const [index, token] of tokens.entries()) {
      if (token.type === 'heading_open') nameAnchor(tokens[index + 1], page);
    }
  });
  addToFences(md);
  rememberHighlighted(md);
}

/** Code is the same in every language of the site, and colouring it takes longest of all that is done with Markdown. */
function rememberHighlighted({ options }: MarkdownRenderer): void {
  const { highlight } = options;
  if (!highlight) throw new Error('VitePress gives no highlighter.');
  const known = new Map<string, string>();
  options.highlight = (code, language, attributes) => {
    const key = JSON.stringify([language, attributes, code]);
    const html = known.get(key) ?? highlight(code, language, attributes);
    known.set(key, html);
    return html;
  };
}

function allTokens(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => [token, ...(token.children ?? [])]);
}

/** Translations keep the links of the original; what is not translated is one language up. */
function mendLink(token: Token, attribute: 'href' | 'src', page: string): void {
  const href = token.attrGet(attribute);
  const moved = href === null ? undefined : moveLink(href, page);
  if (moved !== undefined) token.attrSet(attribute, moved);
}

/** A drawing that says how large it is has its place before it is there, so that nothing moves when it comes. */
function keepPlace(token: Token): void {
  const src = token.attrGet('src') ?? '';
  if (!/^\/[\w-]+\.svg$/.test(src)) return;
  const svg = readFileSync(join(docs, 'public', src), 'utf8');
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) return;
  token.attrSet('width', width);
  token.attrSet('height', height);
}

/** Where a link of a page leads instead, from the root of the site; nothing where it may stay. */
export function moveLink(href: string, page: string): string | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(href)) return undefined;
  const { folder } = languageOf(page);
  const [path = '', anchor] = href.split('#');
  // What is published as it is lies at the root of the site
  const file = posix.join(posix.dirname(page), path);
  if (file.startsWith('public/')) return `/${file.slice('public/'.length)}`;
  if (folder === '') return undefined;
  const target = posix.join(posix.dirname(originalOf(page)), path);
  return isEnglishOnly(target) || !isTranslated(folder, target, anchor)
    ? `/${target}${anchor === undefined ? '' : `#${anchor}`}`
    : undefined;
}

/** A page or a section that its translators have not reached yet is read in English. */
function isTranslated(folder: string, target: string, anchor = ''): boolean {
  const page = target.replace(/\.md$/, '').replace(/\/$/, '/index');
  const translation = `${folder}/${page}`;
  if (hasSection(page, anchor)) return hasSection(translation, anchor);
  return pageExists(translation) || !pageExists(page);
}

/** The label of the link beside a heading. */
function nameAnchor(inline: Token | undefined, page: string): void {
  const anchor = inline?.children?.find((token) => token.attrGet('class') === 'header-anchor');
  if (anchor === undefined || inline === undefined) return;
  const title = inline.content.replace(/\s*\{#[^}]+\}\s*$/, '').replaceAll('`', '');
  anchor.attrSet('aria-label', themeTextsOf(page).permalink.replace('{title}', title));
}

/** Words are looked up, so the search needs no highlighter, which takes longer than all the rest. */
function withoutColours(md: MarkdownRenderer, token: Token | undefined): string {
  const language = /^\w*/.exec(token?.info ?? '')?.[0] ?? '';
  return `<div class="language-${language}"><pre>${md.utils.escapeHtml(token?.content ?? '')}</pre></div>\n`;
}

/** `file=server.ts` after the label of a fence becomes a caption; buttons and groups speak the page's language. */
function addToFences(md: MarkdownRenderer): void {
  const { fence, 'container_code-group_open': openGroup } = md.renderer.rules;
  md.renderer.rules.fence = addVariants(
    (tokens, index, options, env, self) => {
      if ((env as { forSearch?: boolean }).forSearch === true) return withoutColours(md, tokens[index]);
      const { relativePath } = env as { relativePath: string };
      const { copyCode } = themeTextsOf(relativePath);
      const coloured = fence?.(tokens, index, options, env, self) ?? '';
      const html = markTypes(coloured, tokens[index]?.content ?? '', relativePath);
      const file = /\bfile=(\S+)/.exec(tokens[index]?.info ?? '')?.[1];
      const named = html.replace('title="Copy Code"', `title="${md.utils.escapeHtml(copyCode)}"`);
      if (file === undefined) return named;
      const name = md.utils.escapeHtml(file);
      return named.replace(/^<div ([^>]*)class="/, `<div $1data-file="${name}" class="has-file `);
    },
    (page) => themeTextsOf(page).codeSamples,
  );
  md.renderer.rules['container_code-group_open'] = (tokens, index, options, env, self) => {
    const html = openGroup?.(tokens, index, options, env, self) ?? '';
    const { codeSamples } = themeTextsOf((env as { relativePath: string }).relativePath);
    return html.replace('<div class="tabs">', `<div class="tabs" role="group" aria-label="${codeSamples}">`);
  };
}

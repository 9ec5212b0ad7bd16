import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEnglishOnly, languageOf } from '../languages.mjs';
import { themeTextsOf } from '../locales';
import { docs, pageExists, readTitle } from './pages';

/** What happens in each step of a login, by the name of its section, in the language of a page: the headings of the page that tells it. */
export function readLoginSteps(page: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(docs, languageOf(page).folder, 'how-it-works.md'), 'utf8');
  const headings = [...text.matchAll(/^## \d+\. (.+?) \{#([\w-]+)\}$/gm)];
  return Object.fromEntries(headings.map(([, title = '', name = '']) => [name, title]));
}

/** What the front matter of a home page leads to, by journey. */
export interface HomeLinks {
  readonly ways: { readonly groups: readonly { readonly links: readonly string[] }[] };
}

/** The titles of the pages that the home page of a language leads to, by how it names them. */
export function readLinkTitles({ ways }: HomeLinks, page: string): Readonly<Record<string, string>> {
  const { folder } = languageOf(page);
  return Object.fromEntries(
    ways.groups
      .flatMap(({ links }) => links)
      .map((link) => {
        const original = link.replace(/\/$/, '/index');
        const translated = folder === '' || isEnglishOnly(link) ? original : `${folder}/${original}`;
        if (!pageExists(translated)) throw new Error(`${page} leads to ${link}, which does not exist`);
        const suffix = translated === original && folder !== '' ? themeTextsOf(page).englishOnly : '';
        return [link, readTitle(translated) + suffix];
      }),
  );
}

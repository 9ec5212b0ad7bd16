import { relative } from 'node:path';
import type { DefaultTheme, MarkdownEnv } from 'vitepress';
import { languageOf, languages, originalOf, type Language } from '../languages.mjs';
import { themeTexts } from '../locales';
import { docs, readDescription, readTitle } from '../page-list.mjs';
import words from '../search-words.json';
import { indexOptions } from '../theme/search/find-sections.mjs';
import { splitSections, type Section } from './search-sections';

type LocalSearch = Extract<NonNullable<DefaultTheme.Config['search']>, { readonly provider: 'local' }>;

type SplitSections = NonNullable<
  NonNullable<NonNullable<LocalSearch['options']>['miniSearch']>['_splitIntoSections']
>;

/** Full-text search in the browser, with an index for each language. */
export function createSearch(): NonNullable<DefaultTheme.Config['search']> {
  const locales = Object.fromEntries(
    languages.map((language) => [language.folder === '' ? 'root' : language.folder, translate(language)]),
  );
  // The text is handed on to the index as it is: `extractField` of the options takes it apart
  const miniSearch = { _splitIntoSections: split as unknown as SplitSections };
  // Read by the build; the page imports the same ones, so they need not be in each page as source text
  Object.defineProperty(miniSearch, 'options', { value: indexOptions, enumerable: false });
  // What somebody pastes may hold a token: nothing of it is kept
  return {
    provider: 'local',
    options: { locales, _render: renderForSearch, miniSearch, disableQueryPersistence: true },
  };
}

/** Pages whose tables have what programs print. With the tables of all pages the index would be a third larger. */
const explaining = /^(?:errors|troubleshooting)$/;

function split(file: string, html: string): readonly Section[] {
  const page = relative(docs, file).replaceAll('\\', '/').replace(/\.md$/, '');
  return splitSections(html, describeTopic(page), explaining.test(originalOf(page)));
}

/** What people call the topic of a page: its address, what it says of itself, its English title, and names that others have for it. */
function describeTopic(page: string): string {
  const { folder } = languageOf(page);
  const original = originalOf(page);
  const others: Readonly<Record<string, string>> =
    (words as Record<string, Record<string, string>>)[original] ?? {};
  return [
    original.replace(/index$/, '').replaceAll('/', ' '),
    readDescription(page),
    others.en,
    ...(folder === '' ? [] : [readTitle(original), others[folder]]),
  ].join('\n');
}

/** Of the API reference names are looked up; with every word of it the index would be ten times as large. */
function renderForSearch(
  source: string,
  env: MarkdownEnv,
  md: { render(source: string, env: MarkdownEnv): string },
): string {
  const isApi = env.relativePath.startsWith('reference/api/');
  const searched = Object.assign(env, { forSearch: true });
  return md.render(isApi ? (source.match(/^#{1,3} .+$/gm) ?? []).join('\n\n') : source, searched);
}

function translate(language: Language) {
  const { search } = themeTexts(language);
  return {
    translations: {
      button: { buttonText: search.button, buttonAriaLabel: search.button },
      modal: {
        displayDetails: search.details,
        resetButtonTitle: search.reset,
        backButtonTitle: search.back,
        noResultsText: search.none,
        footer: {
          selectText: search.select,
          selectKeyAriaLabel: '↵',
          navigateText: search.navigate,
          navigateUpKeyAriaLabel: '↑',
          navigateDownKeyAriaLabel: '↓',
          closeText: search.close,
          closeKeyAriaLabel: 'esc',
        },
      },
    },
  };
}

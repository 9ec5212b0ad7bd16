import type { DefaultTheme, MarkdownEnv } from 'vitepress';
import { languages, type Language } from '../languages.mjs';
import { themeTexts } from '../locales';

/**
 * Splits text into what is looked up.
 *
 * Chinese and Japanese put no blanks between words, and Korean glues particles to them: runs of these scripts give every
 * pair of neighbouring characters. Identifiers such as `invalid_token` are found whole and by their parts.
 *
 * Runs in the build and, as source text, in the browser: it must not use anything from outside itself.
 */
export const tokenize = (text: string): string[] => {
  const tokens: string[] = [];
  for (const word of text.normalize('NFKC').split(/[\s\p{Z}\p{C}]+/u)) {
    if (/^[\p{P}\p{S}]*[A-Za-z0-9]+(?:[._:/-]+[A-Za-z0-9]+)+[\p{P}\p{S}]*$/u.test(word)) {
      tokens.push(word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, ''));
    }
    for (const part of word.split(/[\p{P}\p{S}]+/u)) {
      for (const run of part.match(
        /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+|\p{sc=Hangul}+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Hangul}]+/gu,
      ) ?? []) {
        if (!/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(run)) {
          tokens.push(run);
          continue;
        }
        const characters = Array.from(run);
        if (characters.length === 1) tokens.push(run);
        for (let index = 1; index < characters.length; index++) {
          tokens.push(`${characters[index - 1]}${characters[index]}`);
        }
      }
    }
  }
  return tokens;
};

/** Full-text search in the browser, with an index for each language. */
export function createSearch(): NonNullable<DefaultTheme.Config['search']> {
  const locales = Object.fromEntries(
    languages.map((language) => [language.folder === '' ? 'root' : language.folder, translate(language)]),
  );
  return {
    provider: 'local',
    options: {
      locales,
      _render: renderForSearch,
      miniSearch: {
        options: { tokenize },
        searchOptions: {
          prefix: (term: string) => term.length > 1,
          fuzzy: (term: string) => (/^[a-z]{5,}$/i.test(term) ? 0.2 : false),
          boost: { title: 4, titles: 2, text: 1 },
        },
      },
    },
  };
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

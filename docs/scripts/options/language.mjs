import { readFileSync } from 'node:fs';

/**
 * What tables say in one language, next to names and numbers.
 *
 * @typedef {object} Language
 * @property {(english: string) => string} word a heading, a kind or a default; in English where there is no translation
 * @property {(option: string, english: string) => string | undefined} meaning of `Type.option`; nothing where it was made from another English, or never
 */

/** @type {Language} */
export const english = { word: (text) => text, meaning: (_option, text) => text };

/**
 * The language of the pages in a folder below docs/, from the file of its name here.
 *
 * @param {string} folder empty for English
 * @returns {Language}
 */
export function readLanguage(folder) {
  if (folder === '') return english;
  const file = new URL(`./${folder}.json`, import.meta.url);
  const { words, meanings } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    word: (text) => words[text] ?? text,
    meaning: (option, text) => (meanings[option]?.english === text ? meanings[option].text : undefined),
  };
}

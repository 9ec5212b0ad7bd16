import { readFileSync } from 'node:fs';

/**
 * What tables say in one language, next to names and numbers.
 *
 * @typedef {object} Language
 * @property {(english: string) => string} word a heading, a kind or a default; in English where there is no translation
 * @property {(option: string, english: string) => string | undefined} meaning of `Type.option`; nothing where it was made from another English, or never
 * @property {(english: string) => string} phrase a heading or a cell that a reader needs; where there is no translation of today's English, marked as such
 */

/** @type {Language} */
export const english = { word: (text) => text, meaning: (_option, text) => text, phrase: (text) => text };

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
  const word = (text) => words[text] ?? text;
  return {
    word,
    phrase: (text) => words[text] ?? markEnglish(text, word),
    meaning: (option, text) => (meanings[option]?.english === text ? meanings[option].text : undefined),
  };
}

/**
 * English in the page of another language; its mark is what the check of translations counts.
 *
 * @param {string} text
 * @param {Language['word']} word
 */
export function markEnglish(text, word) {
  return `<span lang="en">${text}</span> ${word('(not translated)')}`;
}

/**
 * A language of the site.
 *
 * @typedef {object} Language
 * @property {'' | 'ko' | 'ja' | 'zh-tw'} folder the folder of its pages; English lives at the root
 * @property {string} tag BCP 47
 * @property {string} label its own name for itself
 */

/** @type {readonly [Language, ...Language[]]} */
export const languages = [
  { folder: '', tag: 'en', label: 'English' },
  { folder: 'ko', tag: 'ko', label: '한국어' },
  { folder: 'ja', tag: 'ja', label: '日本語' },
  { folder: 'zh-tw', tag: 'zh-TW', label: '繁體中文' },
];

/**
 * The language a page belongs to, by its path below docs/.
 *
 * @param {string} page
 * @returns {Language}
 */
export function languageOf(page) {
  return languages.find(({ folder }) => folder !== '' && page.startsWith(`${folder}/`)) ?? languages[0];
}

/**
 * The path of the English original of a page.
 *
 * @param {string} page
 */
export function originalOf(page) {
  const { folder } = languageOf(page);
  return folder === '' ? page : page.slice(folder.length + 1);
}

/**
 * The name of a generated file with words in it, in one language: `drawing.svg`, `drawing.ko.svg`.
 *
 * @param {string} file
 * @param {Language['folder']} folder
 */
export function inLanguage(file, folder) {
  return folder === '' ? file : file.replace(/(?=\.\w+$)/, `.${folder}`);
}

/**
 * Generated pages, contributors' records, and what machines read: English for every reader.
 *
 * @param {string} original path below docs/, with or without an ending
 */
export function isEnglishOnly(original) {
  return /^(?:reference\/(?:metadata|api)|decisions)(?:\/|$)|^(?:performance|reference\/releases|security\/assurance|guide\/coding-assistants)(?:\.\w+)?$/.test(
    original,
  );
}

/**
 * Pages that scripts write: whoever wants to change them changes their sources.
 *
 * @param {string} page path below docs/
 */
export function isGenerated(page) {
  return /^reference\/(?:(?:metadata|api)\/|releases\.)|^(?:performance|security\/assurance)\./.test(page);
}

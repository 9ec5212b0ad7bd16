import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The font of a language whose letters the font of the site lacks, as it is called where it comes from. */
export const sources = {
  ko: 'noto-sans-kr/500Medium/NotoSansKR_500Medium.ttf',
  ja: 'noto-sans-jp/500Medium/NotoSansJP_500Medium.ttf',
  'zh-tw': 'noto-sans-tc/500Medium/NotoSansTC_500Medium.ttf',
};

const place = (folder, ending) => fileURLToPath(new URL(`fonts/${folder}.${ending}`, import.meta.url));

/** The font of a language, cut down to the letters of its headings, and what letters those are. */
export const fontFile = (folder) => place(folder, 'woff2');
export const lettersFile = (folder) => place(folder, 'txt');

/**
 * The letters of a title that nothing here can draw.
 *
 * @param {string} title
 * @param {string} folder of the language
 * @returns {readonly string[]}
 */
export function findMissingLetters(title, folder) {
  const known = existsSync(lettersFile(folder)) ? readFileSync(lettersFile(folder), 'utf8') : '';
  return [...new Set(title)].filter((letter) => letter > '\u024f' && !known.includes(letter));
}

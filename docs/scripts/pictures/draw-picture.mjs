import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { decompress } from 'wawoff2';
import { fontFile, sources } from './fonts.mjs';

const [width, height, margin] = [1200, 630, 88];
const fontUrl = new URL('../../.vitepress/theme/fonts/funnel-display.woff2', import.meta.url);
const iconUrl = new URL('../../public/icon.svg', import.meta.url);
/** As many columns as fit at the size of the title, in the widest usual text; letters of Chinese, Japanese and Korean take two. */
const columns = 25;

/**
 * Draws what other sites show beside links to pages: their titles, in the letters of the site.
 *
 * @param {readonly { title: string, folder?: string }[]} pages with the folder of their language
 * @returns {Promise<Buffer[]>} a PNG for each
 */
export async function drawPictures(pages) {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  // The renderer reads fonts from files alone, and none that are compressed
  const unpack = async (name, from) => {
    writeFileSync(join(folder, name), await decompress(readFileSync(from)));
    return join(folder, name);
  };
  try {
    const own = await unpack('own.ttf', fontUrl);
    const others = {};
    for (const language of Object.keys(sources)) {
      others[language] = await unpack(`${language}.ttf`, fontFile(language));
    }
    return pages.map(({ title, folder: language = '' }) => {
      // One letter has forms in each language: only the font of that language is there
      const fontFiles = [own, ...(others[language] === undefined ? [] : [others[language]])];
      const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Funnel Display' };
      return new Resvg(drawTitle(title, language), { font }).render().asPng();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} title
 * @param {string} [language] its folder
 * @returns {string} SVG
 */
export function drawTitle(title, language = '') {
  const place = `<svg x="${margin}" y="${margin}" width="88" height="88" `;
  const icon = readFileSync(iconUrl, 'utf8').trim().replace('<svg ', place);
  const lines = wrap(title, language);
  const top = 400 - (lines.length - 1) * 46;
  const texts = lines.map((line, index) => {
    return `<text x="${margin}" y="${top + index * 92}" font-size="80">${escapeText(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="#0d1b1a"/>
${icon}
<g font-family="Funnel Display" fill="#fff">
<text x="${margin + 112}" y="${margin + 59}" font-size="44">MCP Auth</text>
${texts.join('\n')}
</g>
</svg>`;
}

/** Three lines at most; what does not fit is left out. */
function wrap(title, language) {
  const lines = [];
  for (const word of splitWords(title, language)) {
    const last = lines.at(-1);
    if (last === undefined || widthOf((last + word).trimEnd()) > columns) lines.push(word);
    else lines[lines.length - 1] = last + word;
  }
  const shown = lines.map((line) => line.trim()).filter((line) => line !== '');
  return shown.length <= 3 ? shown : [...shown.slice(0, 2), `${shown[2]} …`];
}

/** What a line may be broken between: words with the space or the mark behind them. Japanese and Chinese put no spaces between words. */
function splitWords(title, language) {
  if (language !== 'ja' && language !== 'zh-tw') return title.match(/\S+\s*/g) ?? [];
  const words = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(
    title,
  )) {
    if (isWordLike || words.length === 0) words.push(segment);
    else words[words.length - 1] += segment;
  }
  return words;
}

const widthOf = (text) => Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);

function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

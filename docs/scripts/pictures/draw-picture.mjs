import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { decompress } from 'wawoff2';

const [width, height, margin] = [1200, 630, 88];
const fontUrl = new URL('../../.vitepress/theme/fonts/funnel-display.woff2', import.meta.url);
const iconUrl = new URL('../../public/icon.svg', import.meta.url);
/** As many characters as fit at the size of the title, in the widest usual text. */
const charactersPerLine = 25;

/**
 * Draws what other sites show beside links to pages: their titles, in the letters of the site.
 *
 * @param {readonly string[]} titles
 * @returns {Promise<Buffer[]>} a PNG for each
 */
export async function drawPictures(titles) {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  try {
    const fontFile = join(folder, 'font.ttf');
    // The renderer reads fonts from files alone, and none that are compressed
    writeFileSync(fontFile, await decompress(readFileSync(fontUrl)));
    const font = { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: 'Funnel Display' };
    return titles.map((title) => new Resvg(drawTitle(title), { font }).render().asPng());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} title
 * @returns {string} SVG
 */
export function drawTitle(title) {
  const place = `<svg x="${margin}" y="${margin}" width="88" height="88" `;
  const icon = readFileSync(iconUrl, 'utf8').trim().replace('<svg ', place);
  const lines = wrap(title);
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
function wrap(title) {
  const lines = [];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > charactersPerLine) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.length <= 3 ? lines : [...lines.slice(0, 2), `${lines[2]} …`];
}

function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

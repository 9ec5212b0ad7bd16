// Cuts the fonts of the pictures for links down to the letters of our pages. In an empty folder:
//   npm init --yes && npm install subset-font @expo-google-fonts/noto-sans-kr @expo-google-fonts/noto-sans-jp @expo-google-fonts/noto-sans-tc
//   node docs/scripts/pictures/cut-fonts.mjs <that folder>
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { listProjectFiles, readProjectFile } from '../../../scripts/lib/project.mjs';
import { fontFile, lettersFile, sources } from './fonts.mjs';

const installed = resolve(process.argv[2] ?? '.');
const subsetFont = createRequire(join(installed, 'package.json'))('subset-font');

/** Of whole pages, not of titles alone: a new title seldom needs a new font. */
function listLetters(folder) {
  const pages = listProjectFiles(new RegExp(`^docs/${folder}/.*\\.md$`)).map(readProjectFile);
  const site = readProjectFile(`docs/.vitepress/locales/${folder}.ts`);
  return [...new Set([...pages, site].join(''))].filter((letter) => letter > '\u024f').sort();
}

for (const [folder, source] of Object.entries(sources)) {
  const letters = listLetters(folder).join('');
  const font = readFileSync(join(installed, 'node_modules/@expo-google-fonts', source));
  const cut = await subsetFont(font, letters, { targetFormat: 'woff2' });
  writeFileSync(fontFile(folder), cut);
  writeFileSync(lettersFile(folder), letters);
  console.log(`${folder}: ${Array.from(letters).length} letters, ${cut.length} bytes`);
}

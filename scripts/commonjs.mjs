// Gives a built package what CommonJS projects need beside each ES module.
// One line of JavaScript that requires the module (one class, whoever loads it), and the declarations once more as .d.cts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The text of a `.d.ts` as the `.d.cts` beside it. jose is an ES module only: TypeScript lets CommonJS have types of it if it says how. */
export function toCommonDeclarations(text) {
  const common = text
    .replaceAll(/((?:from |import |import\()['"]\.{1,2}\/[^'"]+)\.js(?=['"])/g, '$1.cjs')
    .replaceAll(/^import 'jose';\n/gm, '')
    .replaceAll(
      /^import (?:type )?(\{[^}]*\}) from 'jose';/gm,
      "import type $1 from 'jose' with { 'resolution-mode': 'import' };",
    );
  // Not in the examples of doc comments
  const left = /^(?! *\*).*?((?:from |import |import\()['"]jose['"])(?! with)/m.exec(common);
  if (left !== null) throw new Error(`${left[1]}: declarations can import names of jose in braces only.`);
  return common;
}

/** @param {string} folder of a package whose modules and declarations are built */
export function writeCommonJs(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue;
    if (target.require === undefined) throw new Error(`exports["${subpath}"] has no "require".`);
    const module = basename(target.import.default);
    writeFileSync(join(folder, target.require.default), `module.exports = require('./${module}');\n`);
  }
  const dist = join(folder, 'dist');
  for (const name of readdirSync(dist).filter((name) => name.endsWith('.d.ts'))) {
    const text = toCommonDeclarations(readFileSync(join(dist, name), 'utf8'));
    writeFileSync(join(dist, name.replace(/\.d\.ts$/, '.d.cts')), text);
  }
}

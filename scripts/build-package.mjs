// Run in the folder of a package: its modules, the declarations of what it exports, and what CommonJS projects need beside both.
// The compiler writes a declaration for each source, checks all of them on the way, and the bundler only puts these together: a
// bundler of declarations that starts from sources takes five times as long.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'tsup';
import { writeCommonJs } from './commonjs.mjs';
import { capture } from './lib/capture.mjs';
import { fastest } from './lib/compilers.mjs';

const folder = process.cwd();
// Not below node_modules: what is there the bundler takes for somebody else's
const declarations = '.declarations';

/** A declaration for each file in `src`, in a folder that nothing publishes. */
async function declare() {
  rmSync(join(folder, declarations), { recursive: true, force: true });
  mkdirSync(join(folder, declarations), { recursive: true });
  const config = join(folder, declarations, 'tsconfig.json');
  const settings = {
    extends: '../tsconfig.json',
    compilerOptions: { noEmit: false, emitDeclarationOnly: true, rootDir: '../src', outDir: '.' },
    include: ['../src'],
  };
  writeFileSync(config, JSON.stringify(settings));
  const { ok, output } = await capture(process.execPath, [await fastest(), '--project', config]);
  if (!ok) throw new Error(output);
}

/** For each entry of the export map its name, and the declaration that it begins with. */
function listEntries() {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const names = Object.values(exports)
    .map((target) => target.import?.types)
    .filter((types) => types !== undefined)
    .map((types) => basename(types, '.d.ts'));
  return Object.fromEntries(names.map((name) => [name, join(declarations, `${name}.d.ts`)]));
}

await declare();
await build({ dts: { entry: listEntries() } });
writeCommonJs(folder);

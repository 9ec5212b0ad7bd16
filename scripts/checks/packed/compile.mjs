import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, tail } from '../../lib/capture.mjs';
import { canCompile, tsc } from '../../lib/compilers.mjs';

/** What is wrong in declarations of others, whatever is compiled against them. */
const foreign = [
  // Hono needs TypeScript 5.7 for its declarations
  /^[./]*\/node_modules\/hono\/.+ error TS2315: Type 'Uint8Array' is not generic\.$/,
  // Version 1 of the official SDK asks CommonJS for types of an ES module
  /^[./]*\/node_modules\/@modelcontextprotocol\/sdk\/.+ error TS(1541|1479): /,
];

/** What a compiler prints without the errors of others, each with the indented lines that explain it. */
export function withoutForeign(output) {
  const ours = [];
  let isForeign = false;
  for (const line of output.split('\n')) {
    if (!line.startsWith(' ')) isForeign = foreign.some((pattern) => pattern.test(line));
    if (!isForeign) ours.push(line);
  }
  return ours;
}

/**
 * Compiles files in a folder, library checks on unless the options say otherwise.
 *
 * @param {string} folder
 * @param {Record<string, string>} files path to text; a `package.json` among them says of which kind the modules are
 * @param {string} version of TypeScript
 * @returns {Promise<string[]>} what it says against them
 */
export async function compile(folder, files, version, options = {}) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    // SDK 1 names types of the DOM
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    // Those of NestJS
    experimentalDecorators: true,
    ...options,
  };
  const sources = Object.keys(files).filter((path) => path.endsWith('.ts'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: sources }));
  const { ok, output } = await capture(process.execPath, [tsc(version), '--project', folder], {
    cwd: folder,
  });
  const lines = withoutForeign(output);
  return ok || lines.every((line) => line === '') ? [] : [tail(lines.join('\n'), 30)];
}

/** A check that is skipped on a machine that has no such compiler. */
export const whereItRuns =
  (version, run) =>
  async ({ skip }) =>
    (await canCompile(version)) ? run() : skip(`TypeScript ${version} does not run on this machine`);

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../lib/bootstrap.mjs';
import { capture, tool } from '../lib/capture.mjs';
import { judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';

/** Where snippets are compiled: beside the examples, so that they see what an application has installed. */
const workshop = join(root, 'apps/examples');

/** Quoted code is compiled where it comes from; its lines stay, empty. */
function withoutQuotes(text) {
  return text.replace(/<!-- quote: [\s\S]*?<!-- \/quote -->/g, (quote) => quote.replace(/[^\n]+/g, ''));
}

/**
 * The TypeScript blocks of a document, each padded to its own lines, so that a compiler's line is the document's.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function readSnippets(text) {
  const own = withoutQuotes(text);
  return [...own.matchAll(/^```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^```$/gm)].map((match) => {
    const line = own.slice(0, match.index).split('\n').length;
    return `${'\n'.repeat(line)}${match[1]}\nexport {};\n`;
  });
}

/** Compiles every TypeScript block of the documentation as a module of its own. */
export async function checkSnippets() {
  // Translations have the very code of their originals: the check of translations compares them
  const documents = (await listProjectFiles()).filter((file) =>
    /^docs\/(?!(?:ko|ja|zh-tw)\/).*\.md$/.test(file),
  );
  const folder = mkdtempSync(join(workshop, '.snippets-'));
  try {
    mkdirSync(join(folder, 'src'));
    const origins = new Map();
    for (const document of documents) {
      for (const [index, snippet] of readSnippets(readFileSync(join(root, document), 'utf8')).entries()) {
        const file = `${document.replaceAll(/[^a-z\d]+/gi, '-')}-${index}.ts`;
        origins.set(file, document);
        writeFileSync(join(folder, 'src', file), snippet);
      }
    }
    const config = { extends: '../tsconfig.json', compilerOptions: { declaration: false }, include: ['src'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { ok, output } = await capture(tool('tsc'), [
      '--project',
      join(folder, 'tsconfig.json'),
      '--pretty',
      'false',
    ]);
    const problems = output
      .split('\n')
      .filter((line) => line.includes('error TS'))
      .map((line) => {
        const [, file = '', place = '', message = ''] = /([^/\\]+\.ts)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
        return origins.has(file) ? `${origins.get(file)}:${place} ${message}` : relative(root, line);
      });
    return judge(
      `${origins.size} snippets of the documentation compile`,
      ok ? [] : [...problems, ...(problems.length === 0 ? [output] : [])],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outcome = await checkSnippets();
  for (const failure of outcome.failures) console.error(failure);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
}

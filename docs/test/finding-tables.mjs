import { readFileSync } from 'node:fs';
import ts from 'typescript';

const folder = new URL('../.vitepress/theme/texts/findings/', import.meta.url);

/**
 * What the metadata checker says in another language: a message and a fix for each code.
 *
 * @param {string} language its folder
 * @returns {Promise<Record<string, { message: string, fix: string }>>}
 */
export async function readFindingTable(language) {
  const source = readFileSync(new URL(`${language}.ts`, folder), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext } });
  const [table] = Object.values(await import(`data:text/javascript,${encodeURIComponent(outputText)}`));
  return table;
}

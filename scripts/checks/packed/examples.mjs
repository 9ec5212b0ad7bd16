import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../lib/project.mjs';
import { listPublishedPackages } from '../../lib/project.mjs';

/** Can be loaded in their test runner alone: the tests of their package do so. */
const inTestRunners = ['@mcp-auth/testing/vitest', '@mcp-auth/testing/jest'];

/** The modules that a package lets others import, by the names they import them under. */
export function listEntryNames({ name, manifest }) {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath]) => join(name, subpath))
    .filter((entry) => !inTestRunners.includes(entry));
}

/** What declares `request.auth` of Express in its own way: no two of them, nor one and the official SDK, fit in one program. */
const apart = ['mcp-auth', '@mcp-auth/express/augment'];

/** Their framework is for ECMAScript modules alone. */
const inModules = ['@mcp-auth/nest'];

/**
 * The complete examples of all READMEs and every entry, as a few programs.
 *
 * @param {'commonjs' | 'module'} type of the package they will be in
 * @returns {Record<string, string>[]} path to text
 */
export function collectExamples(type) {
  const packages = listPublishedPackages().filter(
    ({ name }) => type === 'module' || !inModules.includes(name),
  );
  const together = (name) => !apart.includes(name);
  return [together, ...apart.map((lone) => (name) => name === lone)].map((isChosen) => {
    const examples = packages.filter(({ name }) => isChosen(name)).flatMap(readExamples);
    const entries = packages.flatMap(listEntryNames).filter(isChosen);
    return {
      'package.json': JSON.stringify({ private: true, type }),
      'entries.ts': entries.map((name, index) => `export * as e${index} from '${name}';\n`).join(''),
      ...Object.fromEntries(
        examples.map((code, index) => [`test/${index}.ts`, type === 'commonjs' ? toCommonJs(code) : code]),
      ),
      // What the example of the conformance cases tests
      ...(isChosen === together ? Object.fromEntries(['index.ts', 'mcp-auth.ts'].map(readAdapter)) : {}),
    };
  });
}

function readExamples({ name, folder }) {
  const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
  // What imports a file of the same application is compiled with it
  const examples = [...readme.matchAll(/^```ts\n(import [\s\S]*?)^```$/gm)].filter(
    ([, code]) => !code.includes(" from '@/"),
  );
  if (examples.length === 0) throw new Error(`The README of ${name} has no example.`);
  // Vitest is not for CommonJS; the runner of Node is called alike
  return examples.map(([, code]) => code.replace("'vitest'", "'node:test'"));
}

function readAdapter(name) {
  return [`src/${name}`, readFileSync(join(root, 'apps/node-http-adapter/src', name), 'utf8')];
}

/** What has no form in CommonJS: `await` outside of a function, and attributes of imports. */
function toCommonJs(code) {
  const plain = code.replaceAll(" with { type: 'json' };", ';');
  if (!/^(?:await |\S[^\n]* = await )/m.test(plain)) return plain;
  const [imports, ...rest] = plain.split('\n\n');
  return `${imports}\n\nvoid (async () => {\n${rest.join('\n\n')}})();\n`;
}

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/** @returns {string} the path of the module that a snippet was made to */
export function writeSnippet(base, code) {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      experimentalDecorators: true,
    },
  });
  writeFileSync(`${base}.mjs`, outputText);
  return `${base}.mjs`;
}

/** A snippet as a module that trusts an issuer that is there. */
export function loadSnippet(base, code, { issuer }) {
  const path = writeSnippet(base, code.replaceAll('https://auth.example.com', issuer));
  return import(pathToFileURL(path).href);
}

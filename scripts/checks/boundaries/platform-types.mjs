import ts from 'typescript';
import { root } from '../../lib/bootstrap.mjs';
import { listEntries, readPackages, readProjectFile } from './workspace.mjs';

/** Entries that need a platform with `node:async_hooks` and say so. */
const platformEntries = ['./context'];

/**
 * Compiles the sources of a package without Node's types: a global such as `process` or `Buffer` would not be known.
 *
 * @param {string} name
 * @param {Record<string, string>} [replacements] texts to compile in place of files, by path from the project's root
 */
export function findPlatformGlobals(name, replacements = {}) {
  const { config } = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, types: [], lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
    root,
  );
  const host = ts.createCompilerHost(options);
  const replaced = new Map(Object.entries(replacements).map(([path, text]) => [`${root}${path}`, text]));
  const readFile = host.readFile.bind(host);
  host.readFile = (path) => replaced.get(path) ?? readFile(path);
  const pkg = readPackages(readProjectFile).get(name);
  const sources = listEntries(pkg)
    .filter(({ subpath }) => !platformEntries.includes(subpath))
    .map(({ source }) => `${root}${source}`);
  const program = ts.createProgram(sources, options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    if (diagnostic.file === undefined) return text;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${diagnostic.file.fileName.slice(root.length)}:${line + 1} ${text}`;
  });
}

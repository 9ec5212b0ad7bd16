import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/lib/project.mjs';
import { firstSentence, shortenSignature } from './shorten.mjs';

/**
 * What a name of a sample is, and the first sentence of its documentation.
 *
 * @typedef {readonly [signature: string, documentation: string]} NameText
 */

/**
 * The names of a sample that have something to say, in their order.
 *
 * @typedef {object} SampleTypes
 * @property {readonly NameText[]} texts
 * @property {readonly (readonly [start: number, length: number, text: number])[]} names
 */

/**
 * The types of all names in samples, from what is installed in the examples: one compiler reads it once for all.
 *
 * @param {readonly import('./read-samples.mjs').Sample[]} samples
 * @returns {readonly SampleTypes[]}
 * @throws {Error} where a TypeScript sample does not compile; it names the places
 */
export function inferTypes(samples) {
  // Each is a module, also one that imports nothing
  const paths = samples.map(({ folder, language }, index) =>
    join(root, folder, `.sample-${index}.${language}`),
  );
  const texts = new Map(samples.map(({ code }, index) => [paths[index], `${code}\nexport {};\n`]));
  const service = createService(texts);
  const problems = samples.flatMap((sample, index) => findProblems(service, paths[index], sample));
  if (problems.length > 0) throw new Error(`These samples do not compile:\n${problems.join('\n')}`);
  return paths.map((path) => describeNames(service, path));
}

function createService(texts) {
  const folder = join(root, 'apps/examples');
  const { options, errors } = ts.getParsedCommandLineOfConfigFile(
    join(folder, 'tsconfig.json'),
    { declaration: false, allowJs: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail([problem]) },
  );
  if (errors.length > 0) fail(errors);
  const readFile = (path) => texts.get(path) ?? ts.sys.readFile(path);
  return ts.createLanguageService({
    ...ts.sys,
    readFile,
    fileExists: (path) => texts.has(path) || ts.sys.fileExists(path),
    getCompilationSettings: () => options,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
  });
}

function fail(problems) {
  throw new Error(
    problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'),
  );
}

/** Whoever writes JavaScript is told no types errors. */
function findProblems(service, path, { page, line, language }) {
  const found = [
    ...service.getSyntacticDiagnostics(path),
    ...(language === 'ts' ? service.getSemanticDiagnostics(path) : []),
  ];
  return found.map(({ file, start, messageText }) => {
    const place = file.getLineAndCharacterOfPosition(start);
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    return `${page}:${line + place.line + 1}:${place.character + 1} ${message}`;
  });
}

/** @returns {SampleTypes} */
function describeNames(service, path) {
  const program = service.getProgram();
  const file = program.getSourceFile(path);
  const [texts, names] = [new Map(), []];
  const visit = (node) => {
    if (!ts.isIdentifier(node)) return ts.forEachChild(node, visit);
    const text = describeName(service, program.getTypeChecker(), path, node);
    if (text === undefined) return;
    const key = JSON.stringify(text);
    if (!texts.has(key)) texts.set(key, texts.size);
    names.push([node.getStart(file), node.text.length, texts.get(key)]);
  };
  visit(file);
  return { texts: [...texts.keys()].map((text) => JSON.parse(text)), names };
}

function describeName(service, checker, path, node) {
  const info = service.getQuickInfoAtPosition(path, node.getStart());
  const signature = shortenSignature(ts.displayPartsToString(info?.displayParts));
  // It says nothing that the name does not
  if (signature === '' || /^(?:unknown|var undefined)$|(?:^|: )any$/.test(signature)) return undefined;
  const documentation = joinParts(info.documentation) || joinParts(documentationOf(checker, node));
  return [signature, firstSentence(documentation)];
}

/** A constructor without a doc comment has that of its class. */
function documentationOf(checker, node) {
  if (!ts.isNewExpression(node.parent)) return [];
  const symbol = checker.getSymbolAtLocation(node);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  return (isAlias ? checker.getAliasedSymbol(symbol) : symbol)?.getDocumentationComment(checker) ?? [];
}

/** A link is what it is called. */
function joinParts(parts = []) {
  return parts
    .filter(
      ({ kind }, index) => kind !== 'link' && !(kind === 'linkName' && parts[index + 1]?.kind === 'linkText'),
    )
    .map(({ kind, text }) => (kind === 'linkName' || kind === 'linkText' ? `\`${text.trim()}\`` : text))
    .join('');
}

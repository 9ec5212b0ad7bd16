import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * What the doc comment of an option says.
 *
 * @typedef {{ meaning: string, default: string | undefined, required: boolean, deprecated: boolean }} Meaning
 */

/**
 * Reads what options mean from the doc comments of the types that their descriptions are proven against.
 *
 * @param {Iterable<string>} sources each `path/from/the/root.ts#name`
 * @returns {Map<string, { type: string, members: Map<string, Meaning> }>} by source: the type, and option → meaning
 * @throws {Error} where a description names no type
 */
export function readMeanings(sources) {
  const paths = [...new Set([...sources].map((source) => join(root, source.split('#')[0])))];
  const config = ts.readConfigFile(join(root, 'packages/core/tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'packages/core'));
  const program = ts.createProgram(paths, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  return new Map(
    [...sources].map((source) => {
      const [path, names = ''] = source.split('#');
      const node = findType(program.getSourceFile(join(root, path)), names.split('.'));
      if (node === undefined) throw new Error(`${source} does not say which type it describes.`);
      const members = readMembers(checker.getTypeFromTypeNode(node), checker);
      return [source, { type: nameOf(node), members }];
    }),
  );
}

/** The `T` of `object<T>(…)` or of `… satisfies Described<T>`. */
function findType(file, [name, ...inside]) {
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations);
  let node = declarations.find((declaration) => declaration.name.getText() === name)?.initializer;
  for (const member of inside) {
    if (ts.isSatisfiesExpression(node)) node = node.expression;
    node = node.properties.find((property) => property.name?.getText() === member)?.initializer;
  }
  if (node === undefined) return undefined;
  if (ts.isCallExpression(node)) return node.typeArguments?.[0];
  return ts.isSatisfiesExpression(node) ? innermost(node.type) : undefined;
}

const nameOf = (type) => type.typeName?.getText() ?? type.getText();

function innermost(type) {
  const [inner] = type.typeArguments ?? [];
  return type.typeName?.getText() === 'Described' ? inner : inner && innermost(inner);
}

/** The members of all alternatives of a type; of several comments on one member the first counts. */
function readMembers(type, checker) {
  const meanings = new Map();
  const alternatives = (type.isUnion() ? type.types : [type]).map((each) =>
    checker.getPropertiesOfType(each),
  );
  for (const member of alternatives.flat()) {
    const comment = ts.displayPartsToString(member.getDocumentationComment(checker));
    if (comment === '' || meanings.has(member.name)) continue;
    meanings.set(member.name, {
      ...readComment(comment),
      required: alternatives.every((members) => members.some((each) => isNeeded(each, member.name))),
      deprecated: member.getJsDocTags(checker).some(({ name }) => name === 'deprecated'),
    });
  }
  return meanings;
}

function isNeeded(member, name) {
  return member.name === name && (member.flags & ts.SymbolFlags.Optional) === 0;
}

const aboutDefault = /(?:^|(?<=\. ))Default: (.+?)\.(?=\s|$)/;

/**
 * The first paragraph of a doc comment, and what any of its sentences says about the default, which is left out of it.
 *
 * @param {string} comment
 * @returns {{ meaning: string, default: string | undefined }}
 */
export function readComment(comment) {
  const text = comment.replaceAll(/\{@link (\w+)[^}]*\}/g, '`$1`');
  const [first = '', ...others] = text.split(/\n\s*\n/).map((part) => part.replaceAll(/\s+/g, ' ').trim());
  const said = [first, ...others].map((part) => aboutDefault.exec(part)?.[1]);
  return {
    meaning: first.replace(aboutDefault, '').replaceAll(/ {2,}/g, ' ').trim(),
    default: said.find((value) => value !== undefined),
  };
}

import { camelCase } from '../src/runtime/key-map.js';
import { CodegenError } from './codegen-error.js';
import { namedObjects, sourceOf, type DocumentModel, type NamedObject } from './model.js';
import { comment, header, lowerFirst, property, quote, seeAndExample } from './text.js';

/** What the key map of a document is called; a family shares one. */
export const keyMapName = ({ family, root }: DocumentModel) => `${lowerFirst(family ?? root.name)}Keys`;

/** The key map of documents that have the same members, and their converters. */
export function emitKeyMaps(documents: readonly DocumentModel[]): string {
  const [first] = documents;
  if (first === undefined) return '';
  const mapName = (object: NamedObject) =>
    object.name === first.root.name ? keyMapName(first) : `${lowerFirst(object.name)}Keys`;
  const maps = namedObjects(first.root).map((object) => emitMap(mapName(object), object, first.id));
  const names = (root: NamedObject) =>
    root.members
      .map(({ name }) => name)
      .sort()
      .join();
  for (const other of documents) {
    if (names(other.root) !== names(first.root))
      throw new CodegenError(other.id, 'differs in members from its family');
  }
  const types = documents.map(
    ({ root, file }) => `import type { ${root.name}, CamelCase${root.name} } from '../types/${file}.js';\n`,
  );
  return `${header('src/sources')}import { rename, toCamelCase, toWire, type KeyMap } from '../../runtime/key-map.js';
${types.join('')}
${maps.join('\n')}
${documents.map((document) => emitConverters(document, mapName(first.root))).join('\n')}`;
}

function emitMap(name: string, object: NamedObject, field: string): string {
  const seen = new Map<string, string>();
  for (const member of object.members) {
    const camel = camelCase(member.name);
    if (seen.has(camel))
      throw new CodegenError(`${field}.${member.name}`, `has the camelCase form of ${seen.get(camel) ?? ''}`);
    if (camel.includes('_')) throw new CodegenError(`${field}.${member.name}`, 'has no camelCase form');
    seen.set(camel, member.name);
  }
  const lines = object.members.map((member) => `    ${JSON.stringify(member.name)},\n`).join('');
  const nested = object.members
    .filter(({ shape }) => shape.kind === 'object' && shape.name !== undefined)
    .map(
      ({ name: wire, shape }) =>
        `${property(wire)}: ${lowerFirst(namedObjects(shape).at(-1)?.name ?? '')}Keys`,
    );
  return `export const ${name}: KeyMap = {\n  names: [\n${lines}  ],\n  nested: {${nested.length > 0 ? ` ${nested.join(', ')} ` : ''}},\n};\n`;
}

function emitConverters({ id, root }: DocumentModel, map: string): string {
  const start = lowerFirst(root.name);
  const out = comment([
    `Renames the members of ${root.name} to camelCase, into a new object; values are shared with the input.`,
    '',
    'Unknown members and `name#language` variants keep their names. A member spelled like the camelCase form of a',
    'registered one is left out: it would be mistaken for it. *Does not check* the document; parse it first.',
    '',
    '@throws MetadataError when it is not an object, or cannot be read',
    ...seeAndExample(sourceOf(root), [
      `import { parse${root.name}, ${start}ToCamelCase } from '@mcp-auth/schemas';`,
      '',
      `export const read = (json: string) => ${start}ToCamelCase(parse${root.name}(JSON.parse(json)));`,
    ]),
  ]);
  const back = comment([
    `Renames the members of CamelCase${root.name} to their wire names, into a new object; values are shared with the input.`,
    '',
    'The exact inverse of the other direction. Where a member is given under both names, the wire name wins.',
    '',
    '@throws MetadataError when it is not an object, or cannot be read',
    ...seeAndExample(sourceOf(root), [
      `import { ${start}ToWire, type CamelCase${root.name} } from '@mcp-auth/schemas';`,
      '',
      `export const write = (document: CamelCase${root.name}) => JSON.stringify(${start}ToWire(document));`,
    ]),
  ]);
  return `${out}export const ${start}ToCamelCase = (document: ${root.name}): CamelCase${root.name} =>
  rename(${quote(id)}, document, ${map}, toCamelCase) as unknown as CamelCase${root.name};

${back}export const ${start}ToWire = (document: CamelCase${root.name}): ${root.name} =>
  rename(${quote(id)}, document, ${map}, toWire) as unknown as ${root.name};
`;
}

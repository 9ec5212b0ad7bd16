import { camelCase } from '../src/runtime/key-map.js';
import type { DocumentModel, Member, NamedObject, Shape } from './model.js';
import { namedObjects } from './model.js';
import { comment, header, property } from './text.js';

/** Which document's file holds the interface of a named object. */
export type Owners = ReadonlyMap<string, string>;

/** The interfaces of one document, in wire names and, where it has them, in camelCase names. */
export function emitTypes(document: DocumentModel, owners: Owners): string {
  const all = namedObjects(document.root);
  const objects = all.filter(({ name }) => owners.get(name) === document.file);
  const imports = all
    .filter(({ name }) => owners.get(name) !== document.file)
    .map(({ name }) => {
      const names = document.camelCase ? `${name}, CamelCase${name}` : name;
      return `import type { ${names} } from './${owners.get(name) ?? ''}.js';\n`;
    });
  const wire = objects.map((object) => emitInterface(object, false));
  const camel = document.camelCase ? objects.map((object) => emitInterface(object, true)) : [];
  return [header('src/sources'), imports.join(''), ...wire, ...camel].join('\n');
}

function emitInterface(object: NamedObject, camel: boolean): string {
  const about = [object.description ?? object.name];
  if (camel) about.push('', 'Members this package does not know keep their wire names.');
  const members = object.members.map((member) => emitMember(member, camel)).join('');
  const tagged = object.members
    .filter((member) => member.info.languageTags)
    .map((member) => `  [variant: \`${member.name}#\${string}\`]: ${emitType(member.shape, camel)};\n`)
    .join('');
  // Wire: any member is legal. CamelCase: names with an underscore are, so a misspelt option is still an error.
  const others = camel ? '  [other: `${string}_${string}`]: unknown;\n' : '  [other: string]: unknown;\n';
  return `${comment(about)}export interface ${camel ? 'CamelCase' : ''}${object.name} {\n${members}${tagged}${others}}\n`;
}

function emitMember({ name, shape, required, info }: Member, camel: boolean): string {
  const lines = [info.description];
  if (info.note !== undefined) lines.push('', info.note);
  if (info.level === 'conditional' && info.condition !== undefined)
    lines.push('', `Condition: ${info.condition}.`);
  if (info.level === 'recommended') lines.push('', 'Recommended.');
  if (info.default !== undefined) lines.push('', `@defaultValue ${JSON.stringify(info.default)}`);
  lines.push(...(info.default === undefined ? [''] : []), `@see ${info.source}`);
  const key = property(camel ? camelCase(name) : name);
  return `${comment(lines, '  ')}  ${key}${required ? '' : '?'}: ${emitType(shape, camel)};\n`;
}

function emitType(shape: Shape, camel: boolean): string {
  switch (shape.kind) {
    case 'string':
    case 'boolean':
      return shape.kind;
    case 'array':
      return 'string[]';
    case 'object':
      return shape.name === undefined
        ? '{ [member: string]: unknown }'
        : `${camel ? 'CamelCase' : ''}${shape.name}`;
  }
}

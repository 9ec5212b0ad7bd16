import { camelCase } from '../src/runtime/key-map.js';
import { constraintTexts, type Constraint } from '../src/sources/constraint.js';
import type { DocumentModel, Member, NamedObject, Shape } from './model.js';
import { namedObjects } from './model.js';

const note = '<!-- Generated from packages/schemas/src/sources by pnpm codegen. Do not edit. -->\n';

/** The field table of one document, with those of the objects inside it. */
export function emitTable(document: DocumentModel): string {
  const { root } = document;
  const inner = namedObjects(root).filter(({ name }) => name !== root.name);
  const sections = inner.map((object) => `## ${object.name}\n\n${emitObject(object, document.camelCase)}`);
  return `${note}\n# ${root.name}\n\n${emitObject(root, document.camelCase)}\n${sections.join('\n')}`;
}

/** The page that leads to the tables. */
export function emitTableIndex(documents: readonly DocumentModel[]): string {
  const rows = documents.map(
    ({ root, file }) =>
      `| [${root.name}](./${file}.md) | ${String(root.members.length)} | ${cell(root.description ?? '')} |`,
  );
  return `${note}\n# Documents\n\nEvery member that \`@mcp-auth/schemas\` knows, with its type, level, default, rules and source.\n\n| Document | Members | What it is |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

function emitObject(object: NamedObject, camel: boolean): string {
  const columns = [
    'Member',
    ...(camel ? ['camelCase'] : []),
    'Type',
    'Level',
    'Default',
    'Rules',
    'Source',
    'Meaning',
  ];
  const rows = object.members.map((member) => `| ${emitRow(member, camel).map(cell).join(' | ')} |`);
  const about = object.description ?? '';
  return `${about}\n\n| ${columns.join(' | ')} |\n|${columns.map(() => ' --- |').join('')}\n${rows.join('\n')}\n`;
}

const code = (text: string) => `\`${text}\``;

function emitRow({ name, shape, info }: Member, camel: boolean): readonly string[] {
  const state = info.registration ?? 'registered';
  return [
    code(name) + (info.languageTags ? ' (also with a language tag)' : ''),
    ...(camel ? [code(camelCase(name))] : []),
    typeName(shape),
    info.level === 'conditional' ? `conditional: ${info.condition ?? ''}` : info.level,
    info.default === undefined ? '' : code(JSON.stringify(info.default)),
    (info.constraints ?? []).map(constraintText).join('; '),
    info.source + (state === 'registered' ? '' : ` (${state})`),
    info.description + (info.note === undefined ? '' : ` ${info.note}`),
  ];
}

/** What a constraint asks, in words. */
export const constraintText = (constraint: Constraint): string => {
  if (constraint in constraintTexts) return constraintTexts[constraint as keyof typeof constraintTexts];
  return constraint.replace(/^(must hold|should hold|only) (.+)$/, (_, rule: string, values: string) => {
    const list = values.split(', ').map(code).join(', ');
    return rule === 'only' ? `values ${list}` : `${rule} ${list}`;
  });
};

function typeName(shape: Shape): string {
  switch (shape.kind) {
    case 'string':
      return shape.format === 'absolute-url'
        ? 'URL'
        : shape.format === 'compact-jws'
          ? 'signed JWT'
          : 'string';
    case 'boolean':
      return shape.kind;
    case 'array':
      return 'array of strings';
    case 'object':
      return shape.name ?? 'object';
  }
}

/** Text of a table cell; the site's pages are Vue templates, so braces and angle brackets must not be live. */
const cell = (text: string) =>
  text.replaceAll('|', '\\|').replaceAll('{{', '{ {').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

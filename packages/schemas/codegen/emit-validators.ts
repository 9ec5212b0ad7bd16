import type { DocumentModel, Member, NamedObject, Shape } from './model.js';
import { namedObjects, sourceOf } from './model.js';
import { access, comment, header, quote, seeAndExample } from './text.js';

/** Smallest number of common members that earns a check of its own. */
const WORTH_SHARING = 10;

/** The validators of documents that belong together: each alone in its file, or a family in one. */
export function emitValidators(documents: readonly DocumentModel[]): string {
  const inner = new Map<string, NamedObject>();
  for (const { root } of documents) {
    for (const object of namedObjects(root)) if (object.name !== root.name) inner.set(object.name, object);
  }
  const bodies = documents.map(({ root }) => emitMembers(root));
  const [first = [], ...others] = bodies;
  const common = new Set(
    others.length > 0 ? first.filter((line) => others.every((body) => body.includes(line))) : [],
  );
  const shared = common.size >= WORTH_SHARING ? [...common] : [];
  const family = documents[0]?.family ?? '';
  const functions = [
    ...[...inner.values()].map((object) => emitCheck(`check${object.name}`, emitMembers(object))),
    ...(shared.length > 0 ? [emitCheck(`check${family}Members`, shared)] : []),
    ...documents.map(({ root }, index) => {
      const own = (bodies[index] ?? []).filter((line) => !shared.includes(line));
      const call = shared.length > 0 ? [`check${family}Members(o, r);`] : [];
      return (
        emitCheck(`check${root.name}`, [...own, ...call]) +
        emitValidator(root) +
        emitParser(documents[index], root)
      );
    }),
  ];
  const body = functions.join('\n');
  const members = [...inner.values(), ...documents.map(({ root }) => root)].flatMap(
    (object) => object.members,
  );
  const used = new Set(members.map(({ shape }) => checkOf(shape)));
  if (members.some(({ required }) => required)) used.add('missing');
  const types = documents.map(
    ({ root, file }) => `import type { ${root.name} } from '../types/${file}.js';\n`,
  );
  return `${header('src/sources')}import { ${[...used].sort().join(', ')} } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
${types.join('')}
${body}`;
}

const emitCheck = (name: string, lines: readonly string[]) =>
  `function ${name}(o: Members, r: Report): void {\n  let v: unknown;\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

function emitValidator(root: NamedObject): string {
  const about = comment([
    `Tells why a value is not ${article(root)} document; an empty array means that it is one.`,
    '',
    '*Checks* the types of all registered members and the presence of the required ones, each member read once.',
    '*Does not check* what the lint level does, nor members it does not know. Never throws.',
    '',
    ...seeAndExample(sourceOf(root), [
      `import { validate${root.name} } from '@mcp-auth/schemas';`,
      '',
      `for (const { path, message } of validate${root.name}({})) console.error(path.join('.'), message);`,
    ]),
  ]);
  return `\n${about}export const validate${root.name} = (input: unknown): readonly Issue[] => validate(input, check${root.name});\n`;
}

function emitParser(document: DocumentModel | undefined, root: NamedObject): string {
  const about = comment([
    `Hands a value back as the ${root.name} it is: the same object, unknown members included.`,
    '',
    `*Checks* what {@link validate${root.name}} checks.`,
    '',
    '@throws MetadataError with code `invalid_metadata` and every issue found',
    ...seeAndExample(sourceOf(root), [
      `import { parse${root.name} } from '@mcp-auth/schemas';`,
      '',
      `export const read = (json: string) => parse${root.name}(JSON.parse(json));`,
    ]),
  ]);
  return `\n${about}export const parse${root.name} = (input: unknown): ${root.name} =>\n  accept(${quote(document?.id ?? '')}, input, validate${root.name}(input)) as ${root.name};\n`;
}

const article = ({ name }: NamedObject) => `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;

const emitMembers = (object: NamedObject) => object.members.map(emitMember);

function emitMember({ name, shape, required }: Member): string {
  const inner = innerCheck(shape);
  const call = `${checkOf(shape)}(v, ${quote(name)}, r${inner === undefined ? '' : `, ${inner}`});`;
  const read = `(v = ${access('o', name)})`;
  return required
    ? `if (${read} === undefined) missing(${quote(name)}, r); else ${call}`
    : `if (${read} !== undefined) ${call}`;
}

function innerCheck(shape: Shape): string | undefined {
  return shape.kind === 'object' && shape.name !== undefined ? `check${shape.name}` : undefined;
}

function checkOf(shape: Shape): string {
  switch (shape.kind) {
    case 'string':
      return shape.format === undefined
        ? 'text'
        : { 'absolute-url': 'url', 'compact-jws': 'jws' }[shape.format];
    case 'boolean':
      return 'flag';
    case 'array':
      return 'strings';
    case 'object':
      return 'object';
  }
}

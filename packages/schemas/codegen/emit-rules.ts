import type { Constraint } from '../src/sources/constraint.js';
import { keyMapName } from './emit-key-maps.js';
import type { DocumentModel, Member } from './model.js';
import { header, lowerFirst, property } from './text.js';

/** Rules the lint level reads by name, and the constraint each comes from. */
const listed = {
  https: 'https',
  noQuery: 'no query',
  noFragment: 'no fragment',
  notEmpty: 'not empty',
  noNone: 'no none',
  asymmetricOnly: 'asymmetric only',
  jwsAlgorithms: 'jws algorithms',
  languageTags: 'language tags',
  issuerIdentifiers: 'issuer identifiers',
  resourceIdentifiers: 'resource identifiers',
} as const satisfies Record<string, Constraint>;

const valued = { mustHold: 'must hold ', shouldHold: 'should hold ', only: 'only ' } as const;

/** Constraints whose findings cite the section that defines the member. */
const citing: readonly Constraint[] = [
  'no none',
  'asymmetric only',
  'jws algorithms',
  'language tags',
  'pkce methods',
  'client authentication methods',
];

const isCited = ({ name, info }: Member) =>
  info.level === 'recommended' ||
  name.endsWith('_endpoint_auth_methods_supported') ||
  (info.constraints ?? []).some(
    (c) => citing.includes(c) || Object.values(valued).some((start) => c.startsWith(start)),
  );

/** The rules of one document, each as the source text of its value. */
function describeRules(document: DocumentModel): ReadonlyMap<string, string> {
  const members = document.root.members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const names = (applies: (member: Member) => boolean) =>
    JSON.stringify(members.filter(applies).map(({ name }) => name));
  const sources = members
    .filter(isCited)
    .map(({ name, info }) => `${property(name)}: ${JSON.stringify(info.source)}`);
  return new Map([
    ['members', `${keyMapName(document)}.names`],
    ['urls', names(({ shape }) => shape.kind === 'string' && shape.format === 'absolute-url')],
    ['recommended', names(({ info }) => info.level === 'recommended')],
    ['tagged', names(({ info }) => info.languageTags ?? false)],
    ...Object.entries(listed).map(
      ([rule, constraint]) =>
        [rule, names(({ info }) => info.constraints?.includes(constraint) ?? false)] as const,
    ),
    ...Object.entries(valued).map(([rule, start]) => [rule, `{${emitValues(members, start)}}`] as const),
    ['sources', `{${sources.join(', ')}}`],
  ]);
}

/**
 * The lint data and the defaults of one document. `keyMapFile` holds its key map; rules that are those of `base`,
 * another document of the family, are taken from there.
 */
export function emitRules(document: DocumentModel, keyMapFile: string, base?: DocumentModel): string {
  const { root } = document;
  const start = lowerFirst(root.name);
  const inherited = base && describeRules(base);
  const baseRules = base && `${lowerFirst(base.root.name)}Rules`;
  const rules = [...describeRules(document)].filter(([rule, text]) => inherited?.get(rule) !== text);
  const defaults = root.members.filter(({ info }) => info.default !== undefined);
  const imports = [
    `import type { Rules } from '../../lint/rules.js';\n`,
    base
      ? `import { ${baseRules ?? ''} } from './${base.file}.js';\n`
      : `import { ${keyMapName(document)} } from '../key-maps/${keyMapFile}.js';\n`,
  ];
  return `${header('src/sources')}${imports.join('')}
/** A function, so that a bundle without lint can leave it out, and start-up without building it. */
export const ${start}Rules = (): Rules => ({
${baseRules === undefined ? '' : `  ...${baseRules}(),\n`}${rules.map(([rule, text]) => `  ${rule}: ${text},\n`).join('')}});

/** What a consumer of ${root.name} assumes of members that are absent. A member that is not in here says nothing by its absence. */
export const ${start}Defaults = {
${defaults.map(({ name, info }) => `  ${property(name)}: ${JSON.stringify(info.default)},\n`).join('')}} as const;
`;
}

const emitValues = (members: readonly Member[], start: string): string =>
  members
    .map(({ name, info }) => ({
      name,
      values: (info.constraints ?? [])
        .filter((c) => c.startsWith(start))
        .flatMap((c) => c.slice(start.length).split(', ')),
    }))
    .filter(({ values }) => values.length > 0)
    .map(({ name, values }) => `${property(name)}: ${JSON.stringify(values)}`)
    .join(', ');

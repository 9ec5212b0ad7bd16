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

/** The lint data and the defaults of one document; `keyMapFile` holds its key map. */
export function emitRules(document: DocumentModel, keyMapFile: string): string {
  const { root } = document;
  const { members } = root;
  const map = keyMapName(document);
  const cited = members.filter(isCited);
  const has = (constraint: Constraint) => (member: Member) =>
    member.info.constraints?.includes(constraint) ?? false;
  const names = (some: readonly Member[]) => JSON.stringify(some.map(({ name }) => name));
  const lists = Object.entries(listed).map(
    ([rule, constraint]) => `  ${rule}: ${names(members.filter(has(constraint)))},\n`,
  );
  const values = Object.entries(valued).map(
    ([rule, start]) => `  ${rule}: {${emitValues(members, start)}},\n`,
  );
  const start = lowerFirst(root.name);
  const defaults = members.filter(({ info }) => info.default !== undefined);
  return `${header('src/sources')}import type { Rules } from '../../lint/rules.js';
import { ${map} } from '../key-maps/${keyMapFile}.js';

/** A function, so that a bundle without lint can leave it out, and start-up without building it. */
export const ${start}Rules = (): Rules => ({
  members: ${map}.names,
  urls: ${names(members.filter(({ shape }) => shape.kind === 'string' && shape.format === 'absolute-url'))},
  recommended: ${names(members.filter(({ info }) => info.level === 'recommended'))},
  tagged: ${names(members.filter(({ info }) => info.languageTags))},
${lists.join('')}${values.join('')}  sources: {${cited.map(({ name, info }) => `${property(name)}: ${JSON.stringify(info.source)}`).join(', ')}},
});

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

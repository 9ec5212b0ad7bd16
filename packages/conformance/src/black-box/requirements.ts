import data from '../../data/requirements.json' with { type: 'json' };
import { blackBoxRevisions, type BlackBoxRevision, type BlackBoxSeverity } from './model.js';

/** A requirement that one HTTP peer is enough to check. */
export interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly role: string;
  readonly observability: string;
  readonly source: string;
  readonly section: string;
  readonly revisions: readonly string[];
}

const requirements: readonly Requirement[] = data;
const byId = new Map(requirements.map((each) => [each.id, each]));

/** All that a peer can see. */
export const visibleRequirements: readonly Requirement[] = requirements.filter(
  ({ observability }) => observability === 'black-box',
);

/** @throws {Error} for an identifier that the data lacks */
export function getRequirement(id: string): Requirement {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`No requirement ${id}.`);
  return found;
}

export function severityOf({ level }: Requirement): BlackBoxSeverity {
  if (level.startsWith('MUST')) return 'MUST';
  return level.startsWith('SHOULD') ? 'SHOULD' : 'MAY';
}

export function clauseOf({ source, section }: Requirement): string {
  const document = source.replace(/ section [\d.]+$/, '');
  return /^\d/.test(section) ? `${document} §${section}` : `${document}, ${section}`;
}

/** The revisions that one of them is about. */
export function revisionsOf(ids: readonly string[]): readonly BlackBoxRevision[] {
  const named = new Set(ids.flatMap((id) => getRequirement(id).revisions));
  const found = blackBoxRevisions.filter((revision) => named.has(revision));
  return found.length === 0 ? blackBoxRevisions : found;
}

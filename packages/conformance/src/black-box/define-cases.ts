import type {
  BlackBoxArea,
  BlackBoxCase,
  BlackBoxNeed,
  BlackBoxRevision,
  BlackBoxSeverity,
} from './model.js';
import { blackBoxRevisions } from './model.js';
import type { Probe } from './probe.js';
import type { Verdict } from './verdict.js';
import { clauseOf, getRequirement, revisionsOf, severityOf } from './requirements.js';

/** What a case says of itself; the rest is in the data of its first requirement. */
export interface CaseDraft {
  readonly title: string;
  /** The first one decides severity and clause. */
  readonly requirements: readonly string[];
  readonly fix: string;
  readonly needs?: BlackBoxNeed;
  readonly severity?: BlackBoxSeverity;
  readonly clause?: string;
  readonly revisions?: readonly BlackBoxRevision[];
  readonly hostile?: true;
  readonly probe: (probe: Probe) => Promise<Verdict> | Verdict;
}

export function defineCases(
  area: BlackBoxArea,
  drafts: Readonly<Record<string, CaseDraft>>,
): readonly BlackBoxCase[] {
  return Object.entries(drafts).map(([id, draft]) => defineCase(area, id, draft));
}

export function defineCase(area: BlackBoxArea, id: string, draft: CaseDraft): BlackBoxCase {
  const [first] = draft.requirements;
  const { title, requirements, fix, needs = 'nothing', hostile = false, probe } = draft;
  const rule = first === undefined ? undefined : getRequirement(first);
  return {
    id,
    area,
    title,
    requirements,
    severity: draft.severity ?? (rule === undefined ? 'note' : severityOf(rule)),
    clause: draft.clause ?? (rule === undefined ? '' : clauseOf(rule)),
    revisions: draft.revisions ?? (first === undefined ? blackBoxRevisions : revisionsOf([first])),
    needs,
    fix,
    hostile,
    probe: async (world) => probe(world),
  };
}

import { counts, type Finding, type Revision } from '../report/report.js';

/** How a server suits the clients of one revision. */
export interface Fitness {
  readonly revision: Revision;
  readonly verdict: 'fit' | 'fit with reservations' | 'not fit';
  /** The ids of what speaks against it. */
  readonly because: readonly string[];
}

/** By the findings that are about a revision: a failed MUST decides, a failed SHOULD is a reservation. */
export function judgeFitness(
  findings: readonly Finding[],
  revisions: readonly Revision[],
): readonly Fitness[] {
  return revisions.map((revision) => {
    const failed = findings.filter(
      (finding) =>
        counts(finding) && (finding.revisions === undefined || finding.revisions.includes(revision)),
    );
    const broken = failed.filter(({ severity }) => severity === 'MUST');
    const ids = (list: readonly Finding[]) => [...new Set(list.map(({ id }) => id))];
    if (broken.length > 0) return { revision, verdict: 'not fit', because: ids(broken) };
    return failed.length > 0
      ? { revision, verdict: 'fit with reservations', because: ids(failed) }
      : { revision, verdict: 'fit', because: [] };
  });
}

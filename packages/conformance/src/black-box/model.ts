import type { Probe } from './probe.js';
import type { Verdict } from './verdict.js';

/** The revisions of MCP that are judged. */
export const blackBoxRevisions = ['2025-06-18', '2025-11-25', '2026-07-28'] as const;

export type BlackBoxRevision = (typeof blackBoxRevisions)[number];

/** What a part of a server is graded for. */
export const blackBoxAreas = [
  'metadata',
  'challenges',
  'credentials',
  'tokens',
  'proofs',
  'introspection',
  'scopes',
  'transport',
  'hostile input',
  'outage',
  'authorization server',
] as const;

export type BlackBoxArea = (typeof blackBoxAreas)[number];

/** The level of the clause; a note is told and costs nothing. */
export type BlackBoxSeverity = 'MUST' | 'SHOULD' | 'MAY' | 'note';

/** What must be there before a case can say anything. */
export type BlackBoxNeed = 'nothing' | 'token' | 'second token without scope' | 'issuer';

/** One rule that any protected MCP server must show to whoever calls it. */
export interface BlackBoxCase {
  /** Stable and unique. */
  readonly id: string;
  readonly area: BlackBoxArea;
  /** What holds for a good server. */
  readonly title: string;
  /** Identifiers in `data/requirements.json`; none where a rule of HTTP itself is meant. */
  readonly requirements: readonly string[];
  readonly severity: BlackBoxSeverity;
  /** Where it is written. */
  readonly clause: string;
  readonly revisions: readonly BlackBoxRevision[];
  readonly needs: BlackBoxNeed;
  /** What to change where it does not hold. */
  readonly fix: string;
  /** Sends what no honest client sends: not to servers of others. */
  readonly hostile: boolean;
  readonly probe: (probe: Probe) => Promise<Verdict>;
}

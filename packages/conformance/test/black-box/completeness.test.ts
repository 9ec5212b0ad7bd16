import { describe, expect, test } from 'vitest';
import { blackBoxCases, blackBoxRevisions, excludedFromAudit } from '../../src/black-box.js';
import { nothingOpen, openPoints } from '../completeness/account.js';
import { visibleRequirements } from '../../src/black-box/requirements.js';

const cited = new Set(blackBoxCases.flatMap(({ requirements }) => requirements));
const visible = new Set(visibleRequirements.map(({ id }) => id));

describe('the cases of an audit', () => {
  test('every requirement that one HTTP peer can check is a case, or excluded with a reason, and not both', () => {
    expect(visible.size).toBe(199);
    const account = { duties: [...visible], cited, exclusions: excludedFromAudit, known: visible };
    expect(openPoints(account)).toEqual(nothingOpen);
  });

  test('every case has an identifier of its own, a clause, a fix and a revision', () => {
    expect(new Set(blackBoxCases.map(({ id }) => id)).size).toBe(blackBoxCases.length);
    const bare = blackBoxCases.filter(
      ({ clause, fix, revisions }) => clause === '' || fix === '' || revisions.length === 0,
    );
    expect(bare).toEqual([]);
  });

  test('every revision is judged', () => {
    for (const revision of blackBoxRevisions)
      expect(blackBoxCases.filter(({ revisions }) => revisions.includes(revision)).length).toBeGreaterThan(
        300,
      );
  });

  test('what no honest client sends is marked, so that servers of others are spared', () => {
    const sparing = blackBoxCases.filter(({ hostile }) => !hostile).map(({ area }) => area);
    expect(sparing).not.toContain('hostile input');
    expect(blackBoxCases.filter(({ id, hostile }) => id.startsWith('forged-') && !hostile)).toEqual([]);
  });
});

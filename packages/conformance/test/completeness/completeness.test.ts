import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  cases,
  decisionTable,
  excludedRequirements,
  oneSidedRequirements,
  outOfScope,
  profiles,
  type ConformanceCase,
} from '../../src/index.js';
import { nothingOpen, openPoints } from './account.js';

interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly role: string;
  readonly observability: string;
}

const requirements = JSON.parse(
  readFileSync(new URL('../../data/requirements.json', import.meta.url), 'utf8'),
) as readonly Requirement[];
const known = new Set(requirements.map(({ id }) => id));
const cited = new Set(cases.flatMap((entry) => entry.requirements));
const byId = new Map(cases.map((entry) => [entry.id, entry]));

function statusesOf({ expect: { status } }: ConformanceCase): readonly number[] {
  return typeof status === 'number' ? [status] : status;
}

describe('the cases as data', () => {
  test('a case is data: it survives a round trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(cases))).toEqual(cases);
    expect(JSON.parse(JSON.stringify(profiles))).toEqual(profiles);
  });

  test('every case has an identifier of its own and cites a requirement', () => {
    expect(byId.size).toBe(cases.length);
    expect(cases.filter((entry) => entry.requirements.length === 0)).toEqual([]);
  });

  test('every requirement that a case cites exists', () => {
    expect([...cited].filter((id) => !known.has(id))).toEqual([]);
  });

  test('every configuration is used by a case', () => {
    const used = new Set(cases.map((entry) => entry.profile));
    expect(Object.keys(profiles).filter((name) => !used.has(name as never))).toEqual([]);
  });
});

describe('what the cases cover', () => {
  const duties = requirements.filter(
    ({ level, role, observability }) =>
      role === 'resource-server' && observability === 'black-box' && /^MUST(?: NOT)?$/.test(level),
  );

  test('every duty of a resource server that a peer can see is shown, or excluded with a reason, and not both', () => {
    expect(duties.length).toBeGreaterThan(100);
    const account = { duties: duties.map(({ id }) => id), cited, exclusions: excludedRequirements, known };
    expect(openPoints(account)).toEqual(nothingOpen);
  });

  test.each(decisionTable)('$situation: the cases give the answer of the table', (row) => {
    const find = (id: string) => byId.get(id) ?? expect.fail(`no case ${id}`);
    expect(row.counterparts.map(find).flatMap(statusesOf)).toEqual(row.counterparts.map(() => 200));
    expect(row.refusals.length > 0 || row.deviation !== undefined).toBe(true);
    for (const refusal of row.refusals.map(find)) {
      expect(statusesOf(refusal), refusal.id).toEqual([row.status]);
      const { challenge, dpopChallenge } = refusal.expect;
      if (row.dpopChallenge !== undefined) {
        expect(dpopChallenge).toMatchObject({ exactly: { error: row.dpopChallenge } });
      } else if (row.challenge === undefined) expect(challenge).toBeUndefined();
      else if (row.challenge === 'none')
        expect(challenge).toMatchObject({ absent: expect.arrayContaining(['error']) });
      else expect(challenge).toMatchObject({ exactly: { error: row.challenge } });
    }
  });

  test('a situation is either decided or out of scope with a reason', () => {
    const decided = new Set(decisionTable.map(({ situation }) => situation));
    expect(outOfScope.filter(({ situation, reason }) => decided.has(situation) || reason === '')).toEqual([]);
  });

  test('every duty that is shown is shown from both sides: a request that is let in, and one that is not', () => {
    const oneSided = duties.filter(({ id }) => {
      const about = cases.filter((entry) => entry.requirements.includes(id));
      const statuses = about.flatMap(statusesOf);
      return (
        about.length > 0 &&
        !(statuses.some((status) => status < 300) && statuses.some((status) => status >= 400))
      );
    });
    expect(oneSided.map(({ id }) => id)).toEqual(oneSidedRequirements.map(({ id }) => id));
  });
});

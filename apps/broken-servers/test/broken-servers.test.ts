import {
  auditServer,
  blackBoxCases,
  blackBoxRevisions,
  startAuditIssuer,
  type AuditIssuer,
  type BlackBoxRevision,
} from '@mcp-auth/conformance/black-box';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLong } from './support.js';
import { faults, otherSound, startServer, type Behaviour } from '../src/index.js';

let issuer: AuditIssuer;

beforeAll(async () => {
  issuer = await startAuditIssuer();
});

afterAll(() => issuer.close());

/** The tool of these servers that needs more than the route. */
const operation = { method: 'tools/call', params: { name: 'add-note', arguments: {} } };

async function audit(
  change: Partial<Behaviour>,
  revisions: readonly BlackBoxRevision[],
  ids?: readonly string[],
) {
  const server = await startServer({ issuer: issuer.issuer, client: issuer.introspectionClient }, change);
  try {
    const cases = blackBoxCases.filter(({ id }) => ids?.includes(id) ?? true);
    return await auditServer({ url: server.url, issuer, credentials: { operation }, revisions, cases });
  } finally {
    await server.close();
  }
}

const failuresOf = ({ results }: Awaited<ReturnType<typeof audit>>) =>
  results.flatMap((result) => (result.outcome === 'failed' && result.severity !== 'note' ? [result] : []));

describe('the sound server', () => {
  test('no MUST and no SHOULD fails', async () => {
    const report = await audit({}, isLong ? blackBoxRevisions : ['2026-07-28']);
    expect(failuresOf(report)).toEqual([]);
    expect(report.grade).toBe('A');
    expect(report.totals.passed).toBeGreaterThan(300);
  });
});

describe('servers that do what MCP leaves to them', () => {
  test.each(Object.entries(otherSound))(
    '%s is accused of nothing',
    async (_name, { revisions, about, change }) => {
      const report = await audit(change, revisions, isLong ? undefined : [...about, 'good-token']);
      expect(failuresOf(report)).toEqual([]);
      const judged = new Set(
        report.results.filter(({ outcome }) => outcome !== 'skipped').map(({ id }) => id),
      );
      expect(about.filter((id) => !judged.has(id))).toEqual([]);
    },
  );

  test('what MCP relaxes is told all the same', async () => {
    const { change = {} } = otherSound['document-where-the-challenge-leads'] ?? {};
    const { results, grade } = await audit(change, ['2026-07-28'], ['metadata-well-known', 'good-token']);
    expect(results[0]).toMatchObject({ id: 'metadata-well-known', outcome: 'failed', severity: 'note' });
    expect(grade).toBe('A');
  });
});

describe('servers with one fault', () => {
  test('there are more than thirty, and the case of each exists', () => {
    const known = new Set(blackBoxCases.map(({ id }) => id));
    expect(Object.keys(faults).length).toBeGreaterThanOrEqual(30);
    expect(Object.values(faults).filter(({ caughtBy }) => !known.has(caughtBy))).toEqual([]);
  });

  test.each(Object.entries(faults).filter(([, { slow }]) => isLong || slow !== true))(
    '%s is named by its case',
    async (_name, { caughtBy, change }) => {
      const revision = blackBoxCases.find(({ id }) => id === caughtBy)?.revisions.at(-1) ?? '2026-07-28';
      const report = await audit(change, [revision], isLong ? undefined : [caughtBy, 'good-token']);
      expect(failuresOf(report).map(({ id }) => id)).toContain(caughtBy);
    },
  );
});

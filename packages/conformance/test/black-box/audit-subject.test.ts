import { expect, test } from 'vitest';
import { auditSubject } from '../../src/black-box/audit-subject.js';
import { formatAuditLine, isFault } from '../../src/black-box/report.js';
import { blackBoxCases, blackBoxRevisions } from '../../src/black-box.js';
import { fetchSubject } from '../fetch-subject.js';

/** `npm run test:long` asks all of it on every revision. */
const isLong = process.env.AUDIT === 'full';
const revisions = isLong ? blackBoxRevisions : (['2025-11-25'] as const);
/** `registerConformance` asks the others for every adapter. */
const cases = blackBoxCases.filter(({ area, needs }) => isLong || area === 'outage' || needs === 'nothing');

test('the fetch entry of the core: no MUST and no SHOULD fails', async () => {
  const report = await auditSubject(fetchSubject, { revisions, cases });
  expect(report.results.filter(isFault).map(formatAuditLine)).toEqual([]);
  expect(report.totals.passed).toBeGreaterThan(50);
});

import { expect, test } from 'vitest';
import { auditSubject } from '../../src/black-box/audit-subject.js';
import { formatAuditLine, isFault } from '../../src/black-box/report.js';
import { blackBoxRevisions } from '../../src/black-box.js';
import { fetchSubject } from '../fetch-subject.js';

/** `npm run test:long` asks all of it on every revision. */
const revisions = process.env.AUDIT === 'full' ? blackBoxRevisions : (['2025-11-25'] as const);

test('the fetch entry of the core: no MUST and no SHOULD fails', async () => {
  const report = await auditSubject(fetchSubject, { revisions });
  expect(report.results.filter(isFault).map(formatAuditLine)).toEqual([]);
  expect(report.totals.passed).toBeGreaterThan(300);
});

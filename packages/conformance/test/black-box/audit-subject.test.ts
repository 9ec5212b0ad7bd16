import { expect, test } from 'vitest';
import { auditSubject } from '../../src/black-box/audit-subject.js';
import { formatAuditLine, isFault } from '../../src/black-box/report.js';
import { fetchSubject } from '../fetch-subject.js';

test('the fetch entry of the core: no MUST and no SHOULD fails, on any revision', async () => {
  const report = await auditSubject(fetchSubject);
  expect(report.results.filter(isFault).map(formatAuditLine)).toEqual([]);
  expect(report.totals.passed).toBeGreaterThan(1000);
});

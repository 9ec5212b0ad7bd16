import type { RegisterTest } from '../runner/run-conformance.js';
import { auditServer, type AuditOptions } from './audit-server.js';
import { blackBoxCases } from './cases/cases.js';
import { blackBoxRevisions } from './model.js';
import { formatAuditLine, isFault, type BlackBoxReport } from './report.js';

/**
 * Registers one test for each case with a test framework: vitest, Jest and `node:test` all do.
 *
 * The server is judged once, when the first test runs. A failed MUST or SHOULD fails its test; a case that is skipped or excluded passes, and its
 * reason is in the name of no test but in the report.
 *
 * @param start - what to judge, or how to start it
 * @see {@link auditServer}
 * @example
 * ```ts
 * import { registerAudit } from '@mcp-auth/conformance/black-box';
 * import { test } from 'node:test';
 *
 * registerAudit({ url: 'http://127.0.0.1:3000/mcp' }, test);
 * ```
 */
export function registerAudit(
  start: AuditOptions | (() => AuditOptions | Promise<AuditOptions>),
  test: RegisterTest,
): void {
  let report: Promise<BlackBoxReport> | undefined;
  const judge = async (): Promise<BlackBoxReport> =>
    auditServer(typeof start === 'function' ? await start() : start);
  const { cases = blackBoxCases, revisions = blackBoxRevisions } = typeof start === 'function' ? {} : start;
  for (const { id, title, revisions: meant } of cases) {
    for (const revision of meant.filter((each) => revisions.includes(each))) {
      test(`${id}: ${title} (${revision})`, async () => {
        report ??= judge();
        const { results } = await report;
        const failed = results.filter(
          (result) => result.id === id && result.revision === revision && isFault(result),
        );
        if (failed.length > 0) throw new Error(failed.map(formatAuditLine).join('\n'));
      });
    }
  }
}

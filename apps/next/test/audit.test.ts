import { serveFetch } from '@mcp-auth/conformance';
import {
  auditServer,
  blackBoxCases,
  blackBoxRevisions,
  formatAuditLine,
  startAuditIssuer,
} from '@mcp-auth/conformance/black-box';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAppRouter } from '../../../packages/next/test/support/app-router.js';
import { trustInSample } from './with-issuer.js';

/** `npm run test:long` asks every question on every revision. */
const isLong = process.env['AUDIT'] === 'full';
const cases = blackBoxCases.filter(({ area }) => isLong || (area !== 'outage' && area !== 'introspection'));
const revisions = isLong ? blackBoxRevisions : (['2026-07-28'] as const);

test('the routes of the sample, behind the router of Next.js: no MUST and no SHOULD fails', async () => {
  const issuer = await startAuditIssuer();
  onTestFinished(() => issuer.close());
  let route: ReturnType<typeof createAppRouter> = () => Promise.resolve(new Response(null, { status: 503 }));
  const server = await serveFetch((request, host) => route(request, host));
  onTestFinished(() => server.close());
  const url = `${server.origin}/mcp`;
  trustInSample(issuer.issuer, { resource: url, onEvent: () => undefined });
  onTestFinished(() => {
    vi.doUnmock('@mcp-auth/next');
  });
  const mcp = await import('@/app/mcp/route');
  const document = await import('@/app/.well-known/oauth-protected-resource/[[...path]]/route');
  route = createAppRouter(
    new Map([
      ['/mcp', mcp],
      ['/.well-known/oauth-protected-resource*', document],
    ]),
  );
  const { results, totals } = await auditServer({ url, issuer, cases, revisions });
  const faults = results.filter(
    ({ outcome, severity }) => outcome === 'failed' && (severity === 'MUST' || severity === 'SHOULD'),
  );
  expect(faults.map(formatAuditLine)).toEqual([]);
  expect(totals.passed).toBeGreaterThan(100);
});

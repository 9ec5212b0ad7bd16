import {
  auditServer,
  blackBoxCases,
  startAuditIssuer,
  type AuditIssuer,
} from '@mcp-auth/conformance/black-box';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOfficial, createOld } from './counterparts.js';
import { isLong, listenFirst, namesOfFaults } from './support.js';

let issuer: AuditIssuer;

beforeAll(async () => {
  issuer = await startAuditIssuer();
});

afterAll(() => issuer.close());

const wanted =
  /^(?:good-token|audience|issuer|signature|time|forged|metadata-(?!head)|challenge-(?!no-error))/;
const cases = blackBoxCases.filter(({ id, area }) => wanted.test(id) && (isLong || area !== 'outage'));

async function audit(create: Parameters<typeof listenFirst>[0]) {
  const server = await listenFirst(create);
  try {
    return await auditServer({
      url: server.url,
      issuer,
      cases,
      revisions: ['2026-07-28'],
      credentials: { scopes: ['notes:use'] },
    });
  } finally {
    await server.close();
  }
}

test('the middleware of the official SDK with a careful verifier lets no forged, foreign or expired token in', async () => {
  const report = await audit(createOfficial(issuer));
  expect(namesOfFaults(report)).toEqual(new Set());
  expect(report.totals.passed).toBeGreaterThan(100);
});

test('mcp-auth 0.2.0 verifies signatures and issuers, and is named for the audience that it does not compare', async () => {
  const report = await audit(createOld(issuer));
  const names = [...namesOfFaults(report)];
  expect(names).toContain('audience-other');
  expect(names).toContain('audience-missing');
  expect(names.filter((id) => /^(?:issuer|signature|forged)/.test(id))).toEqual([]);
});

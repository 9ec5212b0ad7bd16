import { startServer } from '@mcp-auth/app-broken-servers';
import { startAuditIssuer } from '@mcp-auth/conformance/black-box';
import { expect, test } from 'vitest';
import { runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { blockOf } from '../support/sample-block.js';

searchSecretsAfterAll();

test('the page shows what audit prints', async () => {
  const issuer = await startAuditIssuer();
  const server = await startServer(
    { issuer: issuer.issuer, client: issuer.introspectionClient },
    { rewrite: (refusal) => (refusal.status === 401 ? { ...refusal, error: 'invalid_token' } : refusal) },
  );
  const { stdout } = await runCli(['audit', server.url, '--revision', '2026-07-28'], { columns: 100 });
  await server.close();
  await issuer.close();
  const shown = stdout
    .replaceAll(new URL(server.url).port, '49152')
    .replaceAll(new URL(issuer.issuer).port, '49153')
    .replaceAll(/date: .*/gi, 'date: Tue, 28 Jul 2026 12:00:00 GMT');
  expect(await blockOf('audit', shown)).toBe(shown);
});

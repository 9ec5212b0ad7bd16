import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MCPAuth } from '@mcp-auth/express';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { runCli, searchSecretsAfterAll } from '../support/run-cli.js';

searchSecretsAfterAll();

/** `npm run test:long` waits for keys that come and go, too. */
const isLong = process.env['AUDIT'] === 'full';
const slow = ['outage-unknown-key', 'withdrawn-key', 'issuer-identifier'];

/** What an owner writes who is told the two lines. */
function createApp(resource: string, issuer: string, jwksUri: string): RequestListener {
  const mcpAuth = new MCPAuth({
    log: false,
    protectedResources: {
      metadata: {
        resource,
        scopesSupported: ['notes:read'],
        authorizationServers: [{ metadata: { issuer, jwksUri } }],
      },
    },
  });
  const app = express().use(mcpAuth.protectedResourceMetadataRouter());
  const gate = mcpAuth.bearerAuth('jwt', { resource, requiredScopes: ['notes:read'] });
  // Origins are the affair of the application
  app.all('/mcp', (request, response, next) => {
    if (request.headers.origin?.includes('evil') === true) response.status(403).json({});
    else next();
  });
  app.all('/mcp', gate, (_request, response) => void response.json({ jsonrpc: '2.0', id: 1, result: {} }));
  return app;
}

test('the two lines are said, a server trusts them, and tokens, new keys and outages are judged', async () => {
  let listener: RequestListener = (_request, response) => response.writeHead(401).end();
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  let isTold = false;
  const { stdout, stderr, exitCode } = await runCli(
    [
      ...['audit', url, '--issuer-mode', '--revision', '2026-07-28', '--json'],
      ...(isLong ? [] : ['--exclude', ...slow.map((id) => `${id}=It takes a while.`)]),
    ],
    {
      onError: (text) => {
        const [issuer, keys] = [/issuer {4}(\S+)/, /jwks_uri {2}(\S+)/].map((line) => line.exec(text)?.[1]);
        if (isTold || issuer === undefined || keys === undefined) return;
        isTold = true;
        listener = createApp(url, issuer, keys);
      },
    },
  );
  expect(stderr).toContain('Take all of it out again afterwards.');
  const { findings, totals, details } = JSON.parse(stdout) as Report;
  const counted = findings.filter(({ outcome, severity }) => outcome === 'failed' && /^[MS]/.test(severity));
  expect(counted.map(({ id, actual }) => `${id}: ${actual ?? ''}`)).toEqual([]);
  expect([exitCode, details?.['grade'], totals.counted]).toEqual([0, 'A', 0]);
  const passed = new Set(findings.flatMap(({ id, outcome }) => (outcome === 'passed' ? [id] : [])));
  const judged = [
    ...['tokens/audience-other', 'tokens/signature-flipped', 'tokens/time-expired', 'credentials/good-token'],
    ...['outage/rotation', 'outage/outage-of-known-keys'],
    ...(isLong ? ['outage/outage-unknown-key'] : []),
  ];
  expect(judged.filter((id) => !passed.has(id))).toEqual([]);
});

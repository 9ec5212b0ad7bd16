// The command from its tarball, as npx finds it: node --test packages/cli/test/packed/command.mjs
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { installWithNpm } from '../../../../scripts/checks/packed/install.mjs';
import { fromTarballs } from '../../../../scripts/checks/packed/tarballs.mjs';
import { capture } from '../../../../scripts/lib/capture.mjs';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';

const folder = createTempFolder();
const mcpAuth = (args, env = {}) =>
  capture(join(folder, 'node_modules/.bin/mcp-auth'), args, { cwd: folder, env });

before(async () => {
  const own = await fromTarballs([
    '@mcp-auth/schemas',
    '@mcp-auth/core',
    '@mcp-auth/testing',
    '@mcp-auth/conformance',
    '@mcp-auth/cli',
  ]);
  await installWithNpm(folder, own);
});

test('says what it can do, and which version it is', async () => {
  const { ok, output } = await mcpAuth(['--help']);
  assert.ok(ok, output);
  for (const command of ['doctor', 'audit', 'explain', 'check', 'validate'])
    assert.match(output, new RegExp(`^ {2}${command} `, 'm'));
  assert.match((await mcpAuth(['--version'])).output, /^\d+\.\d+\.\d+\n$/);
});

test('names the nearest command and flag', async () => {
  const { ok, output } = await mcpAuth(['chek', 'https://auth.example.com']);
  assert.equal(ok, false);
  assert.match(output, /Did you mean check\?/);
});

test('explains a token from the environment, and does not print it', async () => {
  const claims = Buffer.from('{"iss":"https://auth.example.com","aud":"x","exp":1}').toString('base64url');
  const token = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${claims}.${'c2ln'.repeat(20)}`;
  const { ok, output } = await mcpAuth(['explain'], { MCP_AUTH_TOKEN: token });
  assert.equal(ok, false);
  assert.match(output, /^refused by the check time: token_expired$/m);
  assert.ok(!output.includes('c2lnc2ln'));
});

test('checks a server on this machine, past a proxy, and validates a file', async () => {
  const server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ issuer, response_types_supported: ['code'] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const { output } = await mcpAuth(['check', `http://127.0.0.1:${port}`, '--json'], {
    HTTP_PROXY: 'http://127.0.0.1:1',
  });
  server.close();
  const { findings, details } = JSON.parse(output);
  assert.equal(details.issuer, `http://127.0.0.1:${port}`);
  assert.ok(findings.some(({ id, outcome }) => id === 'oauth/issuer' && outcome === 'passed'));
  writeFileSync(join(folder, 'metadata.json'), '{"resource":"https://api.example.com/mcp"}');
  assert.ok((await mcpAuth(['validate', 'metadata.json'])).ok);
});

test('walks to a server on this machine, and names the step that is broken', async () => {
  const server = createServer((_request, response) => response.writeHead(401).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { ok, output } = await mcpAuth(['doctor', `http://127.0.0.1:${server.address().port}/mcp`]);
  server.close();
  assert.equal(ok, false);
  assert.match(output, /^A client stops at this step: resource metadata\./m);
});

test('judges a server on this machine, and names the rule that it breaks', async () => {
  const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const { ok, output } = await mcpAuth(['audit', `http://127.0.0.1:${port}/mcp`, '--revision', '2026-07-28']);
  server.close();
  assert.equal(ok, false);
  assert.match(output, /^ +challenges\/open-door$/m);
  assert.match(output, /grade F/);
});

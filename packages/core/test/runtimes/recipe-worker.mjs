// The worker of docs/guide/recipes.md on workerd, with tokens of an issuer on this machine; skipped where workerd cannot be had.
// node --test packages/core/test/runtimes/recipe-worker.mjs
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { install, versions } from '../../../schemas/test/runtimes/runtimes.mjs';
import { start, workerdCommand, workerdConfig } from './start-host.mjs';

const esbuild = createRequire(new URL('../../../schemas/package.json', import.meta.url))('esbuild');

/** An authorization server with one key. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k', use: 'sig', alg: 'ES256' };
  const server = createServer((request, response) => {
    const metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [key] } : metadata));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const sign = (audience) =>
    new SignJWT({ client_id: 'c', scope: 'notes:read' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('alice')
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey);
  return { issuer, sign, close: () => server.close() };
}

/** As a deployment would: one module, the SDK included. */
async function bundle() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL('../../../../apps/examples/src/recipes/worker.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

test(`the worker of the recipes on workerd ${versions.workerd}`, async (t) => {
  const modules = await install('workerd', versions.workerd);
  if (modules === undefined) return t.skip('it cannot be had on this machine');
  const issuer = await startIssuer();
  const resource = 'https://mcp.example.com/mcp';
  const { port, stop } = await start(
    {
      name: 'workerd',
      files: async (at) => ({
        'main.mjs': await bundle(),
        'worker.capnp': workerdConfig(
          at,
          `modules = [(name = "main.mjs", esModule = embed "main.mjs")],
    bindings = [(name = "RESOURCE", text = "${resource}"), (name = "ISSUER", text = "${issuer.issuer}")],
    compatibilityFlags = ["nodejs_compat"]`,
          '(name = "internet", network = (allow = ["public", "private"])), ',
        ),
      }),
      command: workerdCommand,
    },
    modules,
  );
  const post = async (audience) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'cf-connecting-ip': '192.0.2.1',
      ...(audience && { authorization: `Bearer ${await issuer.sign(audience)}` }),
    };
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    return fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', headers, body });
  };
  try {
    await t.test('no token: the challenge has the configured address', async () => {
      const response = await post();
      assert.equal(response.status, 401);
      assert.equal(
        response.headers.get('www-authenticate'),
        'Bearer scope="notes:read", resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      );
    });
    await t.test('a token for another resource', async () => {
      assert.equal((await post('https://other.example.com/mcp')).status, 401);
    });
    await t.test('a token of its own', async () => {
      const response = await post(resource);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /"serverInfo"/);
    });
  } finally {
    await stop();
    issuer.close();
  }
});

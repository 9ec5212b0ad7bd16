import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSelfSigned, type SelfSignedServer } from './support/self-signed.js';

const run = promisify(execFile);

/** Whether the keys can be had, asked by a process of its own: Node reads NODE_EXTRA_CA_CERTS when it starts. */
const program = `
import { MCPAuth } from '@mcp-auth/core/fetch';
const metadata = { issuer: process.env.ISSUER, jwksUri: process.env.ISSUER + '/openid/v1/jwks' };
const mcpAuth = new MCPAuth({ resource: 'https://mcp.example.com/mcp', authorizationServers: [{ metadata }], onEvent() {} });
console.log(await mcpAuth.ready().then(() => 'ready', (error) => error.code));
`;

describe('keys behind a certificate that the cluster signed itself', () => {
  let server: SelfSignedServer;

  beforeAll(async () => {
    const { publicKey } = await generateKeyPair('ES256');
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }];
    server = await openSelfSigned((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(JSON.stringify({ keys }));
    });
  });
  afterAll(() => server.close());

  const ask = async (env: Readonly<Record<string, string>>) => {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, ISSUER: server.origin, ...env },
    });
    return stdout.trim();
  };

  test('are refused without the CA', async () => {
    expect(await ask({})).toBe('request_failed');
  });

  test('are taken with NODE_EXTRA_CA_CERTS', async () => {
    expect(await ask({ NODE_EXTRA_CA_CERTS: server.certificate })).toBe('ready');
  });
});

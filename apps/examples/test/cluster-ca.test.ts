import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);

/** Whether the keys can be had, asked by a process of its own: Node reads NODE_EXTRA_CA_CERTS when it starts. */
const program = `
import { MCPAuth } from '@mcp-auth/core/fetch';
const metadata = { issuer: process.env.ISSUER, jwksUri: process.env.ISSUER + '/openid/v1/jwks' };
const mcpAuth = new MCPAuth({ resource: 'https://mcp.example.com/mcp', authorizationServers: [{ metadata }], onEvent() {} });
console.log(await mcpAuth.ready().then(() => 'ready', (error) => error.code));
`;

describe('keys behind a certificate that the cluster signed itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-ca-'));
  const certificate = join(folder, 'ca.crt');
  let server: Server;

  beforeAll(async () => {
    const key = join(folder, 'key.pem');
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const kind = [
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
    ];
    await run('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', certificate]);
    const { publicKey } = await generateKeyPair('ES256');
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }];
    server = createServer(
      { key: readFileSync(key), cert: readFileSync(certificate) },
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(JSON.stringify({ keys }));
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (env: Readonly<Record<string, string>>) => {
    const { port } = server.address() as AddressInfo;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, ISSUER: `https://localhost:${port}`, ...env },
    });
    return stdout.trim();
  };

  test('are refused without the CA', async () => {
    expect(await ask({})).toBe('request_failed');
  });

  test('are taken with NODE_EXTRA_CA_CERTS', async () => {
    expect(await ask({ NODE_EXTRA_CA_CERTS: certificate })).toBe('ready');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MCPAuth } from '@mcp-auth/express';
import type { CertificateHeaderOptions } from '@mcp-auth/core';
import { createTestIssuer } from '@mcp-auth/testing';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificate } from '../../../../packages/core/test/support/certificates.js';
import { closeServer, listen } from '../../../../packages/core/test/support/listen.js';
import { findNginx, startNginx } from '../support/nginx.js';
import { findFreePort } from '../../../../packages/core/test/support/free-port.js';
import { type RunningProgram } from '../support/programs.js';
import { readQuotedFile } from '../support/quoted-file.js';
import { send } from '../../../../packages/core/test/support/send-tls.js';

const resource = 'https://api.example.com/mcp';
const authority = createCertificate('authority', { isAuthority: true });
const server = createCertificate('localhost', { signer: authority });
const client = createCertificate('client', { signer: authority });
const other = createCertificate('other');

const program = await findNginx();

describe('tokens bound to a certificate, behind nginx with the file of the page', () => {
  if (program === undefined) {
    test.skip("skipped: nginx is neither on this machine nor to be had from Python's package index", () =>
      undefined);
    return;
  }

  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-mutual-tls-'));
  const servers: ReturnType<typeof createServer>[] = [];
  const issuer = createTestIssuer({ audience: resource });
  let nginx: RunningProgram;
  let port: number;
  /** Where the process itself listens, for whoever gets past the proxy. */
  let inside: string;

  const serve = async (certificate: CertificateHeaderOptions): Promise<string> => {
    const mcpAuth = new MCPAuth({
      resource,
      ...issuer.mcpAuthOptions,
      mutualTls: { certificate },
      onEvent: () => undefined,
    });
    const app = express();
    app.all('/mcp', mcpAuth.bearerAuth(), (_request, response) => void response.json({ ran: true }));
    const process = createServer(app);
    servers.push(process);
    return listen(process);
  };
  const header = { header: 'X-SSL-Client-Cert', format: 'escaped-pem' } as const;

  beforeAll(async () => {
    inside = await serve({ ...header, proxies: ['127.0.0.1'] });
    port = await findFreePort();
    writeFileSync(join(folder, 'mcp.crt'), server.cert);
    writeFileSync(join(folder, 'mcp.key'), server.key);
    const site = [
      ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
      ['/etc/nginx/mcp.crt', join(folder, 'mcp.crt')],
      ['/etc/nginx/mcp.key', join(folder, 'mcp.key')],
      ['http://127.0.0.1:3003', inside],
    ].reduce((text, [from = '', to = '']) => {
      if (text.split(from).length !== 2) throw new Error(`the file has ${from} not exactly once`);
      return text.replace(from, to);
    }, readQuotedFile('gateway/mutual-tls.nginx'));
    // Its port answers without TLS when it is up
    nginx = await startNginx(program, folder, site, `http://127.0.0.1:${port}`);
  });
  afterAll(async () => {
    await nginx.stop();
    await Promise.all(servers.map((each) => closeServer(each)));
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenFor = async (bound: typeof client | undefined) => {
    const cnf = bound === undefined ? {} : { cnf: { 'x5t#S256': bound.thumbprint } };
    return `Bearer ${await issuer.mintToken({ claims: cnf })}`;
  };
  const call = async (
    bound: typeof client | undefined,
    by: typeof client | undefined,
    more: Readonly<Record<string, string | string[]>> = {},
  ) => send({ port, client: by, headers: { authorization: await tokenFor(bound), ...more } });
  const forged = { 'X-SSL-Client-Cert': encodeURIComponent(client.cert) };

  test.each([
    ['mtls-02 another certificate', other, {}],
    ['mtls-03 no certificate', undefined, {}],
    ['no certificate, and a forged header', undefined, forged],
    ['another certificate, and a forged header', other, forged],
    [
      'a forged header that comes twice',
      undefined,
      { 'X-SSL-Client-Cert': [...Object.values(forged), ...Object.values(forged)] },
    ],
  ])('%s is refused', async (_what, by, headers) => {
    const answer = await call(client, by, headers);
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error="invalid_token"');
    expect(answer.body).not.toContain('ran');
  });

  test.each([
    ['mtls-01 the certificate that the token is bound to', client, client, {}],
    ['mtls-04 one that signs itself', other, other, {}],
    ['the right one next to a forged header', client, client, { 'X-SSL-Client-Cert': 'forged' }],
    ['mtls-13 any, for a token that is bound to none', undefined, other, {}],
  ])('%s passes', async (_what, bound, by, headers) => {
    const answer = await call(bound, by, headers);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('ran');
  });

  const ask = async (origin: string, headers: Readonly<Record<string, string>>) =>
    (await fetch(`${origin}/mcp`, { headers: { authorization: await tokenFor(client), ...headers } })).status;

  test('a forged header from a peer that is no declared proxy is refused', async () => {
    const elsewhere = await serve({ ...header, proxies: ['192.0.2.7'] });
    expect(await ask(elsewhere, forged)).toBe(401);
  });

  test('a header of whoever knows no secret is refused, and one of who does counts', async () => {
    const secret = 'a-secret-of-the-proxy-that-is-long-enough';
    const behindSecret = await serve({
      ...header,
      proxySecret: { header: 'X-Proxy-Secret', secrets: [secret] },
    });
    expect(await ask(behindSecret, forged)).toBe(401);
    expect(await ask(behindSecret, { ...forged, 'X-Proxy-Secret': `${secret}x` })).toBe(401);
    expect(await ask(behindSecret, { ...forged, 'X-Proxy-Secret': secret })).toBe(200);
  });
});

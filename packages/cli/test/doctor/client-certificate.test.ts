import { createServer, type ServerOptions } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCertificate } from '../../../core/test/support/certificates.js';
import { runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { doctor } from './support/run-doctor.js';

searchSecretsAfterAll();

const authority = createCertificate('authority', { isAuthority: true });
const certificate = createCertificate('localhost', { signer: authority });

// Who signed the certificate of the server is not what these tests are about
beforeEach(() => vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'));
afterEach(() => vi.unstubAllEnvs());

/** Serves with TLS until the test is over. */
async function serve(options: ServerOptions, listener: RequestListener = unauthorized): Promise<string> {
  const { cert, key } = certificate;
  const server = createServer({ cert, key, ca: authority.cert, ...options }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
}

const unauthorized: RequestListener = (_request, response) => void response.writeHead(401).end();

/** What nginx answers where `ssl_verify_client` is on. */
const asNginx: RequestListener = (_request, response) => {
  const title = '400 No required SSL certificate was sent';
  response.writeHead(400, { 'content-type': 'text/html' }).end(`<html><head><title>${title}</title></head>`);
};

const demanding = { requestCert: true, rejectUnauthorized: true };

describe('a server that demands a client certificate is named as that', () => {
  it.each([
    ['with TLS 1.3, after the handshake', { ...demanding, minVersion: 'TLSv1.3' }, undefined],
    ['with TLS 1.2, in the handshake', { ...demanding, maxVersion: 'TLSv1.2' }, undefined],
    ['as nginx does, with an answer', {}, asNginx],
  ] as const)('%s', async (_how, options, listener) => {
    const { broken, brokenStep, exitCode, passed } = await doctor(await serve(options, listener));
    expect([brokenStep, broken?.id]).toEqual(['tls', 'doctor/client-certificate']);
    expect(broken?.message).toContain('client certificate');
    expect(broken?.clause).toBe('RFC 8705 §3');
    expect(passed).not.toContain('tls');
    expect(exitCode).toBe(1);
  });

  it('for people, with what to do', async () => {
    const { stdout } = await runCli(['doctor', await serve({ ...demanding, minVersion: 'TLSv1.3' })]);
    expect(stdout).toContain('The server lets nobody connect without a client certificate.');
    expect(stdout).toContain('fix      No known MCP client has one');
  });
});

describe('another one is not', () => {
  it('that asks for a certificate, and takes clients without one', async () => {
    const { broken, passed } = await doctor(await serve({ requestCert: true, rejectUnauthorized: false }));
    expect(passed).toContain('server');
    expect(broken?.id).not.toBe('doctor/client-certificate');
  });

  it('that has no cipher in common with clients, although its alert is the same', async () => {
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256';
    const { broken, brokenStep } = await doctor(await serve({ maxVersion: 'TLSv1.2', ciphers }));
    expect([brokenStep, broken?.id]).toEqual(['tls', 'doctor/tls-failed']);
    expect(broken?.message).toContain('ALERT_HANDSHAKE_FAILURE');
  });

  it('that closes the connection without a word', async () => {
    const url = await serve({}, (request) => void request.socket.destroy());
    const { broken, brokenStep } = await doctor(url);
    expect([brokenStep, broken?.id]).toEqual(['server', 'doctor/unreachable']);
  });
});

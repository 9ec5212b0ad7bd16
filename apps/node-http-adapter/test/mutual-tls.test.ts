import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createTestIssuer } from '@mcp-auth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificate } from '../../../packages/core/test/support/certificates.js';
import { send } from '../../../packages/core/test/support/send-tls.js';
import { type Handler, MCPAuth } from '../src/mcp-auth.js';

const resource = 'https://api.example.com/mcp';
const authority = createCertificate('authority', { isAuthority: true });
const server = createCertificate('localhost', { signer: authority });
const client = createCertificate('client', { signer: authority });
const other = createCertificate('other');
const options = { cert: server.cert, key: server.key, requestCert: true, rejectUnauthorized: false };

describe.each([
  ['HTTP/1.1', undefined],
  ['HTTP/2', true],
] as const)('tokens bound to a certificate, on plain Node with TLS, over %s', (_name, isHttp2) => {
  const issuer = createTestIssuer({ audience: resource });
  let running: Server;
  beforeAll(async () => {
    const mcpAuth = new MCPAuth({
      resource,
      ...issuer.mcpAuthOptions,
      mutualTls: { certificate: 'connection' },
      onEvent: () => undefined,
    });
    const handler: Handler = (_request, response) => void response.end('ran');
    const listener = mcpAuth.bearerAuth('jwt', {}, handler);
    running =
      isHttp2 === true
        ? // Its requests have what those of HTTP/1.1 have, by another type
          createSecureServer(options, listener as never)
        : createServer(options, listener);
    await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise<void>((resolve) => running.close(() => resolve())));

  const call = async (by: typeof client | undefined) => {
    const cnf = { 'x5t#S256': client.thumbprint };
    const authorization = `Bearer ${await issuer.mintToken({ claims: { cnf } })}`;
    const { port } = running.address() as AddressInfo;
    return send({ port, isHttp2, client: by, headers: { authorization } });
  };

  test.each([
    ['mtls-02 another one', other],
    ['mtls-03 none', undefined],
  ])('%s is refused', async (_what, by) => {
    const answer = await call(by);
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error="invalid_token"');
  });

  test('mtls-01 the one that the token is bound to passes', async () => {
    expect((await call(client)).status).toBe(200);
  });
});

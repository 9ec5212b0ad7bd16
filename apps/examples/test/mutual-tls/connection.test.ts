import type { MCPAuthConfig } from '@mcp-auth/core';
import { createTestIssuer } from '@mcp-auth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificate } from '../../../../packages/core/test/support/certificates.js';
import { hosts, type Running } from './hosts.js';
import { send } from '../../../../packages/core/test/support/send-tls.js';

const resource = 'https://api.example.com/mcp';
const authority = createCertificate('authority', { isAuthority: true });
const server = createCertificate('localhost', { signer: authority });
const client = createCertificate('client', { signer: authority });
const renewed = createCertificate('client', { signer: authority, key: client });
const other = createCertificate('other', { signer: authority });
const selfSigned = createCertificate('alone');

describe.each(Object.entries(hosts))('tokens bound to a certificate, on %s with TLS', (_name, host) => {
  const issuer = createTestIssuer({ audience: resource });
  let running: Running;
  beforeAll(async () => {
    const config: MCPAuthConfig = {
      resource,
      ...issuer.mcpAuthOptions,
      mutualTls: { certificate: 'connection' },
      onEvent: () => undefined,
    };
    running = await host.start(config, server);
  });
  afterAll(() => running.close());

  const call = async (
    bound: typeof client | undefined,
    by: typeof client | undefined,
    more: Record<string, string> = {},
  ) => {
    const claims = bound === undefined ? {} : { cnf: { 'x5t#S256': bound.thumbprint } };
    const authorization = `Bearer ${await issuer.mintToken({ claims })}`;
    return send({
      port: running.port,
      isHttp2: host.isHttp2,
      client: by,
      headers: { authorization, ...more },
    });
  };

  test.each([
    ['mtls-02 another one', other],
    ['mtls-03 none', undefined],
    ['mtls-05 a new one for the same key', renewed],
    ['mtls-04 one that signs itself, for another', selfSigned],
  ])('%s is refused', async (_what, by) => {
    const answer = await call(client, by);
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain('error="invalid_token"');
    expect(answer.body).not.toContain('ran');
  });

  test.each(['client-cert', 'x-forwarded-client-cert', 'x-ssl-client-cert'])(
    'mtls-07 a header %s counts for nothing: nobody has declared a proxy',
    async (name) => {
      const forged = { [name]: `:${client.der.toString('base64')}:` };
      expect((await call(client, undefined, forged)).status).toBe(401);
      expect((await call(client, other, forged)).status).toBe(401);
    },
  );

  test.each([
    ['mtls-01 the one that the token is bound to', client, client],
    ['mtls-04 one that signs itself', selfSigned, selfSigned],
    ['mtls-13 any, for a token that is bound to none', undefined, client],
    ['none, for a token that is bound to none', undefined, undefined],
  ])('%s passes', async (_what, bound, by) => {
    const answer = await call(bound, by);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('ran');
  });
});

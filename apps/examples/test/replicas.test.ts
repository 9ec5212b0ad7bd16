import { type AuthorizationServer, startAuthorizationServer } from '@mcp-auth/app-demo';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const resource = 'https://mcp.example.com/mcp';

describe('several replicas that share nothing', () => {
  let issuer: AuthorizationServer;
  beforeAll(async () => {
    issuer = await startAuthorizationServer(0);
  });
  afterAll(() => issuer.close());

  const start = () => {
    const mcpAuth = new MCPAuth({
      resource,
      authorizationServers: [issuer.issuer],
      limits: { failedAttempts: { max: 2 }, peer: () => '192.0.2.1' },
      onEvent: () => undefined,
    });
    const server = mcpAuth.protect({ fetch: () => Response.json({}) });
    return async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await server.fetch(new Request(resource, { method: 'POST', headers }))).status;
    };
  };
  const sign = (audience = resource) =>
    issuer.sign({ audience, subject: 'alice', scopes: [], expiresInSeconds: 60 });

  test('failed attempts are counted in each: a caller has the limit of both', async () => {
    const [one, other] = [start(), start()];
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const replica = attempt % 2 === 0 ? one : other;
      statuses.push(await replica(`not-a-token-${attempt}`));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  });

  test('a token passes at each', async () => {
    const token = await sign();
    expect([await start()(token), await start()(token)]).toEqual([200, 200]);
  });
});

import { expect, test } from 'vitest';
import { configError } from './config-error.js';
import { notes, root, type Contract, type ContractDriver } from './contract-fixture.js';
import { sendRaw, type RawRequest } from './raw-request.js';

const wellKnown = '/.well-known/oauth-protected-resource';

/** Rows 6 to 8: what is published, and what fails before that. */
export function testMetadata(driver: ContractDriver, contract: () => Contract): void {
  const ask = (target: string, options?: RawRequest) => sendRaw(contract().app.origin, target, options);

  test('[contract row 6] a configuration that cannot work fails at construction, typed, with the option’s path', () => {
    const { a } = contract();
    const problem = configError(
      () =>
        new driver.MCPAuth({
          protectedResources: {
            metadata: { resource: 'http://api.example.com', authorizationServers: [{ issuer: a.issuer }] },
          },
        }),
    );
    expect(problem).toMatchObject({
      code: 'insecure_resource',
      path: 'protectedResources.metadata.resource',
    });
    const server = new driver.MCPAuth({
      protectedResources: { metadata: { resource: root, authorizationServers: [{ issuer: a.issuer }] } },
    });
    expect(configError(() => server.bearerAuth('jwt', { resource: notes }))).toMatchObject({
      code: 'unknown_resource',
    });
  });

  test('[contract row 7] the metadata is published to everybody, with caching and open CORS', async () => {
    const { a, b } = contract();
    const answer = await ask(`${wellKnown}/notes`, {
      headers: [
        ['Host', 'api.example.com'],
        ['Origin', 'https://page.example'],
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['cache-control']).toContain('max-age=');
    expect(JSON.parse(answer.body)).toEqual({
      resource: notes,
      authorization_servers: [a.issuer, b.issuer],
      bearer_methods_supported: ['header'],
      resource_name: 'Notes',
    });
  });

  test('[contract row 7][RFC9110-9.1-01] HEAD, preflight, and 405 for the rest', async () => {
    const head = await ask(wellKnown, { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
    const preflight = await ask(wellKnown, {
      method: 'OPTIONS',
      headers: [
        ['Origin', 'https://page.example'],
        ['Access-Control-Request-Method', 'GET'],
      ],
    });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await ask(wellKnown, { method, body: 'not json {' });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });

  test('[contract row 8] an origin’s document is at the well-known path itself, any other’s has its path behind it', async () => {
    expect(JSON.parse((await ask(wellKnown)).body)).toMatchObject({
      resource: root,
      scopes_supported: ['read'],
    });
    const elsewhere = [
      `${wellKnown}/`,
      `${wellKnown}/root`,
      `${wellKnown}/notes/`,
      `/notes${wellKnown}`,
      '/.well-known/oauth-authorization-server',
    ];
    for (const target of elsewhere)
      expect((await ask(target, { headers: [['Host', 'api.example.com']] })).status).toBe(404);
  });
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import express4 from 'express4';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClock } from '../../core/test/support/clock.js';
import { bearer, sendRaw } from '../../core/test/support/raw-request.js';
import { TestIssuer } from '../../core/test/support/test-issuer.js';
import { getAuth, MCPAuth } from '../src/index.js';

const resource = 'https://api.example.com/mcp';
const wellKnown = '/.well-known/oauth-protected-resource';
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(app: Express): Promise<string> {
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function create() {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const authorizationServers = [{ issuer: issuer.issuer, type: 'oauth' as const }];
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers } },
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: () => undefined,
  });
  return { issuer, mcpAuth };
}

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_name, framework) => {
  test('a response that somebody else has finished while the provider was slow does not end the process', async () => {
    const { issuer, mcpAuth } = await create();
    let answer: (response: Response) => void = () => undefined;
    issuer.overrides.set('/jwks', () => new Promise((resolve) => (answer = resolve)));
    const app = framework();
    app.set('env', 'test');
    app.use((_request, response, next) => {
      next();
      response.status(504).send('gave up waiting');
    });
    const handler = vi.fn();
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler);
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const forged = await issuer.sign({ aud: 'elsewhere' });
    expect(
      (await sendRaw(await listen(app), '/mcp', { method: 'POST', headers: bearer(forged) })).status,
    ).toBe(504);
    answer(Response.json({ keys: [issuer.key.publicJwk] }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(handler).not.toHaveBeenCalled();
  });

  test('the metadata is found although the router is mounted below a path, and a mounted route keeps its identity', async () => {
    const { issuer, mcpAuth } = await create();
    const app = framework();
    app.use('/.well-known', mcpAuth.protectedResourceMetadataRouter());
    const mounted = framework.Router();
    mounted.post('/', mcpAuth.bearerAuth('jwt', { resource }), (request, response) => {
      response.json({ subject: getAuth(request)?.subject });
    });
    app.use('/mcp', mounted);
    const origin = await listen(app);
    expect(JSON.parse((await sendRaw(origin, `${wellKnown}/mcp`)).body)).toMatchObject({ resource });
    const answer = await sendRaw(origin, '/mcp', { method: 'POST', headers: bearer(await issuer.sign()) });
    expect(answer.body).toBe('{"subject":"user-1"}');
  });

  test.each(['//evil.example/mcp', `//evil.example${wellKnown}/mcp`, `http://evil.example${wellKnown}/mcp`])(
    'a target such as %s changes nothing about where clients are sent',
    async (target) => {
      const { mcpAuth } = await create();
      const app = framework();
      app.use(mcpAuth.protectedResourceMetadataRouter());
      app.use(mcpAuth.bearerAuth('jwt', { resource }));
      const answer = await sendRaw(await listen(app), target);
      expect(JSON.stringify(answer)).not.toContain('evil');
    },
  );

  test('[RFC9110-15.5.2-01] a fault of the application reaches the error handler as an error', async () => {
    const { mcpAuth } = await create();
    const notAnError: unknown = 'text';
    const seen: unknown[] = [];
    const app = framework();
    app.post(
      '/mcp',
      mcpAuth.bearerAuth(() => Promise.reject(notAnError as Error), { resource }),
      (_request, response) => void response.send('in'),
    );
    const onError: ErrorRequestHandler = (error, _request, response, next) => {
      seen.push(error);
      expect(next).toBeTypeOf('function');
      response.status(500).send('failed');
    };
    app.use(onError);
    const answer = await sendRaw(await listen(app), '/mcp', { method: 'POST', headers: bearer('opaque') });
    expect([answer.status, answer.body]).toEqual([500, 'failed']);
    expect(seen).toMatchObject([
      { message: expect.stringContaining('not an Error') as string, cause: 'text' },
    ]);
  });

  test('refusals are JSON in every environment, and keep the fields of a middleware in front', async () => {
    for (const environment of ['production', 'development']) {
      const { mcpAuth } = await create();
      const app = framework();
      app.set('env', environment);
      app.use((_request, response, next) => {
        response.setHeader('Access-Control-Expose-Headers', 'X-Own');
        next();
      });
      app.use(mcpAuth.bearerAuth('jwt', { resource }));
      const answer = await sendRaw(await listen(app), '/');
      expect(() => JSON.parse(answer.body) as unknown).not.toThrow();
      expect(String(answer.headers['access-control-expose-headers'])).toBe('X-Own, WWW-Authenticate');
    }
  });
});

function requestWith(members: object): Request {
  return Object.assign(Object.create(express.request) as Request, members);
}

describe('getAuth', () => {
  test('knows nobody where no gate ran, whatever stands in the request', () => {
    expect(getAuth(requestWith({}))).toBeUndefined();
    const forged = { auth: { token: 'x', clientId: 'c', scopes: ['admin'], subject: 'root' } };
    expect(getAuth(requestWith(forged))).toBeUndefined();
  });

  test('the gate’s caller replaces what an earlier middleware left', async () => {
    const { issuer, mcpAuth } = await create();
    const app = express();
    app.use((request, _response, next) => {
      (request as { auth?: unknown }).auth = { subject: 'root' };
      next();
    });
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), (request, response) => {
      response.json((request as { auth?: { subject?: string } }).auth?.subject);
    });
    const answer = await sendRaw(await listen(app), '/mcp', {
      method: 'POST',
      headers: bearer(await issuer.sign()),
    });
    expect(answer.body).toBe('"user-1"');
  });
});

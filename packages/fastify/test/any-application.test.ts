import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyBaseLogger, type FastifyTypeProvider } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const headers = { authorization: 'Bearer user-1' };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A token is its subject here. The route has rules for operations, so that it has all hooks. */
function create() {
  const authorizationServers = [{ metadata: { issuer } }];
  const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  const auth = mcpAuth.bearerAuth(
    (token) => ({ issuer, audience: resource, subject: token, clientId: 'client', expiresAt }),
    { resource, operations: { tools: { '*': [], erase: ['admin'] } } },
  );
  return { mcpAuth, auth };
}

// Each of these is a compile-time test too: the type parameters of an application decide which hooks it takes

test('[contract row 9] an application with a logger of its own takes the hooks', async () => {
  interface Logger extends FastifyBaseLogger {
    readonly flush: () => void;
  }
  const nothing = () => undefined;
  const lines = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
  const loggerInstance: Logger = {
    ...{ ...lines, fatal: nothing, silent: nothing, flush: nothing, level: 'silent' },
    child: () => loggerInstance,
  };
  const { mcpAuth, auth } = create();
  const app = Fastify({ loggerInstance });
  closing.push(() => app.close());
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.get('/mcp', auth, (request) => getAuth(request)?.subject);
  const { onRequest, preParsing, preHandler } = auth;
  app.get(
    '/lists',
    { onRequest: [onRequest], preParsing: [preParsing ?? []].flat(), preHandler },
    () => 'in',
  );
  app.get('/spread', { ...auth, logLevel: 'warn' }, (request) => getAuth(request)?.subject);
  expect((await app.inject('/mcp')).statusCode).toBe(401);
  expect((await app.inject({ url: '/mcp', headers })).body).toBe('user-1');
  expect((await app.inject({ url: '/spread', headers })).body).toBe('user-1');
});

test('[contract row 9] an application with a type provider takes the hooks and keeps the types of its routes', async () => {
  interface Provider extends FastifyTypeProvider {
    readonly validator: this['schema'] extends { readonly const: infer Value } ? Value : unknown;
  }
  const { mcpAuth, auth } = create();
  const app = Fastify().withTypeProvider<Provider>();
  closing.push(() => app.close());
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  const querystring = { const: { shout: true } } as const;
  app.setValidatorCompiler(() => () => true);
  app.get('/mcp', { ...auth, schema: { querystring } }, (request) => {
    const { shout }: { readonly shout: boolean } = request.query;
    return [getAuth(request)?.subject, shout];
  });
  const answer = await app.inject({ url: '/mcp?shout=yes', headers });
  expect(answer.json()).toEqual(['user-1', 'yes']);
});

test('[contract row 9] an application that speaks HTTP/2 takes the hooks', async () => {
  const { mcpAuth, auth } = create();
  const app = Fastify({ http2: true });
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.get('/mcp', auth, (request) => getAuth(request)?.subject);
  await app.register(async (context) => {
    await context.register(auth.plugin);
    context.get('/context', (request) => getAuth(request)?.subject);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const client = connect(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
  closing.push(
    () => client.close(),
    () => app.close(),
  );
  const get = (path: string, fields: Readonly<Record<string, string>> = {}) =>
    new Promise<readonly [status: number | undefined, challenge: unknown, body: string]>(
      (resolve, reject) => {
        const stream = client.request({ ':path': path, ...fields }).setEncoding('utf8');
        let status: number | undefined;
        let challenge: unknown;
        let body = '';
        stream.on('response', (head) => {
          status = head[':status'];
          challenge = head['www-authenticate'];
        });
        stream.on('data', (chunk: string) => (body += chunk));
        stream.on('error', reject).on('end', () => resolve([status, challenge, body]));
      },
    );
  const names = expect.stringContaining('resource_metadata') as string;
  expect(await get('/mcp')).toEqual([401, names, names]);
  expect(await get('/mcp', headers)).toEqual([200, undefined, 'user-1']);
  expect(await get('/context')).toEqual([401, names, names]);
  expect(await get('/context', headers)).toEqual([200, undefined, 'user-1']);
  expect((await get('/.well-known/oauth-protected-resource/mcp'))[0]).toBe(200);
});

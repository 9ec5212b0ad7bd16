import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { afterEach, describe, expect, test } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { sendRaw } from '../../core/test/support/raw-request.js';
import { toHonoResponse } from '../src/answer.js';
import { MCPAuth, MCPAuthTokenVerificationError, type AuthEnv } from '../src/index.js';

const resource = 'https://api.example.com/mcp';
const challenge =
  'Bearer resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/mcp"';
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server);
});

type Gate = MiddlewareHandler<AuthEnv>;
type Build = (app: Hono<AuthEnv>, gate: Gate) => unknown;

function create(build: Build): Hono<AuthEnv> {
  const authorizationServers = [{ metadata: { issuer: 'https://as.example.com' } }];
  const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });
  const app = new Hono<AuthEnv>();
  build(
    app,
    mcpAuth.bearerAuth(() => Promise.reject(new Error('is not asked')), { resource }),
  );
  return app;
}

/** The fields of a refusal, in process and from a server. */
async function refuse(build: Build, method: string): Promise<Headers[]> {
  const inProcess = await create(build).request(resource, { method });
  const server = createAdaptorServer(create(build)) as Server;
  servers.push(server);
  const { status, headers } = await sendRaw(await listen(server), '/mcp', { method });
  expect([inProcess.status, status]).toEqual([401, 401]);
  return [inProcess.headers, new Headers(headers as Record<string, string>)];
}

const marking: Gate = async (context, next) => {
  context.header('X-Own', 'kept');
  await next();
};

const markingTheResponse: Gate = async (context, next) => {
  context.res.headers.set('X-Own', 'kept');
  await next();
};

const markingAfterwards: Gate = async (context, next) => {
  await next();
  context.header('X-Own', 'kept');
};

const wrapping =
  (gate: Gate): Gate =>
  (context, next) => {
    context.header('X-Own', 'kept');
    return gate(context, next);
  };

const handler = (context: Context) => context.text('in');

/** An app for one path. */
const below = (gate: Gate) => new Hono<AuthEnv>().use(gate).all('/', handler);

const withErrorHandler = (gate: Gate) => below(gate).onError((_error, context) => context.text('', 500));

const marks: readonly (readonly [string, Build])[] = [
  ['a middleware in front', (app, gate) => app.use(marking).all('/mcp', gate, handler)],
  ['one that writes to the response', (app, gate) => app.use(markingTheResponse).all('/mcp', gate, handler)],
  ['one on the way back', (app, gate) => app.use(markingAfterwards).all('/mcp', gate, handler)],
  ['one for a part of the paths', (app, gate) => app.use('/mcp/*', marking).all('/mcp', gate, handler)],
  ['code that wraps the gate', (app, gate) => app.all('/mcp', wrapping(gate), handler)],
  ['a combination', (app, gate) => app.all('/mcp', every(marking, gate), handler)],
  ['the app above', (app, gate) => app.use(marking).route('/mcp', below(gate))],
  [
    'the app above one with its own error handler',
    (app, gate) => app.use(marking).route('/mcp', withErrorHandler(gate)),
  ],
];

const firsts: readonly (readonly [string, Build])[] = [
  ['on its route', (app, gate) => app.all('/mcp', gate, handler)],
  ['of a whole app', (app, gate) => app.use(gate)],
  ['in an app below a path', (app, gate) => app.route('/mcp', below(gate))],
  ['in one with its own error handler', (app, gate) => app.route('/mcp', withErrorHandler(gate))],
  ['with a base path', (app, gate) => app.basePath('/mcp').use(gate).all('/', handler)],
  ['mounted twice', (app, gate) => app.use(gate).all('/mcp', gate, handler)],
];

describe.each(['GET', 'POST', 'HEAD', 'OPTIONS'])('a refusal of %s', (method) => {
  test.each(marks)('[RFC9110-11.6.1-01] keeps what was set by %s', async (_what, build) => {
    for (const headers of await refuse(build, method)) {
      expect(headers.get('x-own')).toBe('kept');
      expect(headers.get('www-authenticate')).toBe(challenge);
    }
  });

  test('[RFC9110-11.6.1-01] keeps the challenge of another scheme, and replaces what is no list', async () => {
    const ownScheme: Gate = async (context, next) => {
      context.header('WWW-Authenticate', 'Basic realm="own"');
      context.header('Cache-Control', 'public');
      await next();
    };
    for (const headers of await refuse(
      (app, gate) => app.use(ownScheme).all('/mcp', gate, handler),
      method,
    )) {
      expect(headers.get('www-authenticate')).toBe(`Basic realm="own", ${challenge}`);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('keeps a request id and what protects browsers', async () => {
    const build: Build = (app, gate) => app.use(requestId(), secureHeaders()).all('/mcp', gate, handler);
    for (const headers of await refuse(build, method)) {
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test.each(firsts)(
    '[RFC9110-11.6.1-01] is complete where the gate is the first %s',
    async (_what, build) => {
      for (const headers of await refuse(build, method)) {
        expect(headers.get('www-authenticate')).toBe(challenge);
        expect(headers.get('content-type')).toBe('application/json');
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('access-control-expose-headers')).toBe('WWW-Authenticate');
      }
    },
  );
});

test('says the same in its body, wherever the gate stands', async () => {
  for (const build of [
    (app: Hono<AuthEnv>, gate: Gate) => app.all('/mcp', gate, handler),
    (app: Hono<AuthEnv>, gate: Gate) => app.use(marking).all('/mcp', gate, handler),
  ]) {
    expect(await (await create(build).request(resource)).json()).toEqual({
      message: 'This resource requires an access token.',
      resource_metadata: 'https://api.example.com/.well-known/oauth-protected-resource/mcp',
    });
  }
});

test('a gate that stands twice keeps what was set between, where a token was revoked meanwhile', async () => {
  let calls = 0;
  const issuer = 'https://as.example.com';
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ metadata: { issuer } }] } },
  });
  const gate = mcpAuth.bearerAuth(
    () => {
      if (++calls > 1) throw new MCPAuthTokenVerificationError('inactive_token');
      return { issuer, audience: resource, expiresAt: Date.now() / 1000 + 60 };
    },
    { resource },
  );
  const app = new Hono<AuthEnv>().use(gate).use(marking).all('/mcp', gate, handler);
  const answer = await app.request(resource, { headers: { authorization: 'Bearer opaque' } });
  expect([answer.status, answer.headers.get('x-own')]).toEqual([401, 'kept']);
});

test('an answer with two challenges has both, on the short way too', () => {
  const context = { req: { routeIndex: 0, matchedRoutes: [{ handler }] } } as unknown as Context;
  const headers = [
    ['WWW-Authenticate', 'Basic realm="own"'],
    ['WWW-Authenticate', challenge],
  ] as const;
  const answer = toHonoResponse(context, { status: 401, headers, body: undefined }, handler);
  expect(answer.headers.get('www-authenticate')).toBe(`Basic realm="own", ${challenge}`);
});

test('whoever changes the fields of one refusal does not change those of the next', async () => {
  const app = create((built, gate) => built.all('/mcp', gate, handler));
  const first = await app.request(resource);
  first.headers.set('WWW-Authenticate', 'Basic');
  expect((await app.request(resource)).headers.get('www-authenticate')).toBe(challenge);
});

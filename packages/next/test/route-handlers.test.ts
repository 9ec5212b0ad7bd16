import { describe, expect, test } from 'vitest';
import { createClock } from '../../core/test/support/clock.js';
import { configError } from '../../core/test/support/config-error.js';
import { TestIssuer } from '../../core/test/support/test-issuer.js';
import { type AuthInfo, getAuth, MCPAuth } from '../src/index.js';
import { AppRequest, createAppRouter, seenOrigin } from './support/app-router.js';

const resource = 'https://api.example.com/mcp';
const document = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
const policy = { tools: { search: [], '*': 'refuse' } } as const;
const call = (name: string) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } });

async function create(more: { cors?: { origins: '*' } } = {}) {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers: [{ issuer: issuer.issuer, type: 'oauth' }] },
      ...more,
    },
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: () => undefined,
  });
  return { mcpAuth, sign: () => issuer.sign() };
}

const post = (token?: string, body = '{}') =>
  new Request(resource, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? undefined : { authorization: `Bearer ${token}` }),
    },
    body,
  });

describe('what a route file exports', () => {
  test('without a token no method reaches the handler, and the challenge has the configured address', async () => {
    const { mcpAuth } = await create();
    let calls = 0;
    const handlers = mcpAuth.protect(() => Response.json({ calls: ++calls }));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const response = await handlers[method](new Request(`${seenOrigin}/mcp`, { method }));
      expect([method, response.status, response.headers.get('www-authenticate')]).toEqual([
        method,
        401,
        `Bearer resource_metadata="${document}"`,
      ]);
    }
    expect(calls).toBe(0);
  });

  test('a route handler finds the caller, and gets what Next.js gives it', async () => {
    const { mcpAuth, sign } = await create();
    const { POST } = mcpAuth.protect(
      async (request: AppRequest, { params }: { params: Promise<{ id: string }> }) =>
        Response.json({
          caller: getAuth(request)?.subject,
          attached: (request as { auth?: AuthInfo }).auth?.subject,
          path: request.nextUrl.pathname,
          ...(await params),
        }),
    );
    const response = await POST(new AppRequest(post(await sign())), { params: Promise.resolve({ id: '7' }) });
    expect(await response.json()).toEqual({ caller: 'user-1', attached: 'user-1', path: '/mcp', id: '7' });
  });

  test('a handler of the official SDK gets the caller as authInfo', async () => {
    const { mcpAuth, sign } = await create();
    const { POST } = mcpAuth.protect({ fetch: (_request, given) => Response.json(given?.authInfo?.subject) });
    expect(await (await POST(post(await sign()))).json()).toBe('user-1');
  });

  test('what somebody else has left under the name of the caller is no caller', async () => {
    const { mcpAuth } = await create();
    const { POST } = mcpAuth.protect(
      (request) => Response.json({ caller: getAuth(request) ?? null }),
      'jwt',
      {
        operations: { methods: { 'tools/list': 'anonymous' } },
      },
    );
    const list = post(undefined, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
    Object.assign(list, { auth: { subject: 'admin' } });
    const response = await POST(list);
    expect([response.status, await response.json()]).toEqual([200, { caller: null }]);
    expect(getAuth(Object.assign(post(), { auth: { subject: 'admin' } }))).toBeUndefined();
  });

  test('an error of the handler is for Next.js', async () => {
    const { mcpAuth, sign } = await create();
    const { POST } = mcpAuth.protect(() => {
      throw new RangeError('own');
    });
    await expect(POST(post(await sign()))).rejects.toThrow(RangeError);
  });

  test.each([
    [undefined, 'is undefined.'],
    [{ handle: () => new Response() }, 'is an object.'],
  ])('no handler is told at start: %o', async (handler, end) => {
    const { mcpAuth } = await create();
    const error = configError(() => mcpAuth.protect(handler as never));
    expect(error).toMatchObject({ code: 'invalid_option', path: 'handler' });
    expect(error.message).toMatch(new RegExp(`${end.replace('.', '\\.')}$`));
  });

  test('what is exported without a call says what to write', async () => {
    const { mcpAuth } = await create();
    // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
    const { protect } = mcpAuth;
    expect(() => protect(() => new Response())).toThrow(
      'export const { GET, POST, DELETE } = mcpAuth.protect(',
    );
  });
});

describe('a body that was judged', () => {
  test.each([true, false])(
    'is what runs, in the class of Next.js (behind its Proxy: %s)',
    async (proxied) => {
      const { mcpAuth, sign } = await create();
      const handlers = mcpAuth.protect(
        async (request: AppRequest) =>
          Response.json({
            path: request.nextUrl.pathname,
            isOwn: request instanceof AppRequest,
            again: request.bodyUsed ? 'nothing' : await new Request(request).json(),
          }),
        { operations: policy },
      );
      const token = await sign();
      const send = (body: string) =>
        proxied
          ? createAppRouter(new Map([['/mcp', handlers]]))(post(token, body), {})
          : handlers.POST(new AppRequest(post(token, body)));
      expect((await send(call('purge'))).status).toBe(200);
      expect(await (await send(call('purge'))).json()).toMatchObject({ error: { code: -32602 } });
      expect(await (await send(call('search'))).json()).toEqual({
        path: '/mcp',
        isOwn: true,
        again: JSON.parse(call('search')),
      });
    },
  );

  test('is of the nearest class that is made of a request, as on the edge runtime', async () => {
    class HintedRequest extends AppRequest {
      constructor({ input }: { readonly input: Request }) {
        super(input);
      }
    }
    const { mcpAuth, sign } = await create();
    const { POST } = mcpAuth.protect(
      async (request: AppRequest) =>
        Response.json({ path: request.nextUrl.pathname, body: await request.json() }),
      { operations: policy },
    );
    const response = await POST(new HintedRequest({ input: post(await sign(), call('search')) }));
    expect(await response.json()).toEqual({ path: '/mcp', body: JSON.parse(call('search')) });
  });

  test('is whole where a class takes nothing of a request but its address, as on the edge runtime of Next.js 15', async () => {
    class EdgeRequest extends Request {
      readonly nextUrl = new URL(this.url);
      constructor(input: Request | string, init?: RequestInit) {
        super(typeof input === 'string' ? input : input.url, init);
      }
    }
    const { mcpAuth, sign } = await create();
    const { POST } = mcpAuth.protect(
      async (request: Request) =>
        Response.json({
          isOwn: request instanceof EdgeRequest,
          method: request.method,
          type: request.headers.get('content-type'),
          body: await request.json(),
        }),
      { operations: policy },
    );
    const { url, method, headers, body } = post(await sign(), call('search'));
    const init = { method, headers, body, duplex: 'half' } as RequestInit;
    expect(await (await POST(new EdgeRequest(url, init))).json()).toEqual({
      isOwn: true,
      method: 'POST',
      type: 'application/json',
      body: JSON.parse(call('search')),
    });
  });

  test('where there is no class of Next.js, it is a Request', async () => {
    const { mcpAuth, sign } = await create();
    const { POST } = mcpAuth.protect(async (request) => Response.json(await request.json()), {
      operations: policy,
    });
    const response = await POST(post(await sign(), call('search')));
    expect(await response.json()).toEqual(JSON.parse(call('search')));
  });
});

describe('pages in a browser', () => {
  test('a preflight of the protected route is answered where cors is configured', async () => {
    const { mcpAuth } = await create({ cors: { origins: '*' } });
    const { OPTIONS } = mcpAuth.protect(() => new Response());
    const headers = { origin: 'https://page.example', 'access-control-request-method': 'POST' };
    const response = await OPTIONS(new Request(resource, { method: 'OPTIONS', headers }));
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });

  test.each(['GET', 'HEAD', 'OPTIONS'] as const)('%s of the document', async (method) => {
    const { mcpAuth } = await create();
    const handlers = mcpAuth.protectedResourceMetadataRouter();
    const headers = { origin: 'https://page.example', 'access-control-request-method': 'GET' };
    const response = await handlers[method](new Request(document, { method, headers }));
    expect(response.status).toBe(method === 'OPTIONS' ? 204 : 200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('another path below the well-known one', async () => {
    const { mcpAuth } = await create();
    const { GET } = mcpAuth.protectedResourceMetadataRouter();
    expect((await GET(new Request(`${document}/other`))).status).toBe(404);
  });
});

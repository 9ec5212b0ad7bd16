import { beforeAll, describe, expect, test } from 'vitest';
import { MCPAuth, type FetchHandler, type PlaceOptions } from '../../src/fetch.js';
import { MCPAuthConfigError, type BearerAuthOptions, type CorsOptions } from '../../src/index.js';
import { now, type FakeProvider } from '../providers/support/fake-provider.js';
import { createPlainProvider, plainClaims, plainServer } from '../providers/support/plain-server.js';
import { atOnce } from '../support/at-once.js';

const resource = plainClaims.aud;
const page = 'https://app.example.com';
const otherPage = 'https://evil.example.net';
const noteCall = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'delete-note' } };

let provider: FakeProvider;
let token: string;

beforeAll(async () => {
  provider = await createPlainProvider();
  token = await provider.sign({ ...plainClaims, scope: 'notes:read' });
});

interface Setup {
  readonly cors?: CorsOptions;
  readonly handler?: FetchHandler;
  readonly options?: Partial<BearerAuthOptions> & PlaceOptions;
}

function createMCPAuth(cors: CorsOptions | undefined): MCPAuth {
  return new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [plainServer()] }, cors },
    fetch: provider.fetch,
    now: () => now * 1000,
    onEvent: () => undefined,
  });
}

const defaultHandler: FetchHandler = {
  fetch: () => new Response('{}', { status: 200, headers: { 'mcp-session-id': 's-1' } }),
};

async function send(setup: Setup, init: RequestInit = {}, url = resource): Promise<Response> {
  const handler = setup.handler ?? defaultHandler;
  const gate = createMCPAuth(setup.cors).protect(handler, 'jwt', { resource, ...setup.options });
  return gate.fetch(new Request(url, { method: 'POST', ...init }));
}

function preflight(origin = page): RequestInit {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization, content-type, mcp-protocol-version',
  };
  return { method: 'OPTIONS', headers };
}

function withToken(origin: string | undefined, bearer = token): RequestInit {
  const type = { 'content-type': 'application/json' };
  return {
    headers: { authorization: `Bearer ${bearer}`, ...type, ...(origin === undefined ? {} : { origin }) },
  };
}

/** The entries of a list field, as a browser reads them. */
function entries(response: Response, name: string): readonly string[] {
  return (response.headers.get(name) ?? '').toLowerCase().split(/ *, */);
}

describe('a resource without the option', () => {
  test('[RFC9110-CORS-01] a preflight is a request without credentials like any other', async () => {
    const response = await send({}, preflight());

    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('[RFC9110-CORS-01] no page is let in, but a CORS middleware in front finds the challenge exposed', async () => {
    const refused = await send({}, { headers: { origin: page } });
    const accepted = await send({}, withToken(page));

    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    expect(entries(refused, 'access-control-expose-headers')).toContain('www-authenticate');
    expect(accepted.status).toBe(200);
    expect(accepted.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a resource open to some origins', () => {
  const cors: CorsOptions = { origins: [page, 'http://localhost:5173'] };

  test.each([
    ['of an origin that is not on the list', otherPage],
    ['of an origin whose name begins like one on the list', `${page}.evil.example.net`],
    ['of the same host over plain http', 'http://app.example.com'],
    ['of the same host on another port', `${page}:8443`],
    ['of a host on the list in other letters', 'https://APP.example.com'],
    ['of a page without an origin', 'null'],
  ])('[RFC9110-CORS-01] the preflight %s is answered, and allows nothing', async (_which, origin) => {
    const response = await send({ cors }, preflight(origin));

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(entries(response, 'vary')).toContain('origin');
  });

  test('[RFC9110-CORS-01] a request from another origin gets its normal answer, and no page may read it', async () => {
    const accepted = await send({ cors }, withToken(otherPage));
    const refused = await send({ cors }, { headers: { origin: otherPage } });

    expect([accepted.status, refused.status]).toEqual([200, 401]);
    for (const response of [accepted, refused]) {
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(entries(response, 'vary')).toContain('origin');
    }
  });

  test('[RFC9110-CORS-01] the preflight of a page is answered without a token and names what MCP clients send', async () => {
    const response = await send({ cors }, preflight());

    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(entries(response, 'access-control-allow-headers')).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'accept',
        'mcp-protocol-version',
        'mcp-session-id',
        'last-event-id',
        'mcp-method',
        'mcp-name',
      ]),
    );
    expect(entries(response, 'access-control-allow-methods')).toEqual(
      expect.arrayContaining(['get', 'post', 'delete']),
    );
    expect(response.headers.get('access-control-max-age')).toBe('7200');
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  test('[RFC9110-CORS-01] every origin on the list is told its own name', async () => {
    const response = await send({ cors }, preflight('http://localhost:5173'));

    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  });

  test.each([
    ['without credentials', 401, {}],
    ['with malformed credentials', 400, { authorization: 'Bearer a b' }],
    ['with a bad token', 401, { authorization: 'Bearer a.b.c' }],
  ])('[RFC9110-CORS-01] a page can read the challenge of a request %s', async (_how, status, fields) => {
    const response = await send({ cors }, { headers: { ...fields, origin: page } });

    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(entries(response, 'access-control-expose-headers')).toContain('www-authenticate');
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  test('[RFC9110-CORS-01] a page can read that a scope of the route is missing', async () => {
    const route = await send({ cors, options: { requiredScopes: ['notes:write'] } }, withToken(page));

    expect(route.status).toBe(403);
    expect(route.headers.get('access-control-allow-origin')).toBe(page);
    expect(entries(route, 'access-control-expose-headers')).toContain('www-authenticate');
  });

  test('[RFC9110-CORS-01] a page can read that a scope of one operation is missing', async () => {
    const response = await send(
      { cors, options: { operations: { tools: { '*': [], 'delete-note': ['notes:write'] } } } },
      { ...withToken(page), body: JSON.stringify(noteCall) },
    );

    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(entries(response, 'access-control-expose-headers')).toContain('www-authenticate');
  });

  test('[RFC9110-CORS-01] a handler with a CORS header of its own does not double it', async () => {
    const handler: FetchHandler = {
      fetch: () => new Response('{}', { headers: { 'access-control-allow-origin': page } }),
    };

    const response = await send({ cors, handler }, withToken(page));

    expect(response.headers.get('access-control-allow-origin')).toBe(page);
  });

  test('[RFC9110-CORS-01] a page can read an outage, and that it passes', async () => {
    const gate = new MCPAuth({
      protectedResources: { metadata: { resource, authorizationServers: [plainServer()] }, cors },
      fetch: () => Promise.reject(new Error('down')),
      onEvent: () => undefined,
    }).protect(defaultHandler, 'jwt', { resource });

    const response = await gate.fetch(new Request(resource, { method: 'POST', ...withToken(page) }));

    expect(response.status).toBe(503);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
  });

  test.each([
    ['', undefined],
    [' whose scopes were judged by operation', { tools: { '*': [], 'delete-note': ['notes:read'] } }],
  ])(
    '[RFC9110-CORS-01] a page can read an answer%s, its session and its type',
    async (_which, operations) => {
      const response = await send(
        { cors, options: { operations } },
        { ...withToken(page), body: JSON.stringify(noteCall) },
      );

      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(page);
      expect(response.headers.get('mcp-session-id')).toBe('s-1');
      expect(entries(response, 'access-control-expose-headers')).toEqual(
        expect.arrayContaining(['www-authenticate', 'mcp-session-id']),
      );
      expect(entries(response, 'vary')).toContain('origin');
    },
  );

  test('[RFC9110-CORS-01] a cache learns from answers to other programs too that origins differ', async () => {
    const response = await send({ cors }, withToken(undefined));

    expect(entries(response, 'vary')).toContain('origin');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('[RFC9110-CORS-01] cookies never become credentials', async () => {
    for (const init of [preflight(), withToken(page)]) {
      const response = await send({ cors }, init);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test.each([
    ['without an origin', { 'access-control-request-method': 'POST' }],
    ['that announces no method', { origin: page }],
  ])('[RFC9110-CORS-01] an OPTIONS request %s is no preflight and needs a token', async (_how, headers) => {
    expect((await send({ cors }, { method: 'OPTIONS', headers })).status).toBe(401);
  });
});

describe('a resource open to all origins', () => {
  const cors: CorsOptions = { origins: '*', allowedHeaders: ['X-Request-Id'], maxAgeSeconds: 60 };

  test('[RFC9110-CORS-01] any preflight is allowed, with the fields and the time that were set', async () => {
    const response = await send({ cors }, preflight(otherPage));

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(entries(response, 'access-control-allow-headers')).toContain('x-request-id');
    expect(response.headers.get('access-control-max-age')).toBe('60');
  });

  test('[RFC9110-CORS-01] refusals and answers are readable for any page, never with cookies', async () => {
    const refused = await send({ cors }, { headers: { origin: otherPage } });
    const accepted = await send({ cors }, withToken(otherPage));

    expect([refused.status, accepted.status]).toEqual([401, 200]);
    for (const response of [refused, accepted]) {
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(entries(response, 'access-control-expose-headers')).toContain('www-authenticate');
    }
  });
});

describe('headers that mirror parameters of a tool (MCP 2026-07-28)', () => {
  const cors: CorsOptions = { origins: [page] };
  const asking = (names: string): RequestInit => ({
    method: 'OPTIONS',
    headers: {
      origin: page,
      'access-control-request-method': 'POST',
      'access-control-request-headers': names,
    },
  });

  test('[RFC9110-CORS-01] are allowed by the names that a page asks for, and other names are not', async () => {
    const response = await send(
      { cors },
      asking('authorization, mcp-param-city, Mcp-Param-Zip, x-other, mcp-param-'),
    );

    const allowed = entries(response, 'access-control-allow-headers');
    expect(allowed).toEqual(expect.arrayContaining(['authorization', 'mcp-param-city', 'mcp-param-zip']));
    expect(allowed).not.toContain('x-other');
    expect(allowed).not.toContain('mcp-param-');
    expect(entries(response, 'vary')).toContain('access-control-request-headers');
  });

  test('[RFC9110-CORS-01] at most 64 of them', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `mcp-param-p${index}`).join(',');
    const allowed = entries(await send({ cors }, asking(names)), 'access-control-allow-headers');

    expect(allowed.filter((name) => name.startsWith('mcp-param-'))).toHaveLength(64);
  });
});

describe('what a page can read of an answer', () => {
  test('[RFC9110-CORS-01] Retry-After of an outage, and each exposed name once', async () => {
    const gate = new MCPAuth({
      protectedResources: {
        metadata: { resource, authorizationServers: [plainServer()] },
        cors: { origins: [page] },
      },
      fetch: () => Promise.reject(new Error('down')),
      onEvent: () => undefined,
    }).protect(defaultHandler, 'jwt', { resource });

    const response = await gate.fetch(new Request(resource, { method: 'POST', ...withToken(page) }));

    const exposed = entries(response, 'access-control-expose-headers');
    expect(exposed).toEqual(expect.arrayContaining(['retry-after', 'www-authenticate', 'mcp-session-id']));
    expect(new Set(exposed).size).toBe(exposed.length);
  });
});

describe('where a preflight is answered', () => {
  const cors: CorsOptions = { origins: [page] };

  test('[RFC9110-CORS-01] the metadata router answers it, so that OPTIONS can be mounted before the gate', () => {
    const router = createMCPAuth(cors).protectedResourceMetadataRouter();

    expect(atOnce(router(new Request(resource, preflight())))?.status).toBe(204);
    expect(router(new Request(resource, { method: 'POST' }))).toBeUndefined();
    expect(router(new Request('https://api.example.com/other', preflight()))).toBeUndefined();
  });

  test('[RFC9110-CORS-01] the gate answers it where a route lies elsewhere than its resource', async () => {
    const response = await send(
      { cors, options: { path: '/internal/mcp' } },
      preflight(),
      'https://api.example.com/internal/mcp',
    );

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
  });

  test('[RFC9110-CORS-01] two resources with one path on two hosts keep their own lists', () => {
    const metadata = (host: string) => ({
      resource: `https://${host}/mcp`,
      authorizationServers: [plainServer()],
    });
    const router = new MCPAuth({
      protectedResources: [
        { metadata: metadata('a.example.com'), cors: { origins: [page] } },
        { metadata: metadata('b.example.com'), cors: { origins: [otherPage] } },
      ],
      onEvent: () => undefined,
    }).protectedResourceMetadataRouter();
    const allowed = (host: string) =>
      atOnce(router(new Request(`https://${host}/mcp`, preflight())))?.headers.get(
        'access-control-allow-origin',
      );

    expect([allowed('a.example.com'), allowed('b.example.com')]).toEqual([page, null]);
  });

  test('[RFC9110-CORS-01] the metadata document is open to every page whatever the list says', async () => {
    const url = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
    const get = await send({ cors }, { method: 'GET', headers: { origin: otherPage } }, url);
    const options = await send({ cors }, preflight(otherPage), url);

    expect([get.status, options.status]).toEqual([200, 204]);
    expect(get.headers.get('access-control-allow-origin')).toBe('*');
    expect(options.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('a configuration that cannot work', () => {
  function expectRefusal(cors: unknown, option: string): void {
    let thrown: unknown;
    try {
      createMCPAuth(cors as CorsOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MCPAuthConfigError);
    expect(thrown).toMatchObject({ code: 'invalid_option', path: `protectedResources.cors.${option}` });
    expect((thrown as MCPAuthConfigError).message).toMatch(/must be/);
  }

  test.each([
    [{}, 'origins'],
    [{ origins: [] }, 'origins'],
    [{ origins: 'https://app.example.com' }, 'origins'],
    [{ origins: ['*'] }, 'origins[0]'],
    [{ origins: ['null'] }, 'origins[0]'],
    [{ origins: ['https://app.example.com/'] }, 'origins[0]'],
    [{ origins: ['app.example.com'] }, 'origins[0]'],
    [{ origins: ['https://APP.example.com'] }, 'origins[0]'],
    [{ origins: ['https://app.example.com:443'] }, 'origins[0]'],
    [{ origins: '*', allowedHeaders: ['X-Ok\r\nSet-Cookie: a=b'] }, 'allowedHeaders[0]'],
    [{ origins: ['https://*.example.com'] }, 'origins[0]'],
    [{ origins: '*', allowedHeaders: 'X-Request-Id' }, 'allowedHeaders'],
    [{ origins: '*', allowedHeaders: ['two words'] }, 'allowedHeaders[0]'],
    [{ origins: '*', allowedHeaders: [''] }, 'allowedHeaders[0]'],
    [{ origins: '*', maxAgeSeconds: Number.NaN }, 'maxAgeSeconds'],
    [{ origins: '*', maxAgeSeconds: -5 }, 'maxAgeSeconds'],
    [{ origins: '*', maxAgeSeconds: '1h' }, 'maxAgeSeconds'],
  ])('[RFC9110-CORS-01] %j is refused with the path of the option', (cors, option) => {
    expectRefusal(cors, option);
  });
});

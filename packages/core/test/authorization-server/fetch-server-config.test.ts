import { describe, expect, test, vi } from 'vitest';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  type FetchServerConfigOptions,
} from '../../src/authorization-server/fetch-server-config.js';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { metadataOf, serve, type Documents } from '../support/documents.js';

const issuer = 'https://as.example.com';
const tenant = 'https://as.example.com/t1';
const oauth = '/.well-known/oauth-authorization-server';
const oidc = '/.well-known/openid-configuration';

async function codeOf(result: Promise<unknown>): Promise<string> {
  try {
    await result;
  } catch (error) {
    if (error instanceof MCPAuthAuthServerError || error instanceof MCPAuthConfigError) return error.code;
    throw error;
  }
  return 'fetched';
}
const get = (documents: Documents, from = issuer, type?: 'oauth' | 'oidc') =>
  fetchServerConfig(from, { fetch: serve(documents).fetch, ...(type && { type }) });

describe('the document must be the issuer’s own before anything in it is used', () => {
  test.each([
    'https://as.example.com/',
    'https://AS.example.com',
    'https://as.example.com:443',
    'https://evil.example',
    'https://as.example.com/t1',
    'https://as.example.com/{tenantid}',
    'https://as.example.com ',
    'https://as.example.com\u0000',
  ])('[RFC8414-3.3-01][MCP-2026-07-28-MC-004][RFC8414-4-01] issuer %j', async (stated) => {
    const document = metadataOf(issuer, { issuer: stated });
    for (const type of ['oauth', 'oidc', undefined] as const) {
      expect(await codeOf(get({ [issuer + oauth]: document, [issuer + oidc]: document }, issuer, type))).toBe(
        'issuer_mismatch',
      );
    }
  });

  test('[RFC8414-3.1-02] the slash that the URL loses stays part of the identifier', async () => {
    expect(await codeOf(get({ [issuer + oauth]: metadataOf(issuer) }, `${issuer}/`, 'oauth'))).toBe(
      'issuer_mismatch',
    );
    expect(
      await codeOf(
        get({ [issuer + oauth]: metadataOf(issuer, { issuer: `${issuer}/` }) }, `${issuer}/`, 'oauth'),
      ),
    ).toBe('fetched');
  });

  test('[OIDCD-4.3-01] the mismatch is explained with both values', async () => {
    const result = get({ [issuer + oidc]: metadataOf('https://other.example') }, issuer, 'oidc');
    await expect(result).rejects.toThrow(/"https:\/\/other\.example".*"https:\/\/as\.example\.com"/);
  });

  test.each([{}, { issuer: null }, { issuer: [issuer] }, null, [], 'text', 5])(
    'no issuer at all: %j',
    async (document) => {
      expect(await codeOf(get({ [issuer + oauth]: document }, issuer, 'oauth'))).toBe('invalid_metadata');
    },
  );

  test('[RFC9068-4-07] a member that is needed must be usable', async () => {
    for (const member of [{ jwks_uri: 5 }, { jwks_uri: 'not a url' }, { jwks_uri: null }]) {
      expect(await codeOf(get({ [issuer + oauth]: metadataOf(issuer, member) }, issuer, 'oauth'))).toBe(
        'invalid_metadata',
      );
    }
  });
});

describe('what is no issuer identifier is refused before anything is fetched', () => {
  test.each([
    ['as.example.com', 'invalid_issuer'],
    ['', 'invalid_issuer'],
    ['ftp://as.example.com', 'invalid_issuer'],
    ['https://as.example.com?x', 'invalid_issuer'],
    ['https://as.example.com#x', 'invalid_issuer'],
    ['https://user:pass@as.example.com', 'invalid_issuer'],
    ['http://as.example.com', 'insecure_issuer'],
  ])('[RFC8414-2-01] %j', async (value, code) => {
    const { fetch, requests } = serve({});
    expect(await codeOf(fetchServerConfig(value, { fetch }))).toBe(code);
    expect(requests).toEqual([]);
  });

  test('[RFC8414-2-01] plain http on loopback is fine, elsewhere only by an explicit option', async () => {
    const local = 'http://127.0.0.1:9000';
    expect(await codeOf(get({ [local + oauth]: metadataOf(local) }, local))).toBe('fetched');
    const inside = 'http://as.internal';
    const { fetch } = serve({ [inside + oauth]: metadataOf(inside) });
    expect(await codeOf(fetchServerConfig(inside, { fetch, allowInsecureHttp: true }))).toBe('fetched');
  });
});

describe('[MCP-2026-07-28-MC-001] without a type the locations are tried in order', () => {
  const locations = [`${issuer}${oauth}/t1`, `${issuer}${oidc}/t1`, `${issuer}/t1${oidc}`];

  test.each([0, 1, 2])('the document at location %i is found, and no later one is asked', async (index) => {
    const { fetch, requests } = serve({ [locations[index] ?? '']: metadataOf(tenant) });
    const { type } = await fetchServerConfig(tenant, { fetch });
    expect(requests).toEqual(locations.slice(0, index + 1));
    expect(type).toBe(index === 0 ? 'oauth' : 'oidc');
  });

  test.each([
    ['an HTML page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    [
      'text that says it is JSON',
      () => new Response('<html>', { headers: { 'content-type': 'application/json' } }),
    ],
    ['a redirect to a login page elsewhere', () => Response.redirect('https://login.example/', 302)],
    ['a server error', () => new Response('', { status: 503 })],
    [
      'a broken connection',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
    ['a document of another issuer', () => Response.json(metadataOf('https://evil.example'))],
    ['403', () => new Response('', { status: 403 })],
    ['410', () => new Response('', { status: 410 })],
  ])('%s does not end the search', async (_what, respond) => {
    const { fetch } = serve({ [locations[0] ?? '']: respond, [locations[2] ?? '']: metadataOf(tenant) });
    expect((await fetchServerConfig(tenant, { fetch })).type).toBe('oidc');
  });

  test('[MCP-2026-07-28-MC-008] when none has it, every answer is reported', async () => {
    const answers = locations.map((location) => `${location} answered with status 404`).join('; ');
    await expect(get({}, tenant)).rejects.toThrow(
      `The metadata of ${tenant} is in none of its 3 places: ${answers}`,
    );
  });
});

describe('[contract row 1] metadata of either type, in camelCase', () => {
  test.each(['oauth', 'oidc'] as const)('%s', async (type) => {
    const path = type === 'oauth' ? oauth : oidc;
    const config = await get(
      { [issuer + path]: metadataOf(issuer, { vendor_member: { a_b: 1 } }) },
      issuer,
      type,
    );
    expect(config).toEqual({
      type,
      metadata: {
        issuer,
        authorizationEndpoint: `${issuer}/authorize`,
        tokenEndpoint: `${issuer}/token`,
        jwksUri: `${issuer}/jwks`,
        responseTypesSupported: ['code'],
        codeChallengeMethodsSupported: ['S256'],
        vendor_member: { a_b: 1 },
      },
    });
  });

  test('[OIDCD-3-01][RFC8414-2-02] members that only others need may be missing or malformed', async () => {
    const document = { issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: 5, scopes_supported: 'openid' };
    const { metadata } = await get({ [issuer + oidc]: document }, issuer, 'oidc');
    expect(metadata).toEqual({ issuer, jwksUri: `${issuer}/jwks` });
  });
});

describe('[contract row 3] transpileData', () => {
  const broken = { Issuer: issuer, jwks_uri: `${issuer}/jwks` };

  test.each([
    ['at once', (data: Record<string, unknown>) => ({ ...data, issuer: data.Issuer })],
    ['later', async (data: Record<string, unknown>) => ({ ...data, issuer: data.Issuer })],
  ])('rewrites the document before it is judged, %s', async (_when, transpileData) => {
    const { fetch } = serve({ [issuer + oidc]: broken });
    const { metadata } = await fetchServerConfig(issuer, { type: 'oidc', fetch, transpileData });
    expect(metadata.issuer).toBe(issuer);
  });

  test('[RFC8414-3.3-01] what it returns is held to the same identity', async () => {
    const { fetch } = serve({ [issuer + oidc]: metadataOf(issuer) });
    const transpileData = (data: Record<string, unknown>) => ({ ...data, issuer: 'https://other.example' });
    expect(await codeOf(fetchServerConfig(issuer, { type: 'oidc', fetch, transpileData }))).toBe(
      'issuer_mismatch',
    );
  });

  test('one that throws, rejects or returns nothing is reported', async () => {
    const { fetch } = serve({ [issuer + oidc]: broken });
    const run = (transpileData: () => never) =>
      codeOf(fetchServerConfig(issuer, { type: 'oidc', fetch, transpileData }));
    expect(
      await run(() => {
        throw new Error('x');
      }),
    ).toBe('transpile_failed');
    expect(await run((() => Promise.reject(new Error('x'))) as () => never)).toBe('transpile_failed');
    expect(await run((() => undefined) as () => never)).toBe('invalid_metadata');
  });

  test.each([[[]], ['text'], [null]])('it never sees what is no object: %j', async (document) => {
    const { fetch } = serve({ [issuer + oidc]: document });
    const transpileData = () => metadataOf(issuer);
    expect(await codeOf(fetchServerConfig(issuer, { type: 'oidc', fetch, transpileData }))).toBe(
      'invalid_metadata',
    );
  });
});

describe('what is odd about a document that is fetched at start is told, as it is where it is fetched later', () => {
  const odd = metadataOf(issuer, { introspection_endpoint: null });
  const answer = () => new Response(JSON.stringify(odd), { headers: { 'content-type': 'text/plain' } });
  const { fetch } = serve({ [issuer + oidc]: answer });
  const fetching: readonly ((options: FetchServerConfigOptions) => Promise<unknown>)[] = [
    (options) => fetchServerConfig(issuer, { ...options, fetch, type: 'oidc' }),
    (options) => fetchServerConfigByWellKnownUrl(issuer + oidc, { ...options, fetch }),
  ];
  const told = [
    expect.stringContaining('is served as "text/plain"') as string,
    expect.stringContaining('introspection_endpoint: must be a string') as string,
  ];

  test.each(fetching)('to the listener: %#', async (get) => {
    const events: MCPAuthEvent[] = [];
    await get({ onEvent: (event) => events.push(event) });
    expect(events).toMatchObject(told.map((message) => ({ type: 'warning', message })));
  });

  test.each(fetching)('without one, on the console: %#', async (get) => {
    const log = vi.spyOn(console, 'warn').mockReturnValue();
    await get({});
    expect(log.mock.calls).toEqual(told.map((line) => [line]));
    log.mockRestore();
  });
});

test.each([0, -1, NaN, Infinity, 3_000_000_000])(
  'a time limit of %j ms is refused: no timer can keep it',
  async (timeoutMs) => {
    const { fetch, requests } = serve({});
    expect(await codeOf(fetchServerConfig(issuer, { fetch, timeoutMs }))).toBe('invalid_option');
    expect(requests).toEqual([]);
  },
);

test('size and time are bounded', async () => {
  const big = metadataOf(issuer, { filler: 'x'.repeat(300_000) });
  expect(await codeOf(get({ [issuer + oauth]: big }, issuer, 'oauth'))).toBe('response_too_large');
  const fetch = () => new Promise<never>(() => undefined);
  expect(await codeOf(fetchServerConfig(issuer, { type: 'oauth', fetch, timeoutMs: 20 }))).toBe(
    'request_timeout',
  );
});

/**
 * The server of every provider's page, as the page prints it, with tokens of the shape that the page prints. No provider was
 * asked: documents are recorded or written after documentation, and a key of this test signs.
 */
import type * as express from '@mcp-auth/express';
import type { MCPAuthConfig, MCPAuthEvent } from '@mcp-auth/express';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { casesByOtherMeans } from './cases/by-other-means.js';
import { casesByResource } from './cases/by-resource.js';
import { casesMicrosoft } from './cases/microsoft.js';
import { createIssuers, readShape, type Issuers, type Json } from './support/issuers.js';
import { openPage, type OpenPage } from './support/open-page.js';
import type { ProviderCase } from './support/provider-case.js';

const cases = [...casesByResource, ...casesByOtherMeans, ...casesMicrosoft];
const network = globalThis.fetch;
/** Two products share a page. */
const pageOf = (name: string) => (name === 'azure-ad-b2c' ? 'entra-external-id' : name);
const readPage = (name: string) =>
  readFileSync(new URL(`../../../../docs/providers/${pageOf(name)}.md`, import.meta.url), 'utf8');

/** What opaque tokens stand for, where the provider has to be asked. */
const opaqueTokens = new Map<string, Json>();

async function answerOpaque({ opaque }: ProviderCase, request: Request): Promise<Response> {
  const body = new URLSearchParams(await request.text());
  const token = body.get('token') ?? request.headers.get('authorization')?.replace('Bearer ', '');
  const claims = opaqueTokens.get(token ?? '');
  if (claims !== undefined) return Response.json(claims);
  return Response.json(opaque?.refusal.body, { status: opaque?.refusal.status });
}

let issuers: Issuers;
beforeAll(async () => {
  const answers: Record<string, Json | ((request: Request) => Promise<Response>)> = {};
  for (const provider of cases) {
    Object.assign(answers, provider.recorded, provider.written);
    if (provider.opaque) answers[provider.opaque.url] = (request) => answerOpaque(provider, request);
  }
  issuers = await createIssuers(answers);
  vi.stubGlobal('fetch', issuers.fetch);
});
afterAll(() => vi.unstubAllGlobals());

/** The server of a page once more, with somebody who listens to its events. */
async function loadObserved({ load }: ProviderCase, onEvent: (event: MCPAuthEvent) => void) {
  vi.resetModules();
  vi.doMock('@mcp-auth/express', async (importOriginal) => {
    const original = await importOriginal<typeof express>();
    class Observed extends original.MCPAuth {
      constructor(config: MCPAuthConfig) {
        super({ ...config, onEvent });
      }
    }
    return { ...original, MCPAuth: Observed };
  });
  const { app } = await load();
  vi.doUnmock('@mcp-auth/express');
  return app;
}

/** Pages that are made otherwise: an overview, what is common to all, and two servers that run here. */
const otherwise = ['index.md', 'other.md', 'keycloak.md', 'oidc-provider.md'];

/** No JWT, and one that is encrypted: what providers issue where no resource was asked for. */
const unreadable = [
  'opaque',
  `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aaaa.bbbb.cccc`,
];

/** Their most reported error is that of another configuration than the one that is printed. */
const ofOtherConfigurations = ['azure-ad-b2c', 'cloudflare-access', 'descope', 'entra-external-id'];

const sections = ['provider', 'configure', 'token', 'check', 'error', 'quirks', 'tried'];

test('every provider with a page has a case here', () => {
  const pages = readdirSync(new URL('../../../../docs/providers/', import.meta.url));
  const shown = cases.map(({ name }) => `${pageOf(name)}.md`);
  expect([...new Set([...shown, ...otherwise])].sort()).toEqual(pages.sort());
});

describe.each(cases)('the page of $name', (provider) => {
  const { name, refused, withoutScope, configured, tokenHeader } = provider;
  const shape = readShape(name);
  const text = readPage(name);
  const warnings: string[] = [];
  let page: OpenPage;

  const sign = async (claims: Json, header: Json = {}) => {
    if (provider.opaque === undefined) {
      return issuers.sign({ ...shape.header, ...header }, { ...shape.payload, ...configured, ...claims });
    }
    const token = `opaque-${opaqueTokens.size}`;
    const now = Math.floor(Date.now() / 1000);
    const exp = typeof shape.payload.exp === 'string' ? String(now + 3600) : now + 3600;
    opaqueTokens.set(token, { ...shape.payload, exp, ...configured, ...claims });
    return token;
  };
  const call = (token?: string) => page.call(token, tokenHeader);

  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(String(line)));
    const { app } = await provider.load();
    page = await openPage(app, network);
  });
  afterAll(() => page.close());

  test('it has the sections of all pages, and says what was tried instead of the provider', () => {
    const found = [...text.matchAll(/^## .+ \{#([\w-]+)\}$/gm)].map(([, id]) => id);
    expect(found).toEqual(sections);
    const [, tried = ''] = text.split('{#tried}');
    expect(tried).toMatch(
      /instead, on \d{4}-\d\d-\d\d, in `apps\/examples\/test\/providers\/pages\.test\.ts`/,
    );
    expect(text.split('{#tried}')[0]).not.toMatch(/not tried/i);
    expect(shape.source).toMatch(/^https:\/\//);
    expect(shape.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const quoted of [`test/providers/shapes/${name}.json`, `src/providers/${name}.ts`]) {
      expect(text).toContain(`<!-- quote: apps/examples/${quoted} -->`);
    }
  });

  test('its server reads the documents without a refusal, and warns as the page says', async () => {
    await call(await sign({}));
    expect(warnings).toEqual(provider.warnings);
    for (const warning of warnings) expect(text).toContain(warning);
  });

  test.each(refused)('refused: $what', async ({ claims, header }) => {
    const response = await call(await sign(claims, header));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  const scopeless = withoutScope === undefined ? [] : [withoutScope];
  test.each(scopeless)('refused: missing scope, with the scopes its metadata publishes', async (claims) => {
    const response = await call(await sign(claims));
    expect(response.status).toBe(403);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="insufficient_scope"');
    const [, scope = ''] = /scope="([^"]*)"/.exec(challenge) ?? [];
    const metadata = (await (await page.get('/.well-known/oauth-protected-resource/mcp')).json()) as Json;
    expect(scope).not.toBe('');
    expect(metadata.scopes_supported).toEqual(expect.arrayContaining(scope.split(' ')));
  });

  const gateways = tokenHeader === undefined ? [] : [tokenHeader];
  test.each(gateways)('refused: a token in Authorization instead of %s', async () => {
    expect((await page.call(await sign({}))).status).toBe(401);
  });

  const [, error = ''] = /\{#error\}([^]*?)\n## /.exec(text) ?? [];
  const reported = [...error.matchAll(/errors\.md#(\w+)/g)].map(([, code]) => code);
  const observed = ofOtherConfigurations.includes(name) ? [] : [reported];
  test.each(observed.filter(({ length }) => length > 0))(
    'its most reported error is in the events by the code that the page names',
    async (...codes) => {
      const told: string[] = [];
      const app = await loadObserved(provider, (event) => {
        if (event.type === 'decision' && event.outcome === 'deny') told.push(event.code);
      });
      const server = await openPage(app, network);
      for (const token of unreadable) await server.call(token, tokenHeader);
      const ofUnreadable = told.splice(0);
      for (const { claims, header, reported: isReported } of refused) {
        if (isReported) await server.call(await sign(claims, header), tokenHeader);
      }
      await server.close();
      expect(codes).toEqual(expect.arrayContaining(told));
      expect([...ofUnreadable, ...told]).toEqual(expect.arrayContaining(codes));
    },
  );

  test('accepted: the documented token, and the page shows what comes out', async () => {
    const response = await call(await sign({}));
    expect(response.status).toBe(200);
    expect(text).toContain(await response.text());
  });

  test.each(provider.alsoAccepted ?? [])('accepted: %s', async (other) => {
    const { header, payload } = readShape(other);
    expect((await call(await issuers.sign(header, payload))).status).toBe(200);
  });

  test('the page shows its challenge and its metadata', async () => {
    const challenge = (await call()).headers.get('www-authenticate') ?? '';
    expect(text).toContain(`WWW-Authenticate: ${challenge}`);
    const metadata = await page.get('/.well-known/oauth-protected-resource/mcp');
    expect(text).toContain(await metadata.text());
  });
});

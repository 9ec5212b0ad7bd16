import { describe, expect, test } from 'vitest';
import { createClock } from '../support/clock.js';
import { headWith } from '../support/head.js';
import { allowed, lastCode, protect, resource, statusOf } from '../support/protect.js';
import { combineFetch, TestIssuer } from '../support/test-issuer.js';
import { ResourceServer } from '../../src/engine/resource-server.js';

async function twoIssuers() {
  const clock = createClock();
  const [a, b] = await Promise.all([
    TestIssuer.create(clock, 'https://a.example.com'),
    TestIssuer.create(clock, 'https://b.example.com/tenant'),
  ]);
  return { clock, a, b };
}

describe('[contract row 13] several authorization servers for one resource', () => {
  test('[RFC8725-3.8-01] each is trusted with its own keys and nobody else’s', async () => {
    const { clock, a, b } = await twoIssuers();
    const { ask, events } = await protect({
      clock,
      issuer: a,
      others: [b],
      servers: () => [
        { issuer: a.issuer, type: 'oauth' },
        { issuer: b.issuer, type: 'oidc' },
      ],
    });
    expect(allowed(await ask(await a.sign())).issuer).toBe(a.issuer);
    expect(allowed(await ask(await b.sign())).issuer).toBe(b.issuer);
    const crossed = await a.sign({ iss: b.issuer }, { kid: b.key.kid });
    expect(statusOf(await ask(crossed))).toBe(401);
    expect(lastCode(events)).toBe('invalid_signature');
  });

  test('one being down does not touch the other', async () => {
    const { clock, a, b } = await twoIssuers();
    const { ask } = await protect({
      clock,
      issuer: a,
      others: [b],
      servers: () => [{ issuer: a.issuer }, { issuer: b.issuer }],
    });
    b.down = true;
    expect(statusOf(await ask(await b.sign()))).toBe(503);
    expect(statusOf(await ask(await a.sign()))).toBe(200);
    // Each place of its metadata once
    expect(b.requests.length).toBe(3);
  });

  test('[MCP-2026-07-28-RS-016] audiences belong to the server that may use them', async () => {
    const { clock, a, b } = await twoIssuers();
    const { ask } = await protect({
      clock,
      issuer: a,
      others: [b],
      servers: () => [{ issuer: a.issuer, audiences: ['aud-a'] }, { issuer: b.issuer }],
    });
    expect(statusOf(await ask(await a.sign({ aud: 'aud-a' })))).toBe(200);
    expect(statusOf(await ask(await a.sign()))).toBe(401);
    expect(statusOf(await ask(await b.sign({ aud: 'aud-a' })))).toBe(401);
    expect(statusOf(await ask(await b.sign()))).toBe(200);
  });

  test('[MCP-2026-07-28-RS-016] a route’s audience narrows theirs, and widens nobody’s', async () => {
    const { clock, a, b } = await twoIssuers();
    const { ask } = await protect({
      clock,
      issuer: a,
      others: [b],
      servers: () => [
        { issuer: a.issuer, audiences: ['x', 'y'] },
        { issuer: b.issuer, audiences: ['y'] },
      ],
      options: { audience: ['x', 'z'] },
    });
    expect(statusOf(await ask(await a.sign({ aud: 'x' })))).toBe(200);
    for (const aud of ['y', 'z']) expect(statusOf(await ask(await a.sign({ aud })))).toBe(401);
    for (const aud of ['x', 'y', 'z']) expect(statusOf(await ask(await b.sign({ aud })))).toBe(401);
  });

  test('one that nobody would meet is a configuration error', async () => {
    const { clock, a, b } = await twoIssuers();
    const configured = protect({
      clock,
      issuer: a,
      others: [b],
      servers: () => [{ issuer: a.issuer }, { issuer: b.issuer }],
      options: { audience: 'elsewhere' },
    });
    await expect(configured).rejects.toMatchObject({ code: 'invalid_audience', path: 'audience' });
  });
});

describe('[contract row 13] several resources in one process', () => {
  const notes = 'https://api.example.com/notes';
  const todo = 'https://todo.example.com/mcp';

  async function create() {
    const { clock, a, b } = await twoIssuers();
    const server = new ResourceServer({
      protectedResources: [
        { metadata: { resource: notes, authorizationServers: [{ issuer: a.issuer, type: 'oauth' }] } },
        {
          metadata: {
            resource: todo,
            authorizationServers: [
              { issuer: b.issuer, type: 'oauth' },
              { issuer: a.issuer, type: 'oauth' },
            ],
          },
        },
      ],
      fetch: combineFetch(a, b),
      now: clock.now,
      onEvent: () => undefined,
    });
    const ask = async (at: string, token: string) =>
      statusOf(await server.createGate('jwt', { resource: at }).authenticate(headWith(`Bearer ${token}`)));
    return { a, b, ask, server };
  }

  test('[MCP-2026-07-28-RS-018] a token is only ever checked against that resource’s own servers', async () => {
    const { b, ask } = await create();
    expect(await ask(notes, await b.sign({ aud: notes }))).toBe(401);
    expect(b.requests).toEqual([]);
    expect(await ask(todo, await b.sign({ aud: todo }))).toBe(200);
  });

  test('[MCP-2026-07-28-RS-016] a token for one does not open the other, though both trust its issuer', async () => {
    const { a, ask } = await create();
    const token = await a.sign({ aud: notes });
    expect(await ask(notes, token)).toBe(200);
    expect(await ask(todo, token)).toBe(401);
    expect(await ask(todo, await a.sign({ aud: [notes, todo] }))).toBe(200);
  });

  test('equal configurations share one discovery and one key set', async () => {
    const { a, ask } = await create();
    await ask(notes, await a.sign({ aud: notes }));
    await ask(todo, await a.sign({ aud: todo }));
    expect([a.metadataRequests, a.keySetRequests]).toEqual([1, 1]);
  });

  test('but not where a document is rewritten for one of them only', async () => {
    const { clock, a } = await twoIssuers();
    const transpileData = (data: Record<string, unknown>) => ({ ...data, jwks_uri: `${a.issuer}/other` });
    const entry = (resourceOf: string, options: object) => ({
      metadata: {
        resource: resourceOf,
        authorizationServers: [{ issuer: a.issuer, type: 'oauth' as const, ...options }],
      },
    });
    const server = new ResourceServer({
      protectedResources: [entry(notes, {}), entry(todo, { transpileData })],
      fetch: a.fetch,
      now: clock.now,
      onEvent: () => undefined,
    });
    await server.ready().catch(() => undefined);
    expect(a.requests).toContain(`${a.issuer}/jwks`);
    expect(a.requests).toContain(`${a.issuer}/other`);
  });

  test('two spellings of an origin name one resource', async () => {
    const { clock, a } = await twoIssuers();
    const server = new ResourceServer({
      protectedResources: {
        metadata: {
          resource: 'https://api.example.com',
          authorizationServers: [{ issuer: a.issuer, type: 'oauth' }],
        },
      },
      fetch: a.fetch,
      now: clock.now,
    });
    const gate = server.createGate('jwt', { resource: 'https://api.example.com/' });
    expect(gate.resource).toBe('https://api.example.com');
    for (const aud of ['https://api.example.com', 'https://api.example.com/']) {
      expect(statusOf(await gate.authenticate(headWith(`Bearer ${await a.sign({ aud })}`)))).toBe(200);
    }
  });
});

describe('an issuer may sign under other names', () => {
  test('[RFC9068-4-01] tokenIssuers: those and no others', async () => {
    const { ask } = await protect({
      servers: ({ issuer }) => [{ issuer, type: 'oauth', tokenIssuers: ['https://sts.example.com/'] }],
    }).then(async (protectedResource) => {
      const { issuer, ask: send } = protectedResource;
      return { ask: async (iss: string) => statusOf(await send(await issuer.sign({ iss }))) };
    });
    expect(await ask('https://sts.example.com/')).toBe(200);
    expect(await ask('https://as.example.com')).toBe(401);
    expect(await ask('https://sts.example.com')).toBe(401);
  });
});

describe('the audience check can be turned off only by its ugly name', () => {
  test('which warns once, and which a route’s audience turns on again', async () => {
    const servers = ({ issuer }: TestIssuer) => [
      { issuer, type: 'oauth' as const, dangerouslyAcceptAnyAudience: true },
    ];
    const open = await protect({ servers });
    expect(open.events).toMatchObject([{ type: 'warning' }]);
    for (const aud of ['elsewhere', undefined])
      expect(statusOf(await open.ask(await open.issuer.sign({ aud })))).toBe(200);
    const narrowed = await protect({ servers, options: { audience: resource } });
    expect(statusOf(await narrowed.ask(await narrowed.issuer.sign({ aud: 'elsewhere' })))).toBe(401);
    expect(statusOf(await narrowed.ask(await narrowed.issuer.sign()))).toBe(200);
  });
});

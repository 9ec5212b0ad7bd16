import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MCPAuthConfig, MCPAuthEvent } from '../../src/index.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { createClock } from '../support/clock.js';
import { createHead } from '../support/head.js';
import { TestIssuer } from '../support/test-issuer.js';

const resource = 'https://api.example.com/mcp';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubEnv('NODE_ENV', 'development');
  vi.stubEnv('NODE_TEST_CONTEXT', undefined);
  vi.stubEnv('npm_lifecycle_event', 'start');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

async function create(config: Partial<MCPAuthConfig> = {}) {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const events: MCPAuthEvent[] = [];
  const given = { fetch: issuer.fetch, now: clock.now, onEvent: (event: MCPAuthEvent) => events.push(event) };
  const server = new ResourceServer({
    ...given,
    resource,
    authorizationServers: [issuer.issuer],
    ...config,
  } as MCPAuthConfig);
  const faults = () => events.filter(({ type }) => type === 'fault');
  return { issuer, server, faults, events };
}

/** A second passes, and what was begun then comes to its end. */
async function pass(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000);
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

describe('a provider that cannot be used is told before the first user meets it', () => {
  test('once, a second after the first route, and nobody waits', async () => {
    const { issuer, server, faults } = await create();
    issuer.down = true;
    await pass();
    expect(issuer.requests).toEqual([]);
    server.createGate();
    server.createGate();
    expect(issuer.requests).toEqual([]);
    await pass();
    expect(faults()).toMatchObject([{ issuer: issuer.issuer, error: { code: 'request_failed' } }]);
    await pass();
    expect(faults()).toHaveLength(1);
  });

  test('with the first request, where the process sleeps until then: one that needs no key does as well', async () => {
    const { issuer, server, faults } = await create();
    issuer.metadata['issuer'] = 'https://other.example.com';
    const gate = server.createGate();
    await gate.authenticate(createHead({}));
    await vi.advanceTimersByTimeAsync(0);
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
    expect(faults()).toMatchObject([{ error: { code: 'issuer_mismatch' } }]);
  });

  test('one that works is nothing to tell, and its keys are there', async () => {
    const { issuer, server, events } = await create();
    server.createGate();
    await pass();
    expect(events.filter(({ level }) => level !== 'info')).toEqual([]);
    expect(issuer.keySetRequests).toBe(1);
  });
});

describe('nothing is fetched', () => {
  test.each<[when: string, name: string, value: string]>([
    ['in tests', 'NODE_ENV', 'test'],
    ['in tests of Node', 'NODE_TEST_CONTEXT', 'child-v8'],
    ['while Next.js builds', 'NEXT_PHASE', 'phase-production-build'],
    ['while npm run build runs', 'npm_lifecycle_event', 'build'],
  ])('%s, unless it is asked for', async (_when, name, value) => {
    vi.stubEnv(name, value);
    for (const [config, expected] of [
      [{}, 0],
      [{ checkAtStart: true }, 1],
    ] as const) {
      const { issuer, server } = await create(config);
      server.createGate();
      await pass();
      expect(issuer.keySetRequests).toBe(expected);
    }
  });

  test('where it is switched off', async () => {
    const { issuer, server } = await create({ checkAtStart: false });
    server.createGate();
    await pass();
    expect(issuer.requests).toEqual([]);
  });

  test('on Workers, where nothing runs outside of a request', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    const { issuer, server } = await create({ checkAtStart: true });
    await server.createGate().authenticate(createHead({}));
    await pass();
    expect(issuer.requests).toEqual([]);
  });

  test('for something that is neither true nor false', async () => {
    await expect(create({ checkAtStart: 'yes' as never })).rejects.toMatchObject({
      code: 'invalid_option',
      path: 'checkAtStart',
    });
  });
});

describe('close() ends what runs on its own', () => {
  test('the check that is due', async () => {
    const { issuer, server } = await create();
    server.createGate();
    await server.close();
    expect(vi.getTimerCount()).toBe(0);
    await pass();
    expect(issuer.requests).toEqual([]);
  });

  test('a fetch under way, even one that minds no signal: it is no fault of the provider', async () => {
    const never = () => new Promise<Response>(() => undefined);
    const { server, faults } = await create({ fetch: never });
    server.createGate();
    const ready = server.ready();
    await server.close();
    await expect(ready).rejects.toMatchObject({ code: 'request_failed' });
    expect(faults()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the minute of the log: what it has summed up is printed, and no other begins', async () => {
    const lines: string[] = [];
    const logger = { warn: (_event: object, line: string) => lines.push(line), error: () => undefined };
    const { issuer, server } = await create({ log: logger, onEvent: undefined, checkAtStart: false });
    const gate = server.createGate();
    void server.metadataEndpoint.answer(
      createHead({ method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' }),
    );
    const headers = { authorization: `Bearer ${await issuer.sign({ iss: 'https://other.example.com' })}` };
    for (let time = 0; time < 3; time++) await gate.authenticate(createHead({ headers }));
    expect(lines).toHaveLength(1);
    await server.close();
    expect(lines[1]).toContain('2 × untrusted_issuer on /mcp');
    await gate.authenticate(createHead({ headers }));
    expect(vi.getTimerCount()).toBe(0);
    await server.close();
  });

  test('requests go on with the keys that are there, and others are answered with 503', async () => {
    const { issuer, server } = await create({ checkAtStart: false });
    const gate = server.createGate();
    const headers = { authorization: `Bearer ${await issuer.sign()}` };
    expect(await gate.authenticate(createHead({ headers }))).toMatchObject({ kind: 'allow' });
    await server.close();
    expect(await gate.authenticate(createHead({ headers }))).toMatchObject({ kind: 'allow' });
    const fresh = await create({ checkAtStart: false });
    const closed = fresh.server.createGate();
    await fresh.server.close();
    const other = { authorization: `Bearer ${await fresh.issuer.sign()}` };
    expect(await closed.authenticate(createHead({ headers: other }))).toMatchObject({ status: 503 });
    expect(fresh.issuer.requests).toEqual([]);
  });
});

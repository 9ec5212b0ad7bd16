/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import { describe, expect, test, vi } from 'vitest';
import { explainUncalled, guardMethods } from '../../src/adapter/guard-methods.js';
import { MCPAuth } from '../../src/fetch.js';
import { MCPAuth as LegacyMCPAuth } from '../../src/legacy.js';
import { configError } from '../support/config-error.js';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const verify = () => ({ issuer, audience: resource, expiresAt: Date.now() / 1000 + 60 });
const create = () =>
  new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });
const handler = { fetch: () => new Response('in') };

const createLegacy = () => new LegacyMCPAuth({ server: { issuer }, onEvent: () => undefined });

/** The methods of the fetch entry and of its legacy mode, as somebody takes them off it. */
const methods: readonly (readonly [entry: string, name: string, () => object])[] = [
  ['the fetch entry', 'protect', create],
  ['the fetch entry', 'protectedResourceMetadataRouter', create],
  ['legacy mode', 'protect', createLegacy],
  ['legacy mode', 'delegatedRouter', createLegacy],
];
type Loose = (...given: unknown[]) => unknown;

describe.each(methods)('of %s: %s', (_entry, name, make) => {
  test.each<readonly [string, (method: Loose, mcpAuth: object) => unknown]>([
    ['handed over without a call', (method) => method(new Request(resource), {}, {})],
    ['as a server’s fetch', (method) => ({ fetch: method }).fetch(new Request(resource))],
    ['taken off its object', (method) => method(handler, verify, { resource })],
    ['called with a request in front', (method, m) => method.call(m, new Request(resource), 1, 2, 3)],
  ])('%s says what to write', (_title, use) => {
    const mcpAuth = make();
    const method = mcpAuth[name as keyof typeof mcpAuth] as Loose;
    const error = configError(() => use(method, mcpAuth));
    expect(error).toMatchObject({ code: 'invalid_option', path: name });
    expect(error.message).toContain(`mcpAuth.${name}(`);
  });
});

test('called as they are to be called, methods do what they did', async () => {
  const served = create().protect(handler, verify, { resource });
  expect((await served.fetch(new Request(resource))).status).toBe(401);
  const headers = { authorization: 'Bearer token' };
  expect((await served.fetch(new Request(resource, { headers }))).status).toBe(200);
  class Own extends MCPAuth {
    override protectedResourceMetadataRouter() {
      return super.protectedResourceMetadataRouter();
    }
  }
  const own = new Own({ protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } } });
  expect(own.protectedResourceMetadataRouter()(new Request('https://api.example.com/other'))).toBeUndefined();
});

test('a method that is spread, or asked for its routes, where its result was meant says what to write', () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
  const { protect } = create();
  expect(() => Object.assign({}, protect)).toThrow('mcpAuth.protect(');
  expect(() => (protect as unknown as { routes: unknown }).routes).toThrow('mcpAuth.protect(');
});

test('a callback gets the error, because a throw there can end the process', () => {
  class Guarded {
    mount(options: object): string {
      return `mounted with ${Object.keys(options).length}`;
    }
    static {
      guardMethods(Guarded, { mount: 'app.use(guarded.mount({}))' });
    }
  }
  const guarded = new Guarded();
  expect(guarded.mount({})).toBe('mounted with 0');
  const done = vi.fn();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
  const mount = guarded.mount as Loose;
  expect(mount({}, {}, done)).toBeUndefined();
  expect(done).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      code: 'invalid_option',
      message: expect.stringContaining('app.use(guarded.mount({}))'),
    }),
  );
  expect(explainUncalled(mount)).toMatchObject({ path: 'mount' });
  for (const other of [guarded, () => undefined, 'mount', undefined])
    expect(explainUncalled(other)).toBeUndefined();
});

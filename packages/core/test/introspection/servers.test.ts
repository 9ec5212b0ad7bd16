import { beforeAll, describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { createClock } from '../support/clock.js';
import { headWith } from '../support/head.js';
import { assembleJwt } from '../support/jwt.js';
import { allowed, lastCode, resource, statusOf } from '../support/protect.js';
import { combineFetch, TestIssuer } from '../support/test-issuer.js';
import { authentication, Endpoint, faultsOf, introspecting, opaque } from './support.js';

const clock = createClock();
let first: TestIssuer;
let second: TestIssuer;

beforeAll(async () => {
  first = await TestIssuer.create(clock, 'https://first.example.com');
  second = await TestIssuer.create(clock, 'https://second.example.com');
  for (const issuer of [first, second])
    issuer.metadata.introspection_endpoint = `${issuer.issuer}/introspect`;
});

type Selects = NonNullable<AuthServerConfig['introspection']>['selects'];

function setUp(options: {
  readonly mode?: 'introspection' | 'auto';
  readonly selects?: readonly [Selects, Selects];
  readonly servers?: (introspection: object) => readonly AuthServerConfig[];
}) {
  const endpoints = [new Endpoint(), new Endpoint()] as const;
  for (const [index, issuer] of [first, second].entries()) {
    const endpoint = endpoints[index]!;
    issuer.overrides.set('/introspect', endpoint.respond);
    endpoint.reply = ({ form }) =>
      Response.json({ active: true, ...issuer.claims({ sub: form.get('token')?.slice(0, 3) }) });
  }
  const [one, two] = options.selects ?? ['a_', 'b_'];
  const introspection = { clientAuthentication: authentication };
  const authorizationServers = options.servers?.(introspection) ?? [
    { issuer: first.issuer, type: 'oauth', introspection: { ...introspection, selects: one } },
    { issuer: second.issuer, type: 'oauth', introspection: { ...introspection, selects: two } },
  ];
  const events: MCPAuthEvent[] = [];
  const server = new ResourceServer({
    protectedResources: { metadata: { resource, authorizationServers } },
    fetch: combineFetch(first, second),
    now: clock.now,
    onEvent: (event) => events.push(event),
  });
  const gate = server.createGate(options.mode ?? 'introspection', { resource });
  const ask = async (token: string) => gate.authenticate(headWith(`Bearer ${token}`));
  const asked = () => endpoints.map(({ calls }) => calls.length);
  return { ask, asked, endpoints, events };
}

describe('[MCP-2026-07-28-RS-018] a token is sent to its own server and to no other', () => {
  test('by prefix', async () => {
    const { ask, asked } = setUp({});
    expect(allowed(await ask('a_1')).issuer).toBe(first.issuer);
    expect(asked()).toEqual([1, 0]);
    expect(allowed(await ask('b_1')).issuer).toBe(second.issuer);
    expect(asked()).toEqual([1, 1]);
  });

  test('one that no server selects goes nowhere', async () => {
    const { ask, asked, events } = setUp({});
    expect(statusOf(await ask('c_1'))).toBe(401);
    expect(lastCode(events)).toBe('untrusted_issuer');
    expect(asked()).toEqual([0, 0]);
  });

  test('one that two select goes to the first', async () => {
    const { ask, asked } = setUp({ selects: [(token) => token.length > 2, 'b_'] });
    await ask('b_1');
    expect(asked()).toEqual([1, 0]);
  });

  test('one that its own server does not know is not shown to the other', async () => {
    const { ask, asked, endpoints } = setUp({});
    endpoints[0].reply = { active: false };
    expect(statusOf(await ask('a_1'))).toBe(401);
    endpoints[0].reply = () => Response.json({}, { status: 500 });
    expect(statusOf(await ask('a_1'))).toBe(503);
    // Whether the endpoint fails or the token is at fault, a made-up one tells, to the same server
    expect(asked()).toEqual([3, 0]);
  });

  test('a predicate that throws selects nothing, and the operator learns of it', async () => {
    const { ask, asked, events } = setUp({
      selects: [
        () => {
          throw new Error('broken');
        },
        'b_',
      ],
    });
    expect(statusOf(await ask('a_1'))).toBe(401);
    expect(statusOf(await ask('b_1'))).toBe(200);
    expect(asked()).toEqual([0, 1]);
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1);
  });

  test.each<[string, () => unknown]>([
    ['a promise', () => Promise.resolve(false)],
    ['a promise that fails', () => Promise.reject(new Error('broken'))],
    ['a match', () => ['a_1']],
    ['a text', () => 'no'],
  ])('a predicate that returns %s selects nothing, and the operator learns of it', async (_what, selects) => {
    const { ask, asked, events } = setUp({ selects: [selects as () => boolean, 'b_'] });
    expect(statusOf(await ask('b_1'))).toBe(200);
    expect(statusOf(await ask('a_1'))).toBe(401);
    expect(asked()).toEqual([0, 1]);
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1);
  });

  test('an answer in the name of another server is refused', async () => {
    const { ask, endpoints } = setUp({});
    endpoints[0].reply = () => Response.json({ active: true, ...second.claims() });
    expect(statusOf(await ask('a_1'))).toBe(401);
  });

  test('a JWT goes to the server that its iss names, whatever selects says', async () => {
    const { ask, asked } = setUp({});
    expect(allowed(await ask(await second.sign())).issuer).toBe(second.issuer);
    expect(asked()).toEqual([0, 1]);
    expect(statusOf(await ask(assembleJwt({ alg: 'ES256' }, { iss: 'https://other.example.com' })))).toBe(
      401,
    );
    expect(asked()).toEqual([0, 1]);
  });

  test('with a single server a prefix spares it all other tokens', async () => {
    const { ask, endpoint } = await introspecting({ introspection: { selects: 'opaque-' } });
    expect(statusOf(await ask('garbage'))).toBe(401);
    expect(endpoint.calls).toEqual([]);
    expect(statusOf(await ask(opaque))).toBe(200);
  });
});

describe('auto', () => {
  test('verifies JWTs with keys and asks about the others', async () => {
    const { ask, endpoint, issuer } = await introspecting({ mode: 'auto' });
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(endpoint.calls).toEqual([]);
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(endpoint.calls).toHaveLength(1);
  });

  test('[RFC8725-3.9-01] a JWT that is refused is not given a second chance', async () => {
    const { ask, endpoint, issuer, clock: now } = await introspecting({ mode: 'auto' });
    endpoint.reply = () => Response.json({ active: true, ...issuer.claims() });
    const tokens = [
      await issuer.sign({ exp: now.seconds() - 60 }),
      await issuer.sign({ iss: 'https://other.example.com' }),
      assembleJwt({ alg: 'none' }, issuer.claims()),
      assembleJwt({ alg: 'ES256' }, issuer.claims()),
      assembleJwt({ alg: 'ES256' }, 'no claims'),
      'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d',
    ];
    for (const token of tokens) expect(statusOf(await ask(token))).toBe(401);
    expect(endpoint.calls).toEqual([]);
  });

  test.each(['a.b.c', 'v4.public.x', '...', 'a', 'eyJ', '....'])(
    'what only looks a little like a JWT is asked about: %s',
    async (token) => {
      const { ask, endpoint } = await introspecting({ mode: 'auto' });
      expect(statusOf(await ask(token))).toBe(401);
      expect(endpoint.calls).toHaveLength(1);
    },
  );

  test('[MCP-2026-07-28-RS-018] one server with keys, one that is asked: no token reaches the wrong one', async () => {
    const servers = (introspection: object): readonly AuthServerConfig[] => [
      { issuer: first.issuer, type: 'oauth' },
      {
        metadata: { issuer: second.issuer, introspectionEndpoint: `${second.issuer}/introspect` },
        introspection: introspection as NonNullable<AuthServerConfig['introspection']>,
      },
    ];
    const { ask, asked } = setUp({ mode: 'auto', servers });
    expect(allowed(await ask(await first.sign())).issuer).toBe(first.issuer);
    expect(asked()).toEqual([0, 0]);
    expect(allowed(await ask(opaque)).issuer).toBe(second.issuer);
    expect(asked()).toEqual([0, 1]);
    // A server without keys is asked about its JWTs too
    expect(allowed(await ask(await second.sign())).issuer).toBe(second.issuer);
    expect(asked()).toEqual([0, 2]);
  });

  test('[RFC9068-4-07] a server that publishes no keys has signed nothing: its JWTs are refused, not held against it', async () => {
    const { ask, issuer, events } = await introspecting({ mode: 'auto' });
    delete issuer.metadata.jwks_uri;
    expect(statusOf(await ask(await issuer.sign()))).toBe(401);
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(faultsOf(events)).toEqual([]);
  });

  test('a token that was verified before is remembered as on a route for JWTs', async () => {
    const { ask, issuer } = await introspecting({ mode: 'auto' });
    const token = await issuer.sign();
    for (let count = 0; count < 3; count++) expect(statusOf(await ask(token))).toBe(200);
    expect(issuer.keySetRequests).toBe(1);
  });
});

test('resources that share a configuration object share its calls', async () => {
  const endpoint = new Endpoint();
  first.overrides.set('/introspect', endpoint.respond);
  const other = 'https://api.example.com/other';
  endpoint.reply = () => Response.json({ active: true, ...first.claims({ aud: [resource, other] }) });
  const shared = { issuer: first.issuer, introspection: { clientAuthentication: authentication } } as const;
  const server = new ResourceServer({
    protectedResources: [resource, other].map((name) => ({
      metadata: { resource: name, authorizationServers: [shared] },
    })),
    fetch: first.fetch,
    now: clock.now,
  });
  const gates = [resource, other].map((name) => server.createGate('introspection', { resource: name }));
  const decisions = await Promise.all(
    gates.map(async (gate) => gate.authenticate(headWith(`Bearer ${opaque}`))),
  );
  expect(decisions.map(statusOf)).toEqual([200, 200]);
  expect(endpoint.calls).toHaveLength(1);
});

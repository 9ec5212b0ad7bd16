import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { configError } from '../support/config-error.js';
import { createKey, signBytes, signRaw, type SigningKey } from '../support/keys.js';
import { allowed, lastCode, protect, statusOf } from '../support/protect.js';
import {
  authentication,
  faultsOf,
  introspecting,
  opaque,
  type Introspecting,
  type Setup,
} from './support.js';

const type = 'application/token-introspection+jwt';

interface Changes {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: SigningKey;
}

function envelope({ good, clock }: Introspecting, changes: Changes = {}) {
  return {
    iss: 'https://as.example.com',
    aud: 'resource server',
    iat: clock.seconds(),
    token_introspection: good(),
    ...changes.claims,
  };
}

function sign(all: Introspecting, changes: Changes = {}): Promise<string> {
  const header = { typ: 'token-introspection+jwt', ...changes.header };
  return signRaw(changes.key ?? all.issuer.key, envelope(all, changes), header);
}

const reply = (text: string, contentType = type) =>
  new Response(text, { headers: { 'content-type': contentType } });

async function demanding(setup: Setup = {}) {
  return introspecting({ ...setup, introspection: { signedResponse: true, ...setup.introspection } });
}

async function judge(changes: Changes, setup: Setup = {}) {
  const all = await demanding(setup);
  const text = await sign(all, changes);
  all.endpoint.reply = () => reply(text);
  const decision = await all.ask(opaque);
  return { ...all, text, decision, status: statusOf(decision), faults: faultsOf(all.events) };
}

test('[RFC9701-4-01] the signed form is asked for, and nothing else', async () => {
  const { endpoint } = await judge({});
  expect(endpoint.calls[0]?.init.headers.accept).toBe(type);
});

test('the plain form is asked for where no signature is demanded', async () => {
  const { ask, endpoint } = await introspecting();
  await ask(opaque);
  expect(endpoint.calls[0]?.init.headers.accept).toBe('application/json');
});

test('[RFC9701-5-01] where signatures are demanded and no key can ever be had, the route is refused when it is made', () => {
  const issuer = 'https://as.example.com';
  const introspection = {
    clientAuthentication: authentication,
    endpoint: `${issuer}/introspect`,
    signedResponse: true,
  };
  const create = (metadata: object) =>
    new ResourceServer({
      protectedResources: {
        metadata: {
          resource: 'https://api.example.com/mcp',
          authorizationServers: [{ metadata: { issuer, ...metadata }, introspection }],
        },
      },
    });
  const resource = 'https://api.example.com/mcp';
  for (const mode of ['introspection', 'auto'] as const) {
    const problem = configError(() => create({}).createGate(mode, { resource }));
    expect(problem).toMatchObject({
      code: 'missing_key_source',
      path: 'protectedResources.metadata.authorizationServers[0]',
    });
    expect(problem.message).toContain('signedResponse');
    expect(() => create({ jwksUri: `${issuer}/jwks` }).createGate(mode, { resource })).not.toThrow();
  }
});

describe('[RFC9701-5-01] an answer that proves too little is a fault of the server', () => {
  const past = Date.UTC(2026, 0, 1) / 1000 - 301;
  test.each<[string, Changes]>([
    ['no typ', { header: { typ: undefined } }],
    ['typ JWT', { header: { typ: 'JWT' } }],
    ['typ of an access token', { header: { typ: 'at+jwt' } }],
    ['the issuer of another', { claims: { iss: 'https://other.example.com' } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['the audience of another client', { claims: { aud: 'other' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['an audience list without it', { claims: { aud: ['other', 'resource'] } }],
    ['no iat', { claims: { iat: undefined } }],
    ['an iat that is no number', { claims: { iat: 'now' } }],
    ['an old iat', { claims: { iat: past } }],
    ['an iat to come', { claims: { iat: past + 301 + 61 } }],
    ['an exp that has passed', { claims: { exp: past } }],
    ['a verdict that is no object', { claims: { token_introspection: true } }],
    ['a verdict beside its place', { claims: { token_introspection: undefined, active: true } }],
    ['a list as verdict', { claims: { token_introspection: [{ active: true }] } }],
    ['an unknown key', { header: { kid: 'other' } }],
  ])('%s', async (_what, changes) => {
    const { status, faults } = await judge(changes);
    expect(status).toBe(503);
    expect(faults).toEqual(['invalid_introspection_response']);
  });

  test('a signature by a key that is not the issuer’s', async () => {
    const stranger = await createKey();
    const { issuer } = await demanding();
    const { status, faults } = await judge({ key: stranger, header: { kid: issuer.key.kid } }, { issuer });
    expect([status, faults]).toEqual([503, ['invalid_introspection_response']]);
  });

  test.each(['none', 'HS256'])('a signature that is none: %s', async (alg) => {
    const all = await demanding();
    const header = { alg, typ: 'token-introspection+jwt', kid: all.issuer.key.kid };
    const text = await signBytes(all.issuer.key, header, envelope(all));
    all.endpoint.reply = () => reply(text);
    expect(statusOf(await all.ask(opaque))).toBe(503);
    expect(faultsOf(all.events)).toEqual(['invalid_introspection_response']);
  });

  test('a header extension that nobody understands', async () => {
    const all = await demanding();
    const header = {
      alg: 'ES256',
      typ: 'token-introspection+jwt',
      kid: all.issuer.key.kid,
      crit: ['x'],
      x: 1,
    };
    const text = await signBytes(all.issuer.key, header, envelope(all));
    all.endpoint.reply = () => reply(text);
    expect(statusOf(await all.ask(opaque))).toBe(503);
  });

  test.each([
    ['plain JSON', () => Response.json({ active: true })],
    ['plain JSON under the signed type', () => reply('{"active":true}')],
    ['a JWT under another type', () => reply('a.b.c', 'application/jwt')],
    ['an encrypted JWT', () => reply('eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d')],
    ['nothing', () => reply('')],
  ])('%s after a signature was demanded', async (_what, answer) => {
    const all = await demanding();
    all.endpoint.reply = answer;
    expect(statusOf(await all.ask(opaque))).toBe(503);
    expect(statusOf(await all.ask(opaque))).toBe(503);
  });

  test('keys out of reach: nobody can tell', async () => {
    const all = await demanding();
    const text = await sign(all);
    all.endpoint.reply = () => reply(text);
    all.issuer.overrides.set('/jwks', () => new Response('no', { status: 500 }));
    expect(statusOf(await all.ask(opaque))).toBe(503);
  });
});

describe('a signed answer', () => {
  test('[RFC9701-5-01] is judged by what token_introspection says, and nothing beside it', async () => {
    const { decision } = await judge({ claims: { sub: 'somebody else', scope: 'admin' } });
    expect(allowed(decision)).toMatchObject({ subject: 'user-1', scopes: ['read', 'write'] });
  });

  test('[RFC7662-2.2-01] can say that a token is not active', async () => {
    const { status, events } = await judge({ claims: { token_introspection: { active: false } } });
    expect([status, lastCode(events)]).toEqual([401, 'inactive_token']);
  });

  test('may name its type in full, and several audiences', async () => {
    const header = { typ: 'application/Token-Introspection+JWT' };
    expect((await judge({ header, claims: { aud: ['other', 'resource server'] } })).status).toBe(200);
  });

  test('may be addressed to something other than the client', async () => {
    const setup = { introspection: { signedResponse: { audience: 'https://api.example.com/mcp' } } };
    expect((await judge({ claims: { aud: 'https://api.example.com/mcp' } }, setup)).status).toBe(200);
    expect((await judge({}, setup)).status).toBe(503);
  });

  test('[RFC9701-8.1-01] opens nothing as an access token', async () => {
    const { text, ask, issuer, clock } = await judge({
      claims: { aud: 'https://api.example.com/mcp', exp: Date.UTC(2026, 0, 1) / 1000 + 300 },
    });
    expect(statusOf(await (await protect({ issuer, clock })).ask(text))).toBe(401);
    const auto = await introspecting({ mode: 'auto', issuer, clock });
    expect(statusOf(await auto.ask(text))).toBe(401);
    expect(statusOf(await ask(text))).not.toBe(200);
  });
});

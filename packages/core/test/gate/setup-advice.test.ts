import { describe, expect, test } from 'vitest';
import type { HeadOptions } from '../support/head.js';
import { createHead } from '../support/head.js';
import { protect, type ProtectOptions, resource } from '../support/protect.js';

const document = '/.well-known/oauth-protected-resource/mcp';

async function open(options: ProtectOptions & { readonly router?: boolean } = {}) {
  const { router = true, ...others } = options;
  const { askWith, events, server, ask, issuer, clock } = await protect(others);
  if (router) expect(server.metadataEndpoint.paths).toContain(document);
  const advice = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  const challenge = async (times: number, head: HeadOptions = {}) => {
    for (let time = 0; time < times; time++) await askWith({ method: 'POST', ...head });
  };
  const read = () => server.metadataEndpoint.answer(createHead({ method: 'GET', target: document }));
  return { advice, challenge, read, askWith, ask, issuer, clock };
}

const ownHost = { host: 'api.example.com' };

describe('challenges that lead nowhere are told once, with the third', () => {
  test('where the metadata router was never made', async () => {
    const { advice, challenge } = await open({ router: false });
    await challenge(2, ownHost);
    expect(advice()).toEqual([]);
    await challenge(20, ownHost);
    expect(advice()).toEqual([expect.stringContaining('protectedResourceMetadataRouter() was never called')]);
  });

  test('where nobody has read the document', async () => {
    const { advice, challenge } = await open();
    await challenge(20, ownHost);
    expect(advice()).toEqual([expect.stringContaining('and nobody has asked for it here. If it')]);
  });

  test('with the host that requests come for, where that is another one', async () => {
    const { advice, challenge } = await open();
    await challenge(3, { host: 'localhost:3001' });
    expect(advice()).toEqual([expect.stringContaining('They came for the host "localhost:3001"')]);
  });

  test('where the document is read, and the host is another one', async () => {
    const { advice, challenge, read } = await open();
    await read();
    await challenge(3, { host: 'localhost:3001' });
    expect(advice()).toEqual([
      expect.stringContaining(`Requests come for the host "localhost:3001", and the resource is ${resource}`),
    ]);
  });

  test.each<[what: string, head: HeadOptions]>([
    ['the host of the resource', ownHost],
    ['a proxy in front that says so', { host: '10.0.0.1:3000', headers: { 'x-forwarded-for': '192.0.2.1' } }],
    [
      'one that says which host it got',
      { host: '10.0.0.1', headers: { 'x-forwarded-host': 'api.example.com' } },
    ],
    ['no POST', { ...ownHost, method: 'GET' }],
  ])('nothing where the document is read and there is %s', async (_what, head) => {
    const { advice, challenge, read } = await open();
    await read();
    await challenge(10, head);
    expect(advice()).toEqual([]);
  });

  test('a host breaks no line', async () => {
    const { advice, challenge } = await open();
    await challenge(3, { host: `evil\r\n[mcp-auth] ${'x'.repeat(500)}` });
    expect(advice()[0]).not.toMatch(/[\r\n]|x{200}/);
  });
});

describe('a preflight is told once', () => {
  const preflight = (origin: string): HeadOptions => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

  test('with the line that answers it', async () => {
    const { advice, askWith } = await open();
    await askWith(preflight('https://app.example.com'));
    await askWith(preflight('https://other.example.com'));
    expect(advice()).toEqual([expect.stringContaining('cors: { origins: ["https://app.example.com"] }')]);
  });

  test('an origin that is none is not repeated', async () => {
    const { advice, askWith } = await open();
    await askWith(preflight('https://a"] } }\u001b[31m'));
    expect(advice()[0]).toContain('origins: [the origin of the page]');
  });

  test('OPTIONS without its headers is no preflight', async () => {
    const { advice, askWith } = await open();
    await askWith({ method: 'OPTIONS' });
    expect(advice()).toEqual([]);
  });
});

describe('tokens that are denied for an everyday reason, and nothing else, are told once', () => {
  test('three in a row', async () => {
    const { advice, ask, issuer, clock } = await open();
    const expired = await issuer.sign({ exp: clock.seconds() - 90 });
    for (let time = 0; time < 9; time++) await ask(expired);
    expect(advice()).toEqual([expect.stringContaining('none was good since: The access token expired')]);
  });

  test('nothing where one is good in between', async () => {
    const { advice, ask, issuer, clock } = await open();
    const expired = await issuer.sign({ exp: clock.seconds() - 90 });
    const good = await issuer.sign();
    for (let time = 0; time < 9; time++) await ask(time % 3 === 2 ? good : expired);
    expect(advice()).toEqual([]);
  });

  test('scopes that are nowhere in the token, with the option that finds them', async () => {
    const { advice, ask, issuer } = await open({ options: { requiredScopes: ['read'] } });
    for (let time = 0; time < 3; time++)
      await ask(await issuer.sign({ scope: undefined, permissions: ['read'] }));
    expect(advice()).toEqual([expect.stringMatching(/needs "read", the token grants no scope.*scopeClaims/)]);
  });
});

describe('the provider of a token that is refused for its audience, where no policy covers it', () => {
  test.each([
    ['https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a', { aud: undefined }, 'cognito({ … })'],
    ['https://abc.supabase.co/auth/v1', { aud: 'authenticated' }, 'supabase({ … })'],
    ['https://sso.example.com/realms/main', { aud: 'account' }, 'keycloak({ … })'],
  ])('%s', async (name, claims, policy) => {
    const { TestIssuer } = await import('../support/test-issuer.js');
    const { createClock } = await import('../support/clock.js');
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, name);
    const { ask, events } = await protect({ clock, issuer });
    await ask(await issuer.sign(claims));
    expect(events).toMatchObject([{ type: 'decision', hint: expect.stringContaining(policy) }]);
  });
});

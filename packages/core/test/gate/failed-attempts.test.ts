import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { MCPAuthTokenVerificationError } from '../../src/errors/token-error.js';
import type { LimitOptions } from '../../src/index.js';
import type { VerifyAccessToken } from '../../src/verifier/token-info.js';
import { createHead } from '../support/head.js';
import { createKey } from '../support/keys.js';
import {
  fieldsOf,
  lastCode,
  protect,
  refused,
  retryAfterOf,
  statusOf,
  type ProtectOptions,
} from '../support/protect.js';

async function limited(given: ProtectOptions = {}, limits: Partial<LimitOptions> = {}) {
  const world = await protect({
    ...given,
    config: { limits: { failedAttempts: { max: 3, windowSeconds: 60 }, ...limits }, ...given.config },
  });
  const send = async (token: string | undefined, peer: string | null = '192.0.2.1') =>
    world.gate.authenticate(
      createHead({ peer, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }),
    );
  const statuses = async (tokens: readonly (string | undefined)[], peer?: string | null) => {
    const found: number[] = [];
    for (const token of tokens) found.push(statusOf(await send(token, peer)));
    return found;
  };
  const events = (type: string) => world.events.filter((event) => event.type === type);
  return { ...world, send, statuses, eventsOf: events };
}

const bad = ['x.1', 'x.2', 'x.3'] as const;

describe('over the limit', () => {
  test('no token that nobody has seen is looked at: no key is fetched, and none is used', async () => {
    const { statuses, send, issuer, events } = await limited();
    expect(await statuses(bad)).toEqual([401, 401, 401]);
    const decision = refused(await send(await issuer.sign()));
    expect([decision.status, lastCode(events), issuer.requests]).toEqual([429, 'too_many_attempts', []]);
    expect(JSON.parse(decision.body ?? '')).toEqual({
      error: 'too_many_attempts',
      error_description: 'Too many attempts with bad credentials came from here. Try again later.',
    });
    expect(fieldsOf(decision, 'cache-control')).toEqual(['no-store']);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
  });

  test('the answer says when the window ends, and what comes meanwhile does not make it longer', async () => {
    const { statuses, send, clock, issuer } = await limited();
    await statuses(bad);
    clock.advance(20);
    expect(retryAfterOf(await send('x'))).toBe(40);
    clock.advance(39.5);
    expect(retryAfterOf(await send('x'))).toBe(1);
    clock.advance(0.5);
    expect(statusOf(await send(await issuer.sign()))).toBe(200);
  });

  test('another peer is not concerned', async () => {
    const { statuses, send, issuer } = await limited();
    await statuses(bad);
    expect(statusOf(await send(await issuer.sign(), '192.0.2.2'))).toBe(200);
  });

  test('the addresses of one /64 are one peer, and so is an address that IPv6 has mapped', async () => {
    const { statuses } = await limited();
    for (const peer of ['2001:db8::1', '2001:db8::2', '2001:db8::ffff:3']) await statuses(['x'], peer);
    expect(await statuses(['x'], '2001:db8:0:0:9::')).toEqual([429]);
    expect(await statuses(['x'], '2001:db8:0:1::')).toEqual([401]);
    await statuses(bad, '::ffff:192.0.2.7');
    expect(await statuses(['x'], '192.0.2.7')).toEqual([429]);
  });

  test.each([
    ['the cache', {}],
    ['no cache', { config: { cache: false } }],
  ] as const)('a token that was good before passes, with %s', async (_name, given) => {
    const { statuses, issuer } = await limited(given);
    const known = await issuer.sign();
    expect(await statuses([known, ...bad, known, await issuer.sign({ jti: '2' })])).toEqual([
      200, 401, 401, 401, 200, 429,
    ]);
  });

  test('an expired token is told so, whether it was good before or not', async () => {
    const { statuses, send, issuer, clock, events } = await limited();
    const known = await issuer.sign({ exp: clock.seconds() + 30 });
    await statuses([known]);
    clock.advance(600);
    const never = await issuer.sign({ exp: clock.seconds() - 600 });
    await statuses(bad);
    for (const token of [known, never, known, never]) {
      const decision = refused(await send(token));
      expect([decision.status, lastCode(events)]).toEqual([401, 'token_expired']);
      expect(decision.body).toContain('The access token expired');
    }
  });

  test('to say “expired” of a token opens nothing, and is only said for a trusted issuer', async () => {
    const { statuses, issuer, clock } = await limited();
    await statuses(bad);
    const stranger = await createKey();
    const forged = await issuer.sign({ exp: clock.seconds() - 600 }, {}, stranger);
    const foreign = await issuer.sign({ iss: 'https://evil.example', exp: clock.seconds() - 600 });
    expect(await statuses([forged, foreign, `${forged}.x`, 'e30.e30.e30', 'x'.repeat(20_000)])).toEqual([
      401, 429, 429, 429, 429,
    ]);
  });

  test('a request without credentials is told 401, and one with an empty header or another scheme too', async () => {
    const { statuses, askWith } = await limited();
    await statuses(bad);
    expect(await statuses([undefined, ''])).toEqual([401, 401]);
    const basic = await askWith({ peer: '192.0.2.1', headers: { authorization: 'Basic eDp5' } });
    expect(statusOf(basic)).toBe(401);
  });
});

describe('what counts', () => {
  test('not: no credentials, expired tokens, too little scope, outages of ours', async () => {
    const { statuses, issuer, clock } = await limited({ options: { requiredScopes: ['admin'] } });
    const good = await issuer.sign({ scope: 'admin' });
    const expired = await issuer.sign({ exp: clock.seconds() - 600 });
    const poor = await issuer.sign({ scope: '' });
    issuer.down = true;
    expect(await statuses([good, good, good, good])).toEqual([503, 503, 503, 503]);
    issuer.down = false;
    clock.advance(31);
    for (const token of [undefined, expired, poor]) await statuses([token, token, token, token]);
    expect(await statuses([good])).toEqual([200]);
  });

  test('a forged signature, a foreign issuer, another audience, no JWT at all, a broken header', async () => {
    const { issuer, send, askWith, clock } = await limited({
      config: { limits: { failedAttempts: { max: 1 } } },
    });
    const stranger = await createKey({ kid: issuer.key.kid ?? '' });
    const tokens = [
      await issuer.sign({}, {}, stranger),
      await issuer.sign({ iss: 'https://evil.example' }),
      await issuer.sign({ aud: 'https://other.example.com' }),
      await issuer.sign({ nbf: clock.seconds() + 600 }),
      'opaque',
    ];
    for (const [index, token] of tokens.entries()) {
      const peer = `198.51.100.${index}`;
      expect([statusOf(await send(token, peer)), statusOf(await send(token, peer))]).toEqual([401, 429]);
    }
    const broken = { peer: '198.51.100.99', headers: { authorization: 'Bearer a b' } };
    expect([statusOf(await askWith(broken)), statusOf(await askWith(broken))]).toEqual([400, 429]);
    const twice = {
      peer: '198.51.100.98',
      headers: { authorization: 'Bearer a' },
      rawHeaders: ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'],
    };
    expect([statusOf(await askWith(twice)), statusOf(await askWith(twice))]).toEqual([400, 429]);
  });

  test('what was being verified when the limit was reached is counted too', async () => {
    const { issuer, send } = await limited();
    const stranger = await createKey({ kid: issuer.key.kid ?? '' });
    const tokens = await Promise.all(
      [1, 2, 3, 4, 5].map((jti) => issuer.sign({ jti: `${jti}` }, {}, stranger)),
    );
    const decisions = await Promise.all(tokens.map((token) => send(token)));
    expect(decisions.map(statusOf).sort()).toEqual([401, 401, 401, 429, 429]);
  });
});

describe('genuine tokens that are refused', () => {
  const elsewhere = { aud: 'https://other.example.com', client_id: 'shared' };

  test('count to their client, from wherever they come', async () => {
    const { issuer, send, eventsOf } = await limited();
    const token = await issuer.sign(elsewhere);
    const statuses: number[] = [];
    for (const peer of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) {
      statuses.push(statusOf(await send(token, peer)));
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect(eventsOf('limit')).toMatchObject([{ issuer: issuer.issuer, clientId: 'shared', failures: 3 }]);
  });

  test('never lock out others with the same client: a public client is shared by all', async () => {
    const { issuer, send } = await limited();
    const token = await issuer.sign(elsewhere);
    for (let index = 0; index < 9; index++) await send(token, `192.0.2.${index}`);
    const good = await issuer.sign({ client_id: 'shared', jti: 'good' });
    expect(statusOf(await send(good, '203.0.113.1'))).toBe(200);
  });

  test('those that a policy refuses do as well', async () => {
    const { issuer, send, eventsOf } = await limited({
      servers: ({ issuer: name }) => [
        {
          issuer: name,
          type: 'oauth',
          policy: { name: 'p', check: ({ tier }) => (tier === 1 ? undefined : 'tier') },
        },
      ],
    });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) {
      const token = await issuer.sign({ client_id: 'shared', jti: `${index}` });
      statuses.push(statusOf(await send(token, `192.0.2.${index}`)));
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect(eventsOf('limit')).toMatchObject([{ clientId: 'shared' }]);
    expect(statusOf(await send(await issuer.sign({ client_id: 'shared', tier: 1 }), '203.0.113.1'))).toBe(
      200,
    );
  });

  test('a client id of any length takes bounded memory, and a bounded place in an event', async () => {
    const { issuer, send, eventsOf } = await limited();
    const token = await issuer.sign({ ...elsewhere, client_id: 'c'.repeat(5000) });
    for (let index = 0; index < 3; index++) await send(token, `192.0.2.${index}`);
    expect(eventsOf('limit')).toMatchObject([{ clientId: 'c'.repeat(500) }]);
  });
});

describe('tokens that only their issuer or the owner can read', () => {
  const verify: VerifyAccessToken = (token) => {
    if (token === 'expired') throw new MCPAuthTokenVerificationError('token_expired');
    if (!token.startsWith('good')) throw new MCPAuthTokenVerificationError('inactive_token');
    return {
      issuer: 'https://as.example.com',
      clientId: 'c',
      audience: 'https://api.example.com/mcp',
      expiresAt: 2 ** 31,
    };
  };

  test('pass over the limit where they were good before', async () => {
    const { statuses } = await limited({ mode: verify });
    expect(await statuses(['good-1', 'bad-1', 'bad-2', 'bad-3', 'good-1', 'good-2'])).toEqual([
      200, 401, 401, 401, 200, 429,
    ]);
  });

  test('one that was good and is not any more is verified once, and then like any other', async () => {
    let asked = 0;
    let revoked = false;
    const { statuses } = await limited({
      mode: (token) => {
        asked += 1;
        return verify(revoked ? 'expired' : token);
      },
    });
    await statuses(['good-1', 'bad-1', 'bad-2', 'bad-3']);
    revoked = true;
    asked = 0;
    expect(await statuses(['good-1', 'good-1', 'good-1'])).toEqual([401, 429, 429]);
    expect(asked).toBe(1);
  });

  test('where JWTs are taken as well, an expired one is told so', async () => {
    const { statuses, issuer, clock } = await limited({
      mode: 'auto',
      servers: ({ issuer: name }) => [
        {
          issuer: name,
          type: 'oauth',
          introspection: {
            endpoint: `${name}/introspect`,
            clientAuthentication: { method: 'bearer', token: 'secret' },
          },
        },
      ],
    });
    const foreign = await issuer.sign({ iss: 'https://evil.example' });
    const expired = await issuer.sign({ exp: clock.seconds() - 600 });
    expect(await statuses([foreign, foreign, foreign, foreign, expired])).toEqual([401, 401, 401, 429, 401]);
  });
});

describe('who it is', () => {
  test('where nobody knows, no unknown token is judged: an error of the server that says what to write', async () => {
    const { ask, issuer } = await limited();
    const answer = ask(await issuer.sign());
    await expect(answer).rejects.toThrow(MCPAuthConfigError);
    await expect(answer).rejects.toThrow(/this platform does not tell/);
    expect(statusOf(await ask())).toBe(401);
    expect(issuer.requests).toEqual([]);
  });

  test('whose connection has gone before anything was verified, for them nothing is', async () => {
    const { statuses, issuer } = await limited();
    expect(await statuses([await issuer.sign(), 'x'], null)).toEqual([429, 429]);
    expect(issuer.requests).toEqual([]);
  });

  test('whose connection goes meanwhile, their failure counts all the same', async () => {
    const { gate, issuer, statuses } = await limited();
    const stranger = await createKey({ kid: issuer.key.kid ?? '' });
    for (let index = 0; index < 3; index++) {
      const head = {
        ...createHead({ headers: { authorization: `Bearer ${await issuer.sign({}, {}, stranger)}` } }),
        peer: '192.0.2.1' as string | null,
      };
      const decision = gate.authenticate(head);
      head.peer = null;
      await decision;
    }
    expect(await statuses(['x'])).toEqual([429]);
  });

  test('without limits nobody asks', async () => {
    const { gate, issuer } = await protect();
    const head = {
      ...createHead({ headers: { authorization: `Bearer ${await issuer.sign()}` } }),
      get peer(): string {
        throw new Error('asked');
      },
    };
    expect(statusOf(await gate.authenticate(head))).toBe(200);
  });
});

describe('the owner', () => {
  test('hears once in each window, and of every refusal as ever', async () => {
    const { statuses, eventsOf, clock } = await limited();
    await statuses([...bad, 'x', 'y']);
    const event = {
      type: 'limit',
      resource: 'https://api.example.com/mcp',
      peer: '192.0.2.1',
      failures: 3,
      windowSeconds: 60,
    };
    expect(eventsOf('limit')).toMatchObject([event]);
    expect(eventsOf('decision')).toHaveLength(5);
    clock.advance(60);
    await statuses(bad);
    expect(eventsOf('limit')).toMatchObject([event, event]);
  });

  test('is told when the table is too small, once', async () => {
    const { statuses, eventsOf } = await limited({}, { failedAttempts: { max: 3, maxEntries: 100 } });
    for (let index = 0; index < 250; index++) await statuses(['x'], `10.0.${index}.1`);
    expect(eventsOf('warning')).toMatchObject([
      { message: expect.stringContaining('more than 100 peers') as string },
    ]);
  });

  test('is told that verifier() counts nothing', async () => {
    const { server, eventsOf } = await limited();
    server.verifier('https://api.example.com/mcp');
    expect(eventsOf('warning')).toMatchObject([{ message: expect.stringContaining('verifier()') as string }]);
  });
});

test('all routes of one MCPAuth count together', async () => {
  const { server, statuses } = await limited();
  await statuses(bad);
  const other = server.createGate('jwt', { resource: 'https://api.example.com/mcp', requiredScopes: ['a'] });
  const head = createHead({ peer: '192.0.2.1', headers: { authorization: 'Bearer x' } });
  expect(statusOf(await other.authenticate(head))).toBe(429);
});

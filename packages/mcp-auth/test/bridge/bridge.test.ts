import { createLocalJWKSet } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../../src/index.js';
import { resource, World } from '../support/world.js';

describe('[contract row 15] a verifier of your own', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start(ours);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await world.close();
  });

  const expiresAt = Math.floor(Date.now() / 1000) + 300;

  test('answers for each request apart, also when they come at the same moment', async () => {
    const verify = async (token: string) => {
      // The first to come is the last to be answered
      await new Promise((resolve) => setTimeout(resolve, token === '0' ? 30 : 1));
      const { issuer } = world.issuer;
      return { token, issuer, clientId: token, scopes: [], audience: resource, expiresAt, extra: { token } };
    };
    const app = await world.guard(world.protect().bearerAuth(verify, { resource }));
    const seen = await Promise.all(Array.from({ length: 10 }, (_, index) => app.json(String(index))));
    expect(seen.map(({ clientId, extra }) => [clientId, extra])).toEqual(
      seen.map((_, index) => [String(index), { token: String(index) }]),
    );
  });

  test('cannot be talked into an issuer that your function refuses, whatever the token says', async () => {
    const middleware = ours.handleBearerAuth({
      verifyAccessToken: (token) => ({
        token,
        issuer: token === 'good' ? 'https://auth.example.com' : 'https://issuer.invalid',
        clientId: 'c',
        scopes: [],
        audience: resource,
        expiresAt,
      }),
      issuer: (issuer) => {
        if (issuer !== 'https://auth.example.com') throw new ours.MCPAuthBearerAuthError('invalid_issuer');
      },
      audience: resource,
    });
    const app = await world.guard(middleware);
    expect([await app.status('good'), await app.status('stand-in')]).toEqual([200, 401]);
  });

  test.each(['https://issuer.invalid', 'https://other.example.com', '', null, ['https://auth.example.com']])(
    'is not believed where its claims name another issuer: %j',
    async (iss) => {
      for (const issuer of ['https://auth.example.com', () => undefined]) {
        const verifyAccessToken = (token: string) => ({
          token,
          issuer: 'https://auth.example.com',
          clientId: 'c',
          scopes: [],
          audience: resource,
          expiresAt,
          claims: { iss },
        });
        const app = await world.guard(
          ours.handleBearerAuth({ verifyAccessToken, issuer, audience: resource }),
        );
        expect(await app.status('opaque')).toBe(401);
      }
    },
  );

  test('has its claims as it gave them, frozen, and keeps its own copy as it was', async () => {
    const claims = { iss: 'https://auth.example.com', exp: expiresAt, email: 'u@example.com' };
    const verifyAccessToken = (token: string) => ({
      token,
      issuer: claims.iss,
      clientId: 'c',
      scopes: [],
      audience: resource,
      expiresAt,
      claims,
    });
    let found: unknown;
    const app = await world.serve((server) => {
      const middleware = ours.handleBearerAuth({ verifyAccessToken, issuer: claims.iss, audience: resource });
      server.get('/notes', middleware, (request, response) => {
        found = request.auth?.claims;
        response.end();
      });
    });
    await app.call('opaque');
    expect(found).toEqual(claims);
    expect([Object.isFrozen(found), Object.isFrozen(claims), claims.iss]).toEqual([
      true,
      false,
      'https://auth.example.com',
    ]);
  });

  test('may report any issuer that one authorization server signs as', async () => {
    const [first, second, third] = ['a', 'b', 'c'].map((name) => `https://sts.example.com/${name}`);
    const servers = [{ ...world.server, tokenIssuers: [first!, second!] }];
    const verify = ours.createVerifyJwt(createLocalJWKSet(world.issuer.keySet));
    const app = await world.guard(world.protect(resource, servers).bearerAuth(verify, { resource }));
    const statuses = [first, second, third, world.issuer.issuer].map(async (iss) =>
      app.status(await world.issuer.sign({ aud: resource, iss })),
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 401, 401]);
  });

  test('around createVerifyJwt keeps its clock, as long as it hands on its claims', async () => {
    const verify = ours.createVerifyJwt(createLocalJWKSet(world.issuer.keySet), { clockTolerance: 60 });
    const token = await world.issuer.sign({ aud: resource, exp: Math.floor(Date.now() / 1000) - 30 });
    const wrap = (claims: (own: object) => Record<string, unknown>) =>
      world.protect().bearerAuth(
        async (text) => {
          const answer = await verify(text);
          return { ...answer, claims: claims(answer.claims ?? {}), extra: { tenant: 7 } };
        },
        { resource },
      );
    const [same, copied] = [
      await world.guard(wrap((own) => own as never)),
      await world.guard(wrap((own) => ({ ...own }))),
    ];
    expect([await same.status(token), await copied.status(token)]).toEqual([200, 401]);
  });

  test('waits for a judgement of the issuer that is asynchronous', async () => {
    // The type of the option says `void`, which TypeScript lets a promise pass for
    const judge: (issuer: string) => unknown = async (issuer) => {
      await Promise.resolve();
      if (issuer === 'https://good.example.com') return;
      throw new ours.MCPAuthBearerAuthError('invalid_issuer');
    };
    const middleware = ours.handleBearerAuth({
      verifyAccessToken: (token) => ({
        token,
        issuer: `https://${token}.example.com`,
        clientId: 'c',
        scopes: [],
        audience: resource,
        expiresAt,
      }),
      issuer: judge,
      audience: resource,
    });
    const app = await world.guard(middleware);
    expect([await app.status('good'), await app.status('bad')]).toEqual([200, 401]);
  });

  test('that knows nobody lets nobody in, however the issuer is judged', async () => {
    for (const issuer of ['https://auth.example.com', () => undefined]) {
      const verifyAccessToken = () => undefined as never;
      const app = await world.guard(ours.handleBearerAuth({ verifyAccessToken, issuer, audience: resource }));
      expect(await app.status('opaque')).toBe(401);
    }
  });

  test('may refuse with an error of another kind, which is a fault and no refusal', async () => {
    const verify = () => Promise.reject(new Error('a fault'));
    const app = await world.guard(world.protect().bearerAuth(verify, { resource }));
    expect(await app.call('opaque')).toEqual({ status: 500 });
  });
});

describe('[contract row 15] jwtVerify.issuer', () => {
  test('narrows the issuers that one authorization server signs as', async () => {
    const world = await World.start(ours);
    const [first, second] = ['https://sts.example.com/a', 'https://sts.example.com/b'];
    const mcpAuth = world.protect(resource, [{ ...world.server, tokenIssuers: [first, second] }]);
    const app = await world.guard(mcpAuth.bearerAuth('jwt', { resource, jwtVerify: { issuer: second } }));
    const statuses = [first, second].map(async (iss) =>
      app.status(await world.issuer.sign({ aud: resource, iss })),
    );
    expect(await Promise.all(statuses)).toEqual([401, 200]);
    await world.close();
  });

  test('narrows legacy mode as well', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const world = await World.start(ours);
    const server = { ...world.server, tokenIssuers: [world.issuer.issuer, 'https://sts.example.com'] };
    const mcpAuth = new ours.MCPAuth({ server });
    const route = { audience: resource, jwtVerify: { issuer: world.issuer.issuer } };
    const app = await world.guard(mcpAuth.bearerAuth('jwt', route));
    const tokens = [{}, { iss: 'https://sts.example.com' }].map((claims) =>
      world.issuer.sign({ aud: resource, ...claims }),
    );
    expect(await Promise.all(tokens.map(async (token) => app.status(await token)))).toEqual([200, 401]);
    expect(() => mcpAuth.bearerAuth('jwt', { ...route, jwtVerify: { issuer: 'https://x.example' } })).toThrow(
      ours.MCPAuthAuthServerError,
    );
    warn.mockRestore();
    await world.close();
  });
});

test('[contract row 15] handleBearerAuth without a resource warns of nothing', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  ours.handleBearerAuth({
    verifyAccessToken: () => Promise.reject(new Error('never asked')),
    issuer: 'https://auth.example.com',
    audience: resource,
  });
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});

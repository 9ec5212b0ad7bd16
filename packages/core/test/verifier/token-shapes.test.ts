import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explainToken } from '../../src/explain.js';
import type { TokenPolicy } from '../../src/token/token-policy.js';
import { introspecting, opaque } from '../introspection/support.js';
import { configError } from '../support/config-error.js';
import { allowed, lastCode, protect, type ProtectOptions, resource, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';
import { createClock } from '../support/clock.js';
import { ResourceServer } from '../../src/engine/resource-server.js';

interface Shape {
  readonly name: string;
  readonly claims: Readonly<Record<string, unknown>>;
}
interface Cases {
  readonly clients: readonly (Shape & { readonly clientId: string })[];
  readonly times: readonly {
    readonly name: string;
    readonly ahead: Readonly<Record<string, number>>;
    readonly clockTolerance?: number | string;
    readonly refused?: string;
  }[];
  readonly nonces: readonly (Shape & {
    readonly header: Readonly<Record<string, unknown>>;
    readonly policy?: boolean;
    readonly refused?: string;
  })[];
  readonly types: readonly {
    readonly typ: readonly string[];
    readonly header: Readonly<Record<string, unknown>>;
    readonly refused?: string;
  }[];
  readonly sizes: readonly {
    readonly characters: number;
    readonly maxTokenBytes?: number;
    readonly refused: boolean;
  }[];
}

/** Token shapes of issuers that people run. */
const cases = JSON.parse(readFileSync(new URL('token-shapes.json', import.meta.url), 'utf8')) as Cases;

/** What a gate says about a token: `passed`, or the code of the refusal. */
async function judge(
  options: ProtectOptions,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = { typ: 'at+jwt' },
): Promise<string> {
  const { ask, issuer, events } = await protect(options);
  const decision = await ask(await issuer.sign(claims, { typ: undefined, ...header }));
  return decision.kind === 'allow' ? 'passed' : (lastCode(events) ?? '');
}

const withPolicy = (policy: TokenPolicy): ProtectOptions => ({
  servers: ({ issuer }) => [{ issuer, type: 'oauth', policy }],
});

describe('handlers learn which client calls', () => {
  test.each(cases.clients)('$name', async ({ claims, clientId }) => {
    const { ask, issuer } = await protect();
    const decision = await ask(await issuer.sign({ client_id: undefined, ...claims }));
    expect(allowed(decision).clientId).toBe(clientId);
  });
});

describe('[OAUTH21-5.2-01] a server whose clock is a little ahead locks nobody out', () => {
  const later = (now: number, ahead: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ahead).map(([name, seconds]) => [name, now + seconds]));

  test.each(cases.times)('as JWT: $name', async ({ ahead, clockTolerance, refused = 'passed' }) => {
    const clock = createClock();
    const options = clockTolerance === undefined ? {} : { options: { jwtVerify: { clockTolerance } } };
    expect(await judge({ clock, ...options }, later(clock.seconds(), ahead))).toBe(refused);
  });

  const usual = cases.times.filter(({ clockTolerance }) => clockTolerance === undefined);

  test.each(usual)('by introspection: $name', async ({ ahead, refused = 'passed' }) => {
    const { ask, clock, endpoint, events, good } = await introspecting();
    endpoint.answers.set(opaque, good(later(clock.seconds(), ahead)));
    const decision = await ask(opaque);
    expect(decision.kind === 'allow' ? 'passed' : lastCode(events)).toBe(refused);
  });

  test.each(usual)('by a function: $name', async ({ ahead, refused = 'passed' }) => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock);
    const claims = later(clock.seconds(), ahead);
    const mode = () => ({
      issuer: issuer.issuer,
      audience: resource,
      expiresAt: claims.exp ?? clock.seconds() + 300,
      claims,
    });
    const { ask, events } = await protect({ clock, issuer, mode });
    const decision = await ask('opaque');
    expect(decision.kind === 'allow' ? 'passed' : lastCode(events)).toBe(refused);
  });

  test.each(cases.times.filter(({ clockTolerance }) => clockTolerance !== undefined))(
    'by introspection in the mode auto: $name',
    async ({ ahead, clockTolerance, refused = 'passed' }) => {
      const options = { jwtVerify: { clockTolerance } } as object;
      const { ask, clock, endpoint, events, good } = await introspecting({ mode: 'auto', options });
      endpoint.answers.set(opaque, good(later(clock.seconds(), ahead)));
      const decision = await ask(opaque);
      expect(decision.kind === 'allow' ? 'passed' : lastCode(events)).toBe(refused);
    },
  );

  test('a token that is remembered is held to the same tolerances', async () => {
    const { ask, issuer, clock } = await protect();
    const token = await issuer.sign({ iat: clock.seconds() + 60, exp: clock.seconds() + 100 });
    expect(statusOf(await ask(token))).toBe(200);
    clock.advance(104);
    expect(statusOf(await ask(token))).toBe(200);
    clock.advance(1);
    expect(statusOf(await ask(token))).toBe(401);
  });
});

describe('[RFC8725-3.12-01] a nonce marks an ID token, unless something says that the token is an access token', () => {
  const policy: TokenPolicy = {
    name: 'types-nothing',
    nonceMayBePresent: true,
    check: ({ scope }) => (scope === '' ? 'scope' : undefined),
  };

  test.each(cases.nonces)('$name', async ({ claims, header, policy: hasPolicy, refused = 'passed' }) => {
    expect(await judge(hasPolicy === true ? withPolicy(policy) : {}, claims, header)).toBe(refused);
  });

  test.each(cases.nonces)(
    'the explainer agrees: $name',
    async ({ claims, header, policy: hasPolicy, refused }) => {
      const clock = createClock(Date.now());
      const issuer = await TestIssuer.create(clock);
      const { refusal } = await explainToken(await issuer.sign(claims, { typ: undefined, ...header }), {
        resource,
        authorizationServers: [
          {
            issuer: issuer.issuer,
            jwks: { keys: [issuer.key.publicJwk] },
            ...(hasPolicy === true && { policy }),
          },
        ],
      });
      expect(refusal?.code).toBe(refused);
    },
  );

  test.each([
    { typ: ['at+jwt', 'vnd.example.access+jwt'], type: 'VND.example.access+JWT', passes: true },
    { typ: 'application/vnd.example.access+jwt', type: 'vnd.example.access+jwt', passes: true },
    { typ: ['at+jwt', 'JWT'], type: 'JWT', passes: false },
  ])('a type that the route names says so, JWT does not: $typ', async ({ typ, type, passes }) => {
    const { issuer, ask } = await protect({ options: { jwtVerify: { typ } } });
    const token = await issuer.sign({ nonce: 'n' }, { typ: type });
    expect(statusOf(await ask(token))).toBe(passes ? 200 : 401);
    const idToken = await issuer.sign({ nonce: 'n', at_hash: 'h' }, { typ: type });
    expect(statusOf(await ask(idToken))).toBe(401);
    const { refusal } = await explainToken(token, {
      resource,
      authorizationServers: [{ issuer: issuer.issuer, jwks: { keys: [issuer.key.publicJwk] } }],
      jwtVerify: { typ, currentDate: new Date(Date.UTC(2026, 0, 1)) },
    });
    expect(refusal?.code).toBe(passes ? undefined : 'not_an_access_token');
  });

  test('an introspection response without token_type needs the policy too', async () => {
    const answer = { nonce: 'n', token_type: undefined };
    const strict = await introspecting();
    strict.endpoint.answers.set(opaque, strict.good(answer));
    expect(statusOf(await strict.ask(opaque))).toBe(401);
    const told = await introspecting({ server: { policy } });
    told.endpoint.answers.set(opaque, told.good(answer));
    expect(statusOf(await told.ask(opaque))).toBe(200);
  });

  test('a policy that tells nothing apart cannot say so', () => {
    const nothing = { name: 'trusting', nonceMayBePresent: true };
    const authorizationServers = [{ issuer: 'https://as.example.com', policy: nothing }];
    expect(configError(() => new ResourceServer({ resource, authorizationServers }))).toMatchObject({
      code: 'invalid_option',
      path: 'authorizationServers[0].policy.check',
    });
  });
});

describe('[RFC9068-4-01] several types of access tokens may be accepted, and no others', () => {
  test.each(cases.types)('$typ: $header', async ({ typ, header, refused = 'passed' }) => {
    expect(await judge({ options: { jwtVerify: { typ } } }, {}, header)).toBe(refused);
  });

  test.each([[[]], [''], [['']], [['at+jwt', 5]], [null], [{}]])('%j is no list of types', async (typ) => {
    const { server } = await protect();
    const jwtVerify = { typ } as never;
    expect(configError(() => server.createGate('jwt', { resource, jwtVerify }))).toMatchObject({
      code: 'invalid_option',
    });
  });

  test('the order of a list does not make another rule, another entry does', async () => {
    const { server, issuer } = await protect();
    const strict = server.createGate('jwt', { resource, jwtVerify: { typ: ['at+jwt'] } });
    const wide = server.createGate('jwt', { resource, jwtVerify: { typ: ['JWT', 'at+jwt'] } });
    const token = await issuer.sign({}, { typ: 'JWT' });
    const head = { method: 'POST', target: '/mcp', header: () => `Bearer ${token}` } as never;
    expect((await wide.authenticate(head)).kind).toBe('allow');
    expect((await strict.authenticate(head)).kind).toBe('refuse');
  });
});

describe('[OAUTH21-5.2-01] how long a token may be', () => {
  /** A good JWT of exactly so many characters. A segment has no length of 4n + 1, so the header may have to give way. */
  async function sized(issuer: TestIssuer, characters: number): Promise<string> {
    for (const x of ['', 'x', 'xx', 'xxx']) {
      const bare = await issuer.sign({ pad: '' }, { x });
      const padding = Math.floor(((characters - bare.length) * 3) / 4) - 2;
      for (const more of [0, 1, 2, 3, 4]) {
        const token = await issuer.sign({ pad: 'a'.repeat(padding + more) }, { x });
        if (token.length === characters) return token;
      }
    }
    throw new Error(`no token of ${characters} characters`);
  }

  test.each(cases.sizes)('$characters characters, maxTokenBytes $maxTokenBytes', async (size) => {
    const { characters, maxTokenBytes, refused } = size;
    const options = maxTokenBytes === undefined ? {} : { options: { maxTokenBytes } };
    const { ask, issuer, events } = await protect(options);
    const decision = await ask(await sized(issuer, characters));
    expect(decision.kind).toBe(refused ? 'refuse' : 'allow');
    expect(lastCode(events)).toBe(refused ? 'token_too_large' : undefined);
  });

  test.each(cases.sizes)(
    'asked about: $characters characters, maxTokenBytes $maxTokenBytes',
    async (size) => {
      const { characters, maxTokenBytes, refused } = size;
      const { ask, endpoint, good } = await introspecting({ options: { maxTokenBytes } });
      const token = 'o'.repeat(characters);
      endpoint.answers.set(token, good());
      expect((await ask(token)).kind).toBe(refused ? 'refuse' : 'allow');
      expect(endpoint.calls).toHaveLength(refused ? 0 : 1);
    },
  );

  test.each(cases.sizes)(
    'by a function: $characters characters, maxTokenBytes $maxTokenBytes',
    async (size) => {
      const { characters, maxTokenBytes, refused } = size;
      const clock = createClock();
      const issuer = await TestIssuer.create(clock);
      let calls = 0;
      const mode = () => {
        calls++;
        return { issuer: issuer.issuer, audience: resource, expiresAt: clock.seconds() + 60 };
      };
      const { ask } = await protect({ clock, issuer, mode, options: { maxTokenBytes } });
      expect((await ask('o'.repeat(characters))).kind).toBe(refused ? 'refuse' : 'allow');
      expect(calls).toBe(refused ? 0 : 1);
    },
  );

  test('a route with a lower limit does not recall what another has let in', async () => {
    const { server, issuer } = await protect();
    const wide = server.createGate('jwt', { resource, maxTokenBytes: 32_768 });
    const narrow = server.createGate('jwt', { resource });
    const token = await sized(issuer, 22_000);
    const head = { method: 'POST', target: '/mcp', header: () => `Bearer ${token}` } as never;
    expect((await wide.authenticate(head)).kind).toBe('allow');
    expect((await narrow.authenticate(head)).kind).toBe('refuse');
  });

  test('the verifier for the official SDK and the explainer have the option too', async () => {
    const { server, issuer } = await protect();
    const token = await sized(issuer, 22_000);
    await expect(server.verifier(resource).verifyAccessToken(token)).rejects.toThrow();
    const verifier = server.verifier(resource, { maxTokenBytes: 32_768 });
    expect((await verifier.verifyAccessToken(token)).clientId).toBe('client-1');
    const servers = { resource, authorizationServers: [{ issuer: issuer.issuer }] };
    expect((await explainToken(token, servers)).refusal?.code).toBe('token_too_large');
    const wide = await explainToken(token, { ...servers, maxTokenBytes: 32_768 });
    expect(wide.checks.find(({ name }) => name === 'size')?.outcome).toBe('passed');
  });

  test.each([0, 1023, 131_073, 20_000.5, Infinity, NaN, '32768', null])('%j is no limit', async (value) => {
    const { server } = await protect();
    const maxTokenBytes = value as number;
    expect(configError(() => server.createGate('jwt', { resource, maxTokenBytes }))).toMatchObject({
      code: 'invalid_option',
      path: 'maxTokenBytes',
    });
  });
});

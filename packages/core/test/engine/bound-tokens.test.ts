import { beforeAll, describe, expect, test, vi } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { Gate } from '../../src/gate/gate.js';
import type { ClaimStore } from '../../src/index.js';
import {
  type BoundKeys,
  type BoundServerChanges,
  createBoundKeys,
  createBoundServer,
  issuer,
  mintBound,
  secret,
} from '../support/bound-server.js';
import { configError } from '../support/config-error.js';
import { createClock } from '../support/clock.js';
import { createHead } from '../support/head.js';
import type { SigningKey } from '../support/keys.js';
import { prove, resource, thumbprintOf } from '../support/proofs.js';

const clock = createClock();
let keys: BoundKeys;
let key: SigningKey;

beforeAll(async () => {
  keys = await createBoundKeys();
  ({ key } = keys);
});

const create = (changes?: BoundServerChanges, events?: MCPAuthEvent[]) =>
  createBoundServer(keys, clock, changes, events);
const mint = (bound?: boolean) => mintBound(keys, clock, bound);

const warningsOf = (events: readonly MCPAuthEvent[]) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

async function ask(gate: Gate, token: string, proof?: string, peer?: string) {
  const headers = {
    authorization: `${proof === undefined ? 'Bearer' : 'DPoP'} ${token}`,
    ...(proof === undefined ? undefined : { dpop: proof }),
  };
  const decision = await gate.authenticate(
    createHead({ headers, ...(peer === undefined ? undefined : { peer }) }),
  );
  return decision.kind === 'allow' ? 200 : decision.status;
}

describe('options that do not go together', () => {
  test.each(['maxPerKey', 'maxEntries'] as const)(
    '%s of the memory, where a store that is down refuses',
    (bound) => {
      const stores = { secrets: [secret], claims: { claim: () => 'claimed' as const } };
      const error = configError(() => create({ stores, proofs: { [bound]: 5 } }));
      expect(error).toMatchObject({ code: 'unsupported_option', path: `proofs.${bound}` });
      expect(error.message).toContain('whenClaimsUnavailable: "local"');
      const local = { ...stores, whenClaimsUnavailable: 'local' as const };
      expect(() => create({ stores: local, proofs: { [bound]: 5 } })).not.toThrow();
      expect(() => create({ stores: { secrets: [secret] }, proofs: { [bound]: 5 } })).not.toThrow();
    },
  );

  test.each([
    [{ claims: () => 'claimed' }, 'stores.claims'],
    [{ claims: {} }, 'stores.claims'],
    [{ whenClaimsUnavailable: 'allow' }, 'stores.whenClaimsUnavailable'],
  ])('%j', (stores, path) => {
    expect(configError(() => create({ stores: { secrets: [secret], ...stores } as never }))).toMatchObject({
      code: 'invalid_option',
      path,
    });
  });

  test('proofs next to a header of a gateway', () => {
    expect(configError(() => create({ more: { tokenHeader: 'X-Token-From-Gateway' } }))).toMatchObject({
      code: 'unsupported_option',
      path: 'protectedResources.tokenHeader',
    });
  });

  test('a route that takes proofs, of a resource that does not', () => {
    const server = create({ dpop: {} });
    const error = configError(() => server.createGate('jwt', { dpop: 'dpop-required' }));
    expect(error).toMatchObject({ code: 'unsupported_option', path: 'dpop' });
    expect(error.message).toContain('dpop: { mode: "dpop-required" }');
    expect(() => server.createGate('jwt', { dpop: 'bearer' })).not.toThrow();
  });

  test('keys where every token must be bound', () => {
    const verifiers = [
      { prefix: 'sk_', issuer: 'https://keys.example.com', verify: () => undefined },
    ] as const;
    const error = configError(() => create().createGate('jwt', { dpop: 'dpop-required', verifiers }));
    expect(error).toMatchObject({ code: 'unsupported_option', path: 'verifiers' });
  });

  test.each([
    [{ mode: 'bearer' }, 'dpop.mode'],
    [{ mode: 'dpop-required', publicUrl: '/mcp' }, 'dpop.publicUrl'],
    [{ mode: 'dpop-required', publicUrl: 'https://u@h/mcp' }, 'dpop.publicUrl'],
    [{ mode: 'dpop-required', publicUrl: 'https://h/mcp?a' }, 'dpop.publicUrl'],
    [{ mode: 'dpop-required', algorithms: ['HS256'] }, 'dpop.algorithms'],
    [{ mode: 'dpop-required', algorithms: [] }, 'dpop.algorithms'],
    [{ mode: 'dpop-required', maxProofAgeSeconds: 601 }, 'dpop.maxProofAgeSeconds'],
  ])('%j', (dpop, path) => {
    expect(configError(() => create({ dpop }))).toMatchObject({
      code: 'invalid_option',
      path: `protectedResources.${path}`,
    });
  });

  test('other names are told where they belong', () => {
    expect(
      configError(() => create({ dpop: { mode: 'dpop-required', nonceSecret: secret } })).message,
    ).toContain('proofs: { nonceSecrets: [secret] }');
    expect(configError(() => create({ proofs: { nonceSecret: secret } as never })).message).toContain(
      'nonceSecrets',
    );
    const store = { claim: () => 'claimed' };
    expect(configError(() => create({ dpop: { mode: 'dpop-required', store } })).message).toContain(
      'Write stores: { claims } next to the resources.',
    );
    const error = configError(() => create({ proofs: { store } as never }));
    expect(error).toMatchObject({ code: 'unknown_option', path: 'proofs.store' });
    expect(error.message).toContain('Write stores: { claims }.');
    expect(configError(() => create({ proofs: { nonceSecrets: ['short'] } })).path).toBe(
      'proofs.nonceSecrets[0]',
    );
  });
});

describe('what the owner is told at the start', () => {
  test('that replays are known per process, and what to write', () => {
    const events: MCPAuthEvent[] = [];
    create({}, events).createGate('jwt');
    expect(warningsOf(events).join()).toMatch(
      /per process, and no nonce is demanded.*stores: \{ secrets, claims \}/,
    );
  });

  test('that replays are known per process, where nonces are on', () => {
    const events: MCPAuthEvent[] = [];
    create({ proofs: { nonceSecrets: [secret] } }, events).createGate('jwt');
    expect(warningsOf(events).join()).toMatch(/per process\..*stores: \{ secrets, claims \}/);
  });

  test('nothing of replays where processes share claims', () => {
    const events: MCPAuthEvent[] = [];
    const stores = { secrets: [secret], claims: { claim: () => 'claimed' as const } };
    create({ stores }, events).createGate('jwt');
    expect(warningsOf(events).join()).not.toContain('dpop');
  });

  test('that a route is weaker than the metadata says', () => {
    const events: MCPAuthEvent[] = [];
    create({ dpop: { mode: 'dpop-required' } }, events).createGate('jwt', { dpop: 'dpop-optional' });
    expect(warningsOf(events).join()).toContain('weaker');
  });

  test('that verifier() takes no bound tokens', () => {
    const events: MCPAuthEvent[] = [];
    create({}, events).verifier(resource);
    expect(warningsOf(events).join()).toContain('verifier() is not told who sends a token');
  });

  test('nothing of proofs where no route takes them', () => {
    const events: MCPAuthEvent[] = [];
    create({ dpop: {} }, events).createGate('jwt');
    expect(warningsOf(events).join()).not.toContain('dpop');
  });
});

describe('[RFC9449-7.2-01] nobody who cannot check the sender takes a bound token', () => {
  test('verifier() for the gate of the official SDK', async () => {
    const verifier = create().verifier(resource);
    await expect(verifier.verifyAccessToken(await mint())).rejects.toMatchObject({
      cause: { code: 'sender_constrained' },
    });
    await expect(verifier.verifyAccessToken(await mint(false))).resolves.toMatchObject({ subject: 'u' });
  });

  test('a gate of a resource that takes no proofs', async () => {
    const gate = create({ dpop: {} }).createGate('jwt');
    expect(await ask(gate, await mint())).toBe(401);
    expect(await ask(gate, await mint(false))).toBe(200);
  });

  test('a remembered token needs its proof at a route that takes proofs, and is refused at one that takes none', async () => {
    const server = create();
    const [taking, plain] = [server.createGate('jwt'), server.createGate('jwt', { dpop: 'bearer' })];
    const token = await mint();
    for (let time = 0; time < 2; time++) {
      expect(await ask(taking, token, await prove(key, token, clock.seconds()))).toBe(200);
      expect(await ask(plain, token)).toBe(401);
      expect(await ask(taking, token)).toBe(401);
    }
  });
});

describe('[RFC9449-7.2-01] a function does not make a bearer token of a bound one', () => {
  const report = (members: object) => () => ({
    issuer,
    audience: resource,
    clientId: 'c',
    subject: 'u',
    scopes: [],
    expiresAt: clock.seconds() + 60,
    ...members,
  });
  const gateOf = (members: object) => create().createGate(report(members) as never);
  const failureOf = (gate: Gate): Promise<unknown> => ask(gate, 'opaque').catch((error: unknown) => error);

  test.each(['claims', 'extra'])('that reports the key in %s', async (place) => {
    const gate = gateOf({ [place]: { cnf: { jkt: thumbprintOf(key) } } });
    expect(await ask(gate, 'opaque')).toBe(401);
    expect(await ask(gate, 'opaque', await prove(key, 'opaque', clock.seconds()))).toBe(200);
  });

  test('that reports two keys', async () => {
    const cnf = { jkt: thumbprintOf(key) };
    const gate = gateOf({ cnf, claims: { cnf }, extra: { cnf: { jkt: thumbprintOf(keys.issuerKey) } } });
    expect(await ask(gate, 'opaque', await prove(key, 'opaque', clock.seconds()))).toBe(401);
  });

  test('that reports the key in something else than a plain object', async () => {
    const extra = Object.create({ cnf: { jkt: thumbprintOf(key) } }) as object;
    expect(await ask(gateOf({ extra }), 'opaque')).toBe(401);
  });

  test.each([
    ['claims', { claims: { token_type: 'DPoP' } }],
    ['extra', { extra: { token_type: 'dpop' } }],
    ['neither', { token_type: 'DPoP' }],
  ])('that calls it DPoP and names no key, in %s', async (_place, members) => {
    const gate = gateOf(members);
    expect(await ask(gate, 'opaque')).toBe(401);
    expect(await ask(gate, 'opaque', await prove(key, 'opaque', clock.seconds()))).toBe(401);
    const named = gateOf({ ...members, cnf: { jkt: thumbprintOf(key) } });
    expect(await ask(named, 'opaque', await prove(key, 'opaque', clock.seconds()))).toBe(200);
  });

  test.each(['confirmation', 'jkt', 'x5t#S256', 'cnf_jkt', 'Cnf', 'dpopJkt', 'senderConstraint', 'anything'])(
    'that reports the key as %s, next to its other members',
    async (name) => {
      const value = name === 'jkt' ? thumbprintOf(key) : { jkt: thumbprintOf(key) };
      const error = { code: 'unknown_option', path: `verifyAccessToken().${name}` };
      expect(await failureOf(gateOf({ [name]: value }))).toMatchObject(error);
      expect(await ask(gateOf({ [name]: undefined }), 'opaque')).toBe(200);
    },
  );

  test.each(['confirmation', 'jkt', 'x5t#S256', 'CNF'])(
    'that reports the key as %s in claims or extra',
    async (name) => {
      for (const place of ['claims', 'extra']) {
        const failure = await failureOf(gateOf({ [place]: { [name]: thumbprintOf(key), other: 1 } }));
        expect(failure).toMatchObject({
          code: 'unknown_option',
          path: `verifyAccessToken().${place}.${name}`,
          message: expect.stringContaining('cnf') as string,
        });
      }
      expect(await ask(gateOf({ claims: { other: 1 } }), 'opaque')).toBe(200);
    },
  );

  test('that verifies a bound JWT and reports no key: the JWT says itself that it is bound', async () => {
    const token = await mint();
    for (const members of [{}, { claims: {} }, { claims: { sub: 'u' } }]) {
      const gate = gateOf(members);
      expect(await ask(gate, token)).toBe(401);
      expect(await ask(gate, token, await prove(key, token, clock.seconds()))).toBe(200);
      expect(await ask(gate, await mint(false))).toBe(200);
    }
    const other = gateOf({ cnf: { jkt: thumbprintOf(keys.issuerKey) } });
    expect(await ask(other, token, await prove(key, token, clock.seconds()))).toBe(401);
    const bearerOnly = create({ dpop: {} }).createGate(report({}) as never);
    expect(await ask(bearerOnly, token)).toBe(401);
    expect(await ask(bearerOnly, await mint(false))).toBe(200);
  });

  test('that takes other spellings of the signature than this library: a thief may choose one', async () => {
    const gate = gateOf({});
    const token = await mint();
    const unsigned = token.slice(0, token.lastIndexOf('.') + 1);
    for (const spelling of [`${token}=`, `${token}A`, `${token}+/`, `${unsigned}AB`, unsigned]) {
      expect(await ask(gate, spelling)).toBe(401);
    }
  });

  test('and a token with dots that is no JWT is what the function says', async () => {
    const encode = (text: string) => btoa(text).replaceAll('=', '');
    const words = [encode('no JSON'), encode('["cnf"]'), encode('{"cnf"'), '~~', 'e30'];
    for (const word of words) expect(await ask(gateOf({}), `a.${word}.b`)).toBe(200);
    expect(await ask(gateOf({}), `a.b.${encode('{"cnf":{}}')}`)).toBe(200);
  });

  test('and no error shows the token that a member is named after', async () => {
    const token = 'opaque-token-that-is-a-name';
    const events: MCPAuthEvent[] = [];
    const gate = create({}, events).createGate(report({ [token]: true, [token.slice(3)]: true }) as never);
    const error = await ask(gate, token).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unknown_option' });
    expect(String(error) + JSON.stringify(events)).not.toContain(token.slice(3));
  });

  test('and what else extra holds is nothing to it', async () => {
    for (const extra of [null, 'x', {}, { token_type: 'Bearer', exp: 1 }]) {
      expect(await ask(gateOf({ extra }), 'opaque')).toBe(200);
    }
  });
});

test('[MCP-2026-07-28-RS-033] the token of a caller who writes it into the method is in no event, whatever a platform lets through', async () => {
  const events: MCPAuthEvent[] = [];
  const gate = create({}, events).createGate('jwt');
  const token = await mint();
  const headers = { authorization: `DPoP ${token}`, dpop: await prove(key, token, clock.seconds()) };
  for (const method of [token, token.slice(0, 20), token.slice(5, 20), token.slice(-12), 'post']) {
    await gate.authenticate(createHead({ method, headers }));
    await gate.authenticate(createHead({ method, headers: { authorization: `Bearer ${token}` } }));
  }
  const methods = events.flatMap((event) => (event.type === 'decision' ? [event.httpMethod] : []));
  expect(methods).toEqual(Array.from({ length: 10 }, () => '(unknown method)'));
  expect(JSON.stringify(events)).not.toContain(token.slice(5, 17));
  expect(JSON.stringify(events)).not.toContain(token.slice(-12));
});

test('[MCP-2026-07-28-RS-033] the token of a caller who writes it into the URI of a request is in no event', async () => {
  const events: MCPAuthEvent[] = [];
  const gate = create({}, events).createGate('jwt');
  const token = await mint();
  const headers = { authorization: `DPoP ${token}`, dpop: await prove(key, token, clock.seconds()) };
  await gate.authenticate(createHead({ target: `/mcp/${token}`, headers }));
  const denials = events.filter((event) => event.type === 'decision');
  expect(denials).toMatchObject([{ claim: 'htu', expected: '(a part of the token)', actual: resource }]);
  expect(JSON.stringify(events)).not.toContain(token.slice(0, 16));
});

describe('bad proofs as failed attempts', () => {
  const limits = { failedAttempts: { max: 2, windowSeconds: 60 } };

  test('count, so that the next ones have to wait, and a good one of the same peer does not', async () => {
    const gate = create({ limits }).createGate('jwt');
    const token = await mint();
    expect(await ask(gate, token, await prove(key, token, clock.seconds()), '192.0.2.1')).toBe(200);
    const bad = () => prove(key, token, clock.seconds(), { htm: 'GET' });
    const statuses = [];
    for (let time = 0; time < 3; time++) statuses.push(await ask(gate, token, await bad(), '192.0.2.1'));
    expect(statuses).toEqual([401, 401, 429]);
    expect(await ask(gate, token, await prove(key, token, clock.seconds()), '192.0.2.1')).toBe(200);
    expect(await ask(gate, token, await bad(), '192.0.2.2')).toBe(401);
  });

  test('count though whoever sent them hangs up before a store has answered', async () => {
    const used = new Set<string>();
    const claims: ClaimStore = {
      claim: async ({ id }) => (used.size === used.add(id).size ? 'known' : 'claimed'),
    };
    const gate = create({ limits, stores: { secrets: [secret], claims } }).createGate('jwt');
    const token = await mint();
    const headFor = (proof: string) => ({
      ...createHead({ headers: { authorization: `DPoP ${token}`, dpop: proof } }),
      peer: '192.0.2.4' as string | null,
    });
    const first = await gate.authenticate(headFor(await prove(key, token, clock.seconds())));
    const [, nonce] = first.headers.find(([name]) => name === 'DPoP-Nonce') ?? [];
    const proof = await prove(key, token, clock.seconds(), { nonce });
    expect(await gate.authenticate(headFor(proof))).toMatchObject({ kind: 'allow' });
    for (let time = 0; time < 2; time++) {
      const head = headFor(proof);
      const decision = gate.authenticate(head);
      head.peer = null;
      expect(await decision).toMatchObject({ status: 401 });
    }
    expect(await gate.authenticate(headFor(proof))).toMatchObject({ status: 429 });
  });

  test('do not count where a client only has to try again, or a clock is wrong: without a nonce, behind, ahead', async () => {
    const gate = create({ limits, proofs: { nonceSecrets: [secret] } }).createGate('jwt');
    const old = create({ limits }).createGate('jwt');
    const token = await mint();
    for (let time = 0; time < 5; time++) {
      expect(await ask(gate, token, await prove(key, token, clock.seconds()), '192.0.2.3')).toBe(401);
      for (const seconds of [-3600, 3600]) {
        const proof = await prove(key, token, clock.seconds() + seconds);
        expect(await ask(old, token, proof, '192.0.2.3')).toBe(401);
      }
    }
  });
});

test('[MCP-EXT-DPOP-07] a server whose clock is set forward and back lets no stolen proof in', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: clock.now() });
  try {
    const gate = create({ now: undefined }).createGate('jwt');
    const token = await mint();
    const proof = await prove(key, token, clock.seconds());
    expect(await ask(gate, token, proof)).toBe(200);
    for (const jump of [700, 7200]) {
      const later = createClock(clock.now() + jump * 1000);
      vi.setSystemTime(later.now());
      const other = await mintBound(keys, later);
      expect(await ask(gate, other, await prove(key, other, later.seconds()))).toBe(200);
      vi.setSystemTime(clock.now());
      expect(await ask(gate, token, proof)).toBe(401);
      expect(await ask(gate, token, await prove(key, token, clock.seconds()))).toBe(200);
    }
  } finally {
    vi.useRealTimers();
  }
});

describe('[RFC9449-9-01] nonces of a secret that is being changed', () => {
  const next = secret.toUpperCase();
  const gateWith = (...nonceSecrets: string[]) => create({ proofs: { nonceSecrets } }).createGate('jwt');
  const nonceFrom = async (gate: Gate, token: string) => {
    const dpop = await prove(key, token, clock.seconds());
    const decision = await gate.authenticate(
      createHead({ headers: { authorization: `DPoP ${token}`, dpop } }),
    );
    return new Map(decision.headers).get('DPoP-Nonce');
  };

  test.each([
    ['one that was taken out', [secret], [next]],
    ['one that this process does not know yet', [next, secret], [secret]],
  ])('are asked to be changed: %s', async (_what, made, judged) => {
    const token = await mint();
    const nonce = await nonceFrom(gateWith(...made), token);
    const gate = gateWith(...judged);
    expect(await ask(gate, token, await prove(key, token, clock.seconds(), { nonce }))).toBe(401);
    const fresh = await nonceFrom(gate, token);
    expect(await ask(gate, token, await prove(key, token, clock.seconds(), { nonce: fresh }))).toBe(200);
  });

  test.each([
    ['the old one, which is the second now', [secret], [next, secret]],
    ['the new one, where it is still the second', [next, secret], [secret, next]],
  ])('pass: %s', async (_what, made, judged) => {
    const token = await mint();
    const nonce = await nonceFrom(gateWith(...made), token);
    const gate = gateWith(...judged);
    expect(await ask(gate, token, await prove(key, token, clock.seconds(), { nonce }))).toBe(200);
  });
});

describe('streams of bound tokens', () => {
  const openStream = async (gate: Gate, headers: Record<string, string>) => {
    const head = createHead({ method: 'GET', headers });
    const decision = await gate.authenticate(head);
    return decision.kind === 'allow' ? gate.guardStream(head, decision) : decision.status;
  };

  test('end when those of bearer tokens end, and need their proof to begin', async () => {
    const gate = create().createGate('jwt');
    const [plain, bound] = [await mint(false), await mint()];
    expect(await openStream(gate, { authorization: `DPoP ${bound}` })).toBe(401);
    const ofPlain = await openStream(gate, { authorization: `Bearer ${plain}` });
    const dpop = await prove(key, bound, clock.seconds(), { htm: 'GET' });
    const ofBound = await openStream(gate, { authorization: `DPoP ${bound}`, dpop });
    expect(ofPlain).toMatchObject({ resource });
    expect(ofBound).toMatchObject({ resource });
    const ends = [ofPlain, ofBound].map((stream) => (typeof stream === 'object' ? stream.dueMs : 0));
    // Spread over the tolerance, so that many do not come back together
    for (const end of ends) expect(end - clock.now()).toBeGreaterThanOrEqual(60_000);
    for (const end of ends) expect(end - clock.now()).toBeLessThanOrEqual(65_000);
  });

  test('[RFC9449-8.2-01] keep their right to end, and get a nonce, where the one of their proof is half as old as it may be', async () => {
    const now = createClock(clock.now());
    const gate = create({ proofs: { nonceSecrets: [secret] }, now: now.now }).createGate('jwt');
    const token = await mint();
    const ask = async (claims: Record<string, unknown>) => {
      const dpop = await prove(key, token, now.seconds(), { htm: 'GET', ...claims });
      const head = createHead({ method: 'GET', headers: { authorization: `DPoP ${token}`, dpop } });
      return { head, decision: await gate.authenticate(head) };
    };
    const first = await ask({});
    const nonce = new Map(first.decision.headers).get('DPoP-Nonce');
    expect(first.decision).toMatchObject({ kind: 'refuse', status: 401 });
    expect((await ask({ nonce })).decision).toMatchObject({ kind: 'allow', headers: [] });
    const older = createClock(clock.now() + 160_000);
    const later = create({ proofs: { nonceSecrets: [secret] }, now: older.now }).createGate('jwt');
    const long = await mintBound(keys, clock, true, 600);
    const dpop = await prove(key, long, older.seconds(), { htm: 'GET', nonce });
    const head = createHead({ method: 'GET', headers: { authorization: `DPoP ${long}`, dpop } });
    const decision = await later.authenticate(head);
    expect(decision.kind).toBe('allow');
    expect(new Map(decision.headers).get('Cache-Control')).toBe('no-store');
    expect(new Map(decision.headers).get('DPoP-Nonce')).not.toBe(nonce);
    expect(decision.kind === 'allow' && later.guardStream(head, decision)).toMatchObject({ resource });
  });
});

test('the short form takes proofs too', () => {
  expect(
    () => new MCPAuth({ resource, authorizationServers: [issuer], dpop: { mode: 'dpop-required' } }),
  ).not.toThrow();
});

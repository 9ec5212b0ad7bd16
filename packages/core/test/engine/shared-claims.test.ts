import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { StoreOptions } from '../../src/config/stores.js';
import type { ProofOptions } from '../../src/config/proofs.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { Claim, ClaimOutcome, ClaimStore } from '../../src/index.js';
import type { Decision } from '../../src/gate/decision.js';
import {
  type BoundKeys,
  createBoundKeys,
  createBoundServer,
  mintBound,
  secret,
} from '../support/bound-server.js';
import { createClock } from '../support/clock.js';
import { createHead } from '../support/head.js';
import type { SigningKey } from '../support/keys.js';
import { prove, resource } from '../support/proofs.js';

const clock = createClock();
let keys: BoundKeys;
let key: SigningKey;
let token: string;

beforeAll(async () => {
  keys = await createBoundKeys();
  ({ key } = keys);
  token = await mintBound(keys, clock);
});

/** As a store that processes share behaves: it may do what it is asked and not say so. */
class Shared implements ClaimStore {
  readonly ids = new Set<string>();
  mode: 'answers' | 'is silent' | 'is down' | 'throws' = 'answers';

  claim({ holder, id }: Claim): Promise<ClaimOutcome> {
    if (this.mode === 'throws') throw new Error('ECONNREFUSED');
    if (this.mode === 'is down') return Promise.reject(new Error('ECONNREFUSED'));
    const isKnown = this.ids.has(holder + id);
    this.ids.add(holder + id);
    if (this.mode === 'is silent') return new Promise(() => undefined);
    return Promise.resolve(isKnown ? 'known' : 'claimed');
  }
}

interface Changes extends Partial<StoreOptions> {
  readonly proofs?: ProofOptions;
}

/** One of several processes. */
function start(claims: ClaimStore, { proofs, ...changes }: Changes = {}) {
  const events: MCPAuthEvent[] = [];
  const stores = { secrets: [secret], claims, ...changes };
  const gate = createBoundServer(
    keys,
    clock,
    { dpop: { mode: 'dpop-required' }, stores, ...(proofs === undefined ? undefined : { proofs }) },
    events,
  ).createGate('jwt');
  const decide = (dpop: string) =>
    gate.authenticate(createHead({ headers: { authorization: `DPoP ${token}`, dpop } }));
  return {
    /** A nonce, as a client gets it. */
    nonce: async () => nonceOf(await decide(await prove(key, token, clock.seconds()))),
    /** What comes with a denied proof. */
    tell: async (dpop: string) => ({ nonce: nonceOf(await decide(dpop)) }),
    /** `200`, or the status and the code. */
    ask: async (dpop: string) => {
      const decision = await decide(dpop);
      if (decision.kind === 'allow') return '200';
      const told = events.findLast((event) => event.type === 'decision');
      return `${decision.status} ${told !== undefined && 'code' in told ? told.code : 'untold'}`;
    },
    outages: () => events.filter((event) => event.type === 'store'),
    warnings: () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
  };
}

const nonceOf = ({ headers }: Decision) => new Map(headers).get('DPoP-Nonce');

type Process = ReturnType<typeof start>;

const proofFor = async (process: Process) =>
  prove(key, token, clock.seconds(), { nonce: await process.nonce() });

describe('processes that share claims', () => {
  test('refuse a proof that one of them has accepted', async () => {
    const shared = new Shared();
    const [one, two] = [start(shared), start(shared)];
    const proof = await proofFor(one);
    expect(await one.ask(proof)).toBe('200');
    expect(await two.ask(proof)).toBe('401 replayed_proof');
    expect(await one.ask(proof)).toBe('401 replayed_proof');
    expect(await two.ask(await proofFor(one))).toBe('200');
  });

  test('refuse all but one of those that come at the same time', async () => {
    const shared = new Shared();
    const [one, two] = [start(shared), start(shared)];
    const proof = await proofFor(one);
    const answers = await Promise.all([one, two, one, two].map((process) => process.ask(proof)));
    expect(answers.sort()).toEqual(['200', ...Array<string>(3).fill('401 replayed_proof')]);
  });

  test('refuse it with a memory of each, too', async () => {
    const shared = new Shared();
    const [one, two] = ['local' as const, 'local' as const].map((whenClaimsUnavailable) =>
      start(shared, { whenClaimsUnavailable }),
    ) as [Process, Process];
    const proof = await proofFor(one);
    expect([await one.ask(proof), await two.ask(proof)]).toEqual(['200', '401 replayed_proof']);
  });
});

describe('nonces of processes that share claims', () => {
  test('are demanded without an option, and those of one are good at the other', async () => {
    const shared = new Shared();
    const [one, two] = [start(shared), start(shared)];
    expect(await one.ask(await prove(key, token, clock.seconds()))).toBe('401 use_dpop_nonce');
    expect(await two.ask(await proofFor(one))).toBe('200');
  });

  test('are not good where the secret is another', async () => {
    const shared = new Shared();
    const [one, two] = [start(shared), start(shared, { secrets: [secret.toUpperCase()] })];
    expect(await two.ask(await proofFor(one))).toBe('401 use_dpop_nonce');
  });

  test('are made with secrets of their own where there are any', async () => {
    const shared = new Shared();
    const own = { proofs: { nonceSecrets: [secret.toUpperCase()] } };
    const [plain, one, two] = [start(shared), start(shared, own), start(shared, own)];
    expect(await one.ask(await proofFor(plain))).toBe('401 use_dpop_nonce');
    expect(await two.ask(await proofFor(one))).toBe('200');
  });
});

describe('while the store is down', () => {
  test.each(['is down', 'throws', 'is silent'] as const)(
    'no proof passes by default, and the owner hears when it begins and when it ends: it %s',
    async (mode) => {
      const shared = new Shared();
      const process = start(shared, { timeoutMs: 5 });
      const proofs = [await proofFor(process), await proofFor(process), await proofFor(process)] as const;
      shared.mode = mode;
      expect(await process.ask(proofs[0])).toBe('503 proofs_unavailable');
      expect(await process.ask(proofs[1])).toBe('503 proofs_unavailable');
      expect(process.outages()).toMatchObject([
        { store: 'claims', phase: 'begin', whenUnavailable: 'refuse' },
      ]);
      shared.mode = 'answers';
      expect(await process.ask(proofs[2])).toBe('200');
      await vi.waitUntil(() => process.outages().length === 2, { timeout: 20_000 });
      expect(process.outages()).toMatchObject([{ phase: 'begin' }, { store: 'claims', phase: 'end' }]);
      expect(process.warnings().join()).not.toContain('503');
    },
  );

  test('one that is late is not waited for any longer than its time', async () => {
    const shared = new Shared();
    const process = start(shared, { timeoutMs: 7 });
    const proof = await proofFor(process);
    shared.mode = 'is silent';
    expect(await process.ask(proof)).toBe('503 proofs_unavailable');
    expect(process.outages()).toMatchObject([{ phase: 'begin', reason: 'no answer in 7 ms' }]);
  });

  test('an answer that is none lets no proof pass', async () => {
    const process = start({ claim: () => 'ok' as never });
    expect(await process.ask(await proofFor(process))).toBe('503 proofs_unavailable');
    expect(process.outages()).toMatchObject([{ phase: 'begin' }]);
  });

  test('a proof that was claimed without an answer is used up', async () => {
    const shared = new Shared();
    const process = start(shared, { timeoutMs: 5 });
    const proof = await proofFor(process);
    shared.mode = 'is silent';
    expect(await process.ask(proof)).toBe('503 proofs_unavailable');
    shared.mode = 'answers';
    expect(await process.ask(proof)).toBe('401 replayed_proof');
    expect(await process.ask(await proofFor(process))).toBe('200');
  });

  test.each(['is down', 'throws', 'is silent'] as const)(
    'with a memory of each process a proof passes once in each: it %s',
    async (mode) => {
      const shared = new Shared();
      const changes = { whenClaimsUnavailable: 'local', timeoutMs: 5 } as const;
      const [one, two] = [start(shared, changes), start(shared, changes)];
      const proof = await proofFor(one);
      shared.mode = mode;
      const answers = [
        await one.ask(proof),
        await one.ask(proof),
        await two.ask(proof),
        await two.ask(proof),
      ];
      expect(answers).toEqual(['200', '401 replayed_proof', '200', '401 replayed_proof']);
      shared.mode = 'answers';
      expect(await one.ask(proof)).toBe('401 replayed_proof');
      expect(one.outages()[0]).toMatchObject({ store: 'claims', phase: 'begin', whenUnavailable: 'local' });
    },
  );

  test.each([
    ['maxPerKey', '429 too_many_proofs'],
    ['maxEntries', '503 proofs_unavailable'],
  ])('that memory has its bounds: %s', async (bound, refusal) => {
    const shared = new Shared();
    const process = start(shared, { whenClaimsUnavailable: 'local', proofs: { [bound]: 1 } });
    shared.mode = 'is down';
    expect(await process.ask(await proofFor(process))).toBe('200');
    expect(await process.ask(await proofFor(process))).toBe(refusal);
  });
});

/** As a store that may lose what it holds, and knows that it has. */
class Forgetful extends Shared {
  #era = 'era-1';
  asked = 0;
  isSilent = false;
  /** What it tells of eras, which may be late. */
  told: unknown;

  override claim(claim: Claim): Promise<ClaimOutcome> {
    if (claim.era !== this.#era) return Promise.resolve('forgotten');
    return super.claim(claim);
  }

  era(): Promise<string> {
    this.asked++;
    if (this.isSilent) return new Promise(() => undefined);
    return Promise.resolve((this.told ?? this.#era) as string);
  }

  forget(): void {
    this.ids.clear();
    this.#era = `era-${Number(this.#era.slice(4)) + 1}`;
  }
}

describe('a store that has forgotten what was claimed', () => {
  test('lets no proof pass that was accepted before, nor one whose nonce is from before', async () => {
    const shared = new Forgetful();
    const [one, two] = [start(shared), start(shared)];
    const [used, unused] = [await proofFor(one), await proofFor(one)];
    expect(await one.ask(used)).toBe('200');
    shared.forget();
    for (const process of [one, two]) {
      expect(await process.ask(used)).toBe('401 use_dpop_nonce');
      expect(await process.ask(unused)).toBe('401 use_dpop_nonce');
    }
  });

  test('costs a client one more nonce, with which it passes at all processes', async () => {
    const shared = new Forgetful();
    const [one, two] = [start(shared), start(shared)];
    const unused = await proofFor(one);
    shared.forget();
    const { nonce } = await one.tell(unused);
    const proof = await prove(key, token, clock.seconds(), { nonce });
    expect(await two.ask(proof)).toBe('200');
    expect(await one.ask(proof)).toBe('401 replayed_proof');
  });

  test('lets none pass with a nonce that was made while it told no era', async () => {
    const shared = new Forgetful();
    const process = start(shared, { timeoutMs: 5 });
    shared.isSilent = true;
    const proof = await proofFor(process);
    shared.isSilent = false;
    expect(await process.ask(proof)).toBe('401 use_dpop_nonce');
    expect(await process.ask(await proofFor(process))).toBe('200');
  });

  test.each(['', 'a b', 'a.b', 'ä', 'x'.repeat(65), 7, [], {}])(
    'an era that could not stand in a nonce is none, and the owner hears of it: %j',
    async (told) => {
      const shared = new Forgetful();
      shared.told = told;
      const process = start(shared);
      expect(await process.ask(await proofFor(process))).toBe('401 use_dpop_nonce');
      expect(process.outages()).toMatchObject([{ store: 'claims', phase: 'begin' }]);
    },
  );

  test('with the memory of each process: what one of them has accepted does not pass there, nor elsewhere', async () => {
    const shared = new Forgetful();
    const changes = { whenClaimsUnavailable: 'local' } as const;
    const [one, two] = [start(shared, changes), start(shared, changes)];
    const proof = await proofFor(one);
    expect(await one.ask(proof)).toBe('200');
    shared.forget();
    expect(await one.ask(proof)).toBe('401 replayed_proof');
    expect(await two.ask(proof)).toBe('401 use_dpop_nonce');
    expect(await two.ask(await proofFor(two))).toBe('200');
  });

  test('is asked for its era for nonces, and never for a proof that passes', async () => {
    const shared = new Forgetful();
    const process = start(shared);
    const proof = await proofFor(process);
    const { asked } = shared;
    expect(await process.ask(proof)).toBe('200');
    expect(shared.asked).toBe(asked);
  });
});

test('what is said about a store of claims that is not there is refused, not passed over', () => {
  const secrets = ['a secret of the tests, of 32 bytes or more'];
  const create = () =>
    new ResourceServer({
      resource,
      authorizationServers: ['https://auth.example.com'],
      log: false,
      stores: { secrets, whenClaimsUnavailable: 'local' },
    });
  expect(create).toThrow('stores.whenClaimsUnavailable');
  expect(create).toThrow('stores: { claims }');
});

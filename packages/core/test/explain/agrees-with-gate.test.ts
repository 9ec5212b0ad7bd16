import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { explainToken, type ExplainOptions } from '../../src/explain.js';
import { describeDenial } from '../../src/index.js';
import { createClock } from '../support/clock.js';
import { createKey, signBytes, type SigningKey } from '../support/keys.js';
import { propertyTest } from '../support/property.js';
import { protect, resource, type Protected } from '../support/protect.js';

const clock = createClock();
const issuer = 'https://as.example.com';
const jwtVerify = { requiredClaims: ['client_id'], currentDate: new Date(clock.now()) };
const requiredScopes = ['read'];
/** By what a token may be signed with. */
const keys: Record<'known' | 'stranger' | 'encryption', SigningKey> = {} as never;
let gate: Protected;
let options: ExplainOptions;

beforeAll(async () => {
  keys.known = await createKey({ kid: 'known' });
  keys.stranger = await createKey({ kid: 'known' });
  keys.encryption = await createKey({ kid: 'encryption', published: { use: 'enc' } });
  const server = {
    issuer,
    jwks: { keys: [keys.known.publicJwk, keys.encryption.publicJwk] },
    policy: {
      name: 'one tenant',
      check: ({ tenant }: Readonly<Record<string, unknown>>) => (tenant === 'other' ? 'tenant' : undefined),
    },
  };
  gate = await protect({ clock, servers: () => [server], options: { requiredScopes, jwtVerify } });
  options = { resource, authorizationServers: [server], requiredScopes, jwtVerify };
});

interface Flaw {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: keyof typeof keys;
}

/** A token with these flaws and no other. */
async function mint(flaws: readonly Flaw[]): Promise<string> {
  const key = keys[flaws.findLast((flaw) => flaw.key !== undefined)?.key ?? 'known'];
  const now = clock.seconds();
  const good = { iss: issuer, aud: resource, sub: 'u', client_id: 'c', scope: 'read', exp: now + 60 };
  const claims = Object.assign(good, ...flaws.map((flaw) => flaw.claims)) as object;
  const header = { alg: 'ES256', kid: key.kid, typ: 'at+jwt' };
  return signBytes(key, Object.assign(header, ...flaws.map((flaw) => flaw.header)) as never, claims);
}

/** What a gate says to its operator, or that it lets the token pass. */
async function askGate(token: string) {
  const { kind } = await gate.ask(token);
  const event = gate.events.findLast(({ type }) => type === 'decision');
  if (kind === 'allow' || event?.type !== 'decision' || event.outcome !== 'deny') return 'accepted';
  return { code: event.code, claim: event.claim };
}

async function askForExplanation(token: string) {
  const { verdict, refusal } = await explainToken(token, options);
  return refusal === undefined ? verdict : { code: refusal.code, claim: refusal.claim };
}

const flaws: readonly (readonly [string, string, string, string, string | undefined, Flaw])[] = [
  [
    'RFC8725-3.1-01',
    'an algorithm nobody allows',
    'header',
    'unsupported_algorithm',
    undefined,
    { header: { alg: 'HS256' } },
  ],
  [
    'RFC8725-3.11-01',
    'another type',
    'header',
    'unsupported_type',
    undefined,
    { header: { typ: 'logout+jwt' } },
  ],
  ['RFC9068-4-01', 'another issuer', 'issuer', 'untrusted_issuer', 'iss', { claims: { iss: `${issuer}/` } }],
  ['RFC9068-4-01', 'no issuer', 'issuer', 'missing_issuer', 'iss', { claims: { iss: undefined } }],
  [
    'RFC9068-4-03',
    'the signature of a stranger',
    'signature',
    'invalid_signature',
    undefined,
    { key: 'stranger' },
  ],
  [
    'RFC9068-4-03',
    'a key that nobody publishes',
    'signature',
    'unknown_key',
    undefined,
    { header: { kid: 'new' } },
  ],
  ['RFC8725-3.1-01', 'a key for encryption', 'signature', 'unsuitable_key', undefined, { key: 'encryption' }],
  [
    'RFC8725-3.12-01',
    'the marks of an ID token',
    'kind',
    'not_an_access_token',
    'at_hash',
    { claims: { at_hash: 'x' } },
  ],
  [
    'RFC9068-4-04',
    'a time that has passed',
    'time',
    'token_expired',
    'exp',
    { claims: { exp: clock.seconds() - 60 } },
  ],
  ['RFC9068-2.2-01', 'a subject that is no text', 'claims', 'invalid_claim', 'sub', { claims: { sub: 1 } }],
  [
    'RFC9068-2.2-01',
    'a required claim missing',
    'claims',
    'missing_claim',
    'client_id',
    { claims: { client_id: undefined } },
  ],
  [
    'RFC9449-7.2-01',
    'a sender constraint',
    'sender-constraint',
    'sender_constrained',
    'cnf',
    { claims: { cnf: {} } },
  ],
  [
    'OAUTH21-5.2-01',
    'what the policy refuses',
    'policy',
    'policy_refused',
    'tenant',
    { claims: { tenant: 'other' } },
  ],
  [
    'RFC9068-4-02',
    'another audience',
    'audience',
    'wrong_audience',
    'aud',
    { claims: { aud: `${resource}/` } },
  ],
  [
    'MCP-2026-07-28-RS-016',
    'no audience',
    'audience',
    'missing_audience',
    'aud',
    { claims: { aud: undefined } },
  ],
  [
    'MCP-2026-07-28-RS-020',
    'too little scope',
    'scopes',
    'insufficient_scope',
    undefined,
    { claims: { scope: 'write' } },
  ],
];

describe('a token is explained as the gate judges it', () => {
  test.each(flaws)('[%s] %s', async (_requirement, _what, name, code, claim, flaw) => {
    const token = await mint([flaw]);
    expect((await explainToken(token, options)).refusal).toMatchObject({
      name,
      outcome: 'refused',
      code,
      claim,
    });
    expect(await askGate(token)).toEqual({ code, claim });
  });

  test.each([
    ['RFC6750-2.1-02', 'malformed_credentials', (token: string) => `${token} ${token}`],
    ['OAUTH21-5.2-01', 'token_too_large', (token: string) => token + 'A'.repeat(16_384)],
    ['RFC8725-3.3-01', 'malformed_token', (token: string) => `${token}.A`],
    ['RFC8725-3.3-01', 'encrypted_token', (token: string) => `${token}.A.A`],
  ])('[%s] %s', async (_requirement, code, spoil) => {
    const token = spoil(await mint([]));
    expect(await askForExplanation(token)).toEqual({ code, claim: undefined });
    expect(await askGate(token)).toEqual({ code, claim: undefined });
  });

  test.each(flaws.filter(([, , , code]) => code !== 'unknown_key' && code !== 'missing_issuer'))(
    '[%s] %s: in the words of the log',
    async (_requirement, _what, _name, _code, _claim, flaw) => {
      const token = await mint([flaw]);
      const { refusal } = await explainToken(token, options);
      await gate.ask(token);
      const event = gate.events.findLast(({ type }) => type === 'decision');
      if (event?.type !== 'decision' || event.outcome !== 'deny') throw new Error('not denied');
      expect(refusal?.message).toBe(describeDenial(event).replace(/ \(client "c".*$/, ''));
      if (event.code !== 'insufficient_scope') {
        expect([refusal?.expected, refusal?.actual]).toEqual([event.expected, event.actual]);
      }
    },
  );

  test('a good one', async () => {
    const token = await mint([]);
    expect([await askForExplanation(token), await askGate(token)]).toEqual(['accepted', 'accepted']);
  });

  test(
    '[RFC9068-4-01] [RFC9068-4-03] [MCP-2026-07-28-RS-017] whatever is wrong with it, and how much, by the check that comes first',
    propertyTest,
    async () => {
      const some = fc.shuffledSubarray(flaws.map(([, , , , , flaw]) => flaw));
      await fc.assert(
        fc.asyncProperty(some, async (chosen) => {
          const token = await mint(chosen);
          expect(await askForExplanation(token)).toEqual(await askGate(token));
        }),
        { numRuns: 150 },
      );
    },
  );
});

describe('what comes after the first refusal shows too', () => {
  test.each(flaws.filter(([, , name]) => !['header', 'issuer'].includes(name)))(
    '[%s] %s, in a token that has expired and covers nothing',
    async (_requirement, _what, name, code, claim, flaw) => {
      const others = [{ claims: { exp: clock.seconds() - 60, scope: '' } }, flaw];
      const { checks } = await explainToken(await mint(others), options);
      const found = (one: string) => checks.find((check) => check.name === one);
      expect(found(name)).toMatchObject({ outcome: 'refused', code, claim });
      expect(found('scopes')).toMatchObject({ outcome: 'refused', code: 'insufficient_scope' });
    },
  );

  test('[RFC9068-4-02] an audience that cannot be read is refused as a claim and compared with nothing', async () => {
    const { checks } = await explainToken(await mint([{ claims: { aud: [1] } }]), options);
    expect(checks.find(({ name }) => name === 'claims')).toMatchObject({
      outcome: 'refused',
      code: 'invalid_claim',
      claim: 'aud',
      actual: ['number'],
    });
    expect(checks).toContainEqual({ name: 'audience', outcome: 'not-checkable' });
  });
});

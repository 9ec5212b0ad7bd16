import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readSecrets } from '../../src/secrets/read-secrets.js';
import { ClaimGate } from '../../src/sender/claim-gate.js';
import { DpopCheck, type ProofRules } from '../../src/sender/dpop-check.js';
import { digestOf, thumbprintOf as ownThumbprintOf } from '../../src/sender/digests.js';
import { ExpectedHtu } from '../../src/sender/htu.js';
import { ProofNonces } from '../../src/sender/nonce.js';
import { ProofClaims } from '../../src/sender/proof-claims.js';
import { ProofHeaders } from '../../src/sender/proof-syntax.js';
import type { ClaimOutcome } from '../../src/stores/claim-store.js';
import { createClock } from '../support/clock.js';
import { createHead } from '../support/head.js';
import { encodeJson } from '../support/jwt.js';
import { createKey, type SigningKey } from '../support/keys.js';
import { bounds, outcomeOf, prove, rulesOf, sent, thumbprintOf, tokenOf } from './proofs.js';

const clock = createClock();
const text = 'an-access-token';
let key: SigningKey;
let jkt: string;

beforeAll(async () => {
  key = await createKey({ kid: null });
  jkt = thumbprintOf(key);
});

/** RFC 9449 §4.1, §6.1, §7.1, with the values of the document. */
const rfc = {
  token: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
  jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
  proof:
    'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA',
  tokenRequest:
    'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg',
} as const;

describe('the examples of RFC 9449', () => {
  const then = createClock(1_562_262_620_000);
  const example = (resource: string) => new DpopCheck(rulesOf(then, { htu: new ExpectedHtu(resource) }));
  const bound = tokenOf(rfc.token, rfc.jkt);

  test('the request to a protected resource passes, once', async () => {
    const check = example('https://resource.example.org/protectedresource');
    const request = sent(bound, rfc.proof, { method: 'GET', target: '/protectedresource' });
    expect(await outcomeOf(check, request)).toBe('proven');
    expect(await outcomeOf(check, request)).toBe('replayed_proof: jti');
  });

  test('the proof of the token request says nothing about a token', async () => {
    const check = example('https://server.example.com/token');
    const request = sent(bound, rfc.tokenRequest, { target: '/token' });
    expect(await outcomeOf(check, request)).toBe('invalid_proof: ath');
  });

  test('thumbprint and hash are those of the document', () => {
    const x = 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs';
    const y = '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA';
    expect(ownThumbprintOf({ kty: 'EC', crv: 'P-256', x, y })).toBe(rfc.jkt);
    expect(digestOf(rfc.token)).toBe('fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo');
  });
});

describe('how a proof comes', () => {
  test('[RFC9449-4.3-01] two header lines are two proofs, though the platform shows the first one only', async () => {
    const proof = await prove(key, text, clock.seconds());
    const head = createHead({ headers: { dpop: proof }, rawHeaders: ['DPoP', proof, 'dpop', proof] });
    const check = new DpopCheck(rulesOf(clock));
    expect(await outcomeOf(check, { head, scheme: 'dpop', token: tokenOf(text, jkt) })).toBe(
      'repeated_proof',
    );
  });

  test.each([8193, 100_000, 1_000_000])('one of %i characters is not read', async (length) => {
    const check = new DpopCheck(rulesOf(clock));
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), 'a'.repeat(length)))).toBe('invalid_proof: size');
  });

  test('a jti of 100,000 characters is refused, for its proof is too long, and one of 257 for itself', async () => {
    const check = new DpopCheck(rulesOf(clock));
    const long = await prove(key, text, clock.seconds(), { jti: 'a'.repeat(100_000) });
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), long))).toBe('invalid_proof: size');
    const longer = await prove(key, text, clock.seconds(), { jti: 'a'.repeat(257) });
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), longer))).toBe('invalid_proof: jti');
  });
});

describe('the part of a proof that decides is told', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['typ', {}, { typ: 'jwt' }],
    ['jwk', {}, { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['jwk', {}, { jwk: undefined }],
    ['jti', { jti: undefined }, {}],
    ['htm', { htm: 'post' }, {}],
    ['htu', { htu: 'https://mcp.example.net/other' }, {}],
    ['iat', { iat: '1' }, {}],
    ['iat', { iat: -1 }, {}],
    ['iat', { iat: 1e300 }, {}],
    ['ath', { ath: undefined }, {}],
  ])('%s', async (part, claims, header) => {
    const check = new DpopCheck(rulesOf(clock));
    const proof = await prove(key, text, clock.seconds(), claims, header);
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe(`invalid_proof: ${part}`);
  });

  test.each<[string, object]>([
    ['alg', { alg: 'HS256' }],
    ['alg', { alg: 'none' }],
    ['crit', { crit: ['x'], x: 1 }],
  ])('%s, which no library would write', async (part, changes) => {
    const check = new DpopCheck(rulesOf(clock));
    const [header = '', ...rest] = (await prove(key, text, clock.seconds())).split('.');
    const known = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    const proof = [encodeJson({ ...known, ...changes }), ...rest].join('.');
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe(`invalid_proof: ${part}`);
  });

  test('one that is too old is not one that is wrong: it counts to nobody', async () => {
    const check = new DpopCheck(rulesOf(clock));
    const proof = await prove(key, text, clock.seconds(), { iat: clock.seconds() - 301 });
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe('proof_expired: iat');
  });

  test('nor is one that is ahead: a clock is wrong, and it says so', async () => {
    const check = new DpopCheck(rulesOf(clock));
    const proof = await prove(key, text, clock.seconds(), { iat: clock.seconds() + 301 });
    const outcome = await check.check(sent(tokenOf(text, jkt), proof));
    expect(outcome).toMatchObject({ code: 'proof_from_future', claim: 'iat' });
    expect(outcome).toHaveProperty('hint', expect.stringContaining('clock') as string);
  });

  test('[MCP-2026-07-28-RS-033] a method that nobody registered is not repeated: it may be a token', async () => {
    const check = new DpopCheck(rulesOf(clock));
    const proof = await prove(key, text, clock.seconds());
    const outcome = await check.check(sent(tokenOf(text, jkt), proof, { method: text }));
    expect(outcome).toMatchObject({ code: 'invalid_proof', claim: 'htm', expected: '(unknown method)' });
  });
});

describe('what is remembered of keys takes nothing away', () => {
  test('the header of a key that was good is looked at again with another algorithm list', async () => {
    const rules = rulesOf(clock);
    const good = await prove(key, text, clock.seconds());
    expect(await outcomeOf(new DpopCheck(rules), sent(tokenOf(text, jkt), good))).toBe('proven');
    const narrow = new DpopCheck({ ...rules, algorithms: new Set(['EdDSA']) });
    const next = await prove(key, text, clock.seconds());
    expect(await outcomeOf(narrow, sent(tokenOf(text, jkt), next))).toBe('invalid_proof: alg');
  });

  test('a bad signature under a header that is known is a bad signature', async () => {
    const check = new DpopCheck(rulesOf(clock));
    const good = await prove(key, text, clock.seconds());
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), good))).toBe('proven');
    const [header, , signature] = good.split('.');
    const [, claims] = (await prove(key, text, clock.seconds())).split('.');
    const forged = `${header}.${claims}.${signature}`;
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), forged))).toBe('invalid_proof: signature');
  });
});

describe('only headers of proofs that were accepted are kept', () => {
  const countKept = async (changes: Partial<ProofRules>, ...proofs: readonly string[]) => {
    const headers = new ProofHeaders(100);
    const keep = vi.spyOn(headers, 'keep');
    const check = new DpopCheck(rulesOf(clock, { ...changes, headers }));
    const outcomes = [];
    for (const proof of proofs) outcomes.push(await outcomeOf(check, sent(tokenOf(text, jkt), proof)));
    return { outcomes, kept: keep.mock.calls.length };
  };
  const storeSays = (outcome: ClaimOutcome) => ({
    claims: new ClaimGate({ claim: () => Promise.resolve(outcome) }, () => undefined),
  });

  test.each(['known', 'holder-full', 'full'] as const)('none where the store says %s', async (outcome) => {
    const proof = await prove(key, text, clock.seconds());
    expect(await countKept(storeSays(outcome), proof)).toMatchObject({ kept: 0 });
    expect(await countKept(storeSays('claimed'), proof)).toEqual({ outcomes: ['proven'], kept: 1 });
  });

  test('none without the nonce that is demanded, or after another check', async () => {
    const secrets = readSecrets(['a secret of 32 bytes or more, for tests']);
    const nonces = new ProofNonces(secrets, clock.now);
    const proof = await prove(key, text, clock.seconds());
    const other = await prove(key, text, clock.seconds(), { htm: 'GET' });
    const forged = `${proof.slice(0, -8)}${'A'.repeat(8)}`;
    expect(await countKept({ nonces }, proof, other, forged)).toEqual({
      outcomes: ['use_dpop_nonce: nonce', 'invalid_proof: htm', 'invalid_proof: signature'],
      kept: 0,
    });
  });
});

test('a client that fills the header of each of its proofs takes no more memory than others', async () => {
  const headers = new ProofHeaders(1000);
  const check = new DpopCheck(rulesOf(clock, { headers }));
  const request = async (padding: number) => {
    const proof = await prove(
      key,
      text,
      clock.seconds(),
      {},
      { padding: randomBytes(padding).toString('hex') },
    );
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe('proven');
    const next = headers.read(proof, new Set(['ES256']));
    return next.kind === 'read' && next.isKnown;
  };
  expect(await request(10)).toBe(true);
  expect(await request(600)).toBe(true);
  expect(await request(2000)).toBe(false);
});

describe('a proof is used up last', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['another method', { htm: 'GET' }, {}],
    ['another token', { ath: 'x' }, {}],
    ['another type', {}, { typ: 'JWT' }],
  ])('one for %s keeps nothing', async (_name, claims, header) => {
    const store = new ProofClaims(bounds, clock.now);
    const check = new DpopCheck(rulesOf(clock, { claims: new ClaimGate(store, () => undefined) }));
    const bad = await prove(key, text, clock.seconds(), claims, header);
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), bad))).not.toBe('proven');
    expect(store.size).toBe(0);
  });

  test('of many at a time exactly one passes', async () => {
    const check = new DpopCheck(rulesOf(clock));
    const proof = await prove(key, text, clock.seconds());
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, () => outcomeOf(check, sent(tokenOf(text, jkt), proof))),
    );
    expect(outcomes.filter((outcome) => outcome === 'proven')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'replayed_proof: jti')).toHaveLength(499);
  });
});

describe('a store of somebody else', () => {
  const withStore = (claim: () => unknown) => {
    const told: string[] = [];
    const gate = new ClaimGate({ claim: claim as () => ClaimOutcome }, (problem) => told.push(problem));
    return { check: new DpopCheck(rulesOf(clock, { claims: gate })), told };
  };

  test.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('no store');
      },
      'threw',
    ],
    ['rejects', () => Promise.reject(new Error('no store')), 'rejected'],
    ['answers with nothing', () => undefined, 'answered with an unknown outcome'],
    [
      'answers late with a word that nobody knows',
      () => Promise.resolve('ok'),
      'answered with an unknown outcome',
    ],
    ['says true', () => true, 'answered with an unknown outcome'],
  ])('that %s lets no proof pass, and its owner hears of it', async (_name, claim, problem) => {
    const { check, told } = withStore(claim);
    const proof = await prove(key, text, clock.seconds());
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe('proofs_unavailable');
    expect(told).toEqual([problem]);
  });

  test('that never answers lets no proof pass', async () => {
    const { check, told } = withStore(() => new Promise(() => undefined));
    const proof = await prove(key, text, clock.seconds());
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe('proofs_unavailable');
    expect(told).toHaveLength(1);
  });

  test.each([
    ['claimed', 'proven'],
    ['known', 'replayed_proof: jti'],
    ['holder-full', 'too_many_proofs'],
    ['full', 'proofs_unavailable'],
  ])('%s is what it says', async (outcome, expected) => {
    const { check } = withStore(() => Promise.resolve(outcome));
    const proof = await prove(key, text, clock.seconds());
    expect(await outcomeOf(check, sent(tokenOf(text, jkt), proof))).toBe(expected);
  });
});

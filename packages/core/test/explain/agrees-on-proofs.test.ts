import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ExplainedRequest, type ExplainOptions, explainToken } from '../../src/explain.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { Gate } from '../../src/gate/gate.js';
import {
  type BoundKeys,
  createBoundKeys,
  createBoundServer,
  issuer,
  mintBound,
} from '../support/bound-server.js';
import { createCertificate } from '../support/certificates.js';
import { createClock } from '../support/clock.js';
import { createHead } from '../support/head.js';
import { createKey, signBytes, signRaw, type SigningKey } from '../support/keys.js';
import { propertyTest } from '../support/property.js';
import { resource, thumbprintOf } from '../support/proofs.js';

const clock = createClock();
const seconds = clock.seconds();
const events: MCPAuthEvent[] = [];
let keys: BoundKeys;
let stranger: SigningKey;
let options: ExplainOptions;
const gates = new Map<DpopMode, Gate>();

type DpopMode = 'dpop-optional' | 'dpop-required';
const modes: readonly DpopMode[] = ['dpop-optional', 'dpop-required'];
/** Narrower than what is supported, so that some keys are not taken. */
const dpopOf = (mode: DpopMode) => ({ mode, algorithms: ['ES256', 'ES384'] as const });

beforeAll(async () => {
  keys = await createBoundKeys();
  stranger = await createKey({ kid: null });
  for (const mode of modes)
    gates.set(mode, createBoundServer(keys, clock, { dpop: dpopOf(mode) }, events).createGate('jwt'));
  options = {
    resource,
    authorizationServers: [{ issuer, jwks: { keys: [keys.issuerKey.publicJwk] } }],
    jwtVerify: { currentDate: new Date(clock.now()) },
  };
});

interface ProofFlaw {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signer?: 'stranger' | 'stranger under the key of the holder';
  readonly spoil?: (proof: string) => string;
}

/** The code and the part that decides, with what is wrong. */
const flaws: readonly (readonly [string, string, string | undefined, ProofFlaw])[] = [
  ['two proofs', 'repeated_proof', undefined, { spoil: (proof) => `${proof}, ${proof}` }],
  ['too much text', 'invalid_proof', 'size', { spoil: (proof) => proof.padEnd(9000, 'A') }],
  ['no JWT', 'invalid_proof', 'format', { spoil: (proof) => proof.slice(5) }],
  ['another type', 'invalid_proof', 'typ', { header: { typ: 'JWT' } }],
  ['an algorithm that is not taken', 'invalid_proof', 'alg', { header: { alg: 'EdDSA' } }],
  ['an extension', 'invalid_proof', 'crit', { header: { crit: ['x'] } }],
  ['no key', 'invalid_proof', 'jwk', { header: { jwk: undefined } }],
  ['no jti', 'invalid_proof', 'jti', { claims: { jti: '' } }],
  ['another method', 'invalid_proof', 'htm', { claims: { htm: 'GET' } }],
  ['another URL', 'invalid_proof', 'htu', { claims: { htu: `${resource}/` } }],
  ['a time that is none', 'invalid_proof', 'iat', { claims: { iat: 'now' } }],
  ['another token', 'invalid_proof', 'ath', { claims: { ath: 'x' } }],
  ['a time that is over', 'proof_expired', 'iat', { claims: { iat: seconds - 301 } }],
  ['a time to come', 'proof_from_future', 'iat', { claims: { iat: seconds + 301 } }],
  ['another key', 'wrong_sender', 'cnf', { signer: 'stranger' }],
  [
    'the signature of a stranger',
    'invalid_proof',
    'signature',
    { signer: 'stranger under the key of the holder' },
  ],
];

async function mintProof(token: string, chosen: readonly ProofFlaw[]): Promise<string> {
  const signer = chosen.findLast((flaw) => flaw.signer !== undefined)?.signer;
  const { kty, crv, x, y } = (signer === 'stranger' ? stranger : keys.key).publicJwk;
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } };
  const ath = createHash('sha256').update(token).digest('base64url');
  const claims = { jti: randomUUID(), htm: 'POST', htu: resource, iat: seconds, ath };
  const proof = await signBytes(
    signer === undefined ? keys.key : stranger,
    Object.assign(header, ...chosen.map((flaw) => flaw.header)) as never,
    Object.assign(claims, ...chosen.map((flaw) => flaw.claims)) as object,
  );
  return chosen.reduce((text, { spoil = (same: string) => same }) => spoil(text), proof);
}

/** What a gate says to its owner, or that it lets the request pass. */
async function askGate(mode: DpopMode, token: string, { scheme, proof, method, url }: ExplainedRequest) {
  const headers = {
    authorization: `${scheme ?? (proof === undefined ? 'Bearer' : 'DPoP')} ${token}`,
    ...(proof === undefined ? undefined : { dpop: proof }),
  };
  const head = createHead({ headers, method: method ?? 'POST', target: url ?? '/mcp' });
  const { kind } = (await gates.get(mode)?.authenticate(head)) ?? {};
  const event = events.findLast(({ type }) => type === 'decision');
  if (kind === 'allow' || event?.type !== 'decision' || event.outcome !== 'deny') return 'accepted';
  return { code: event.code, claim: event.claim };
}

async function explain(mode: DpopMode, token: string, request: ExplainedRequest) {
  const { verdict, refusal } = await explainToken(token, { ...options, dpop: dpopOf(mode), request });
  return refusal === undefined ? verdict : { code: refusal.code, claim: refusal.claim };
}

describe('a proof is explained as the gate judges it', () => {
  test.each(flaws)('[RFC9449-4.3-01] %s', async (_what, code, claim, flaw) => {
    const token = await mintBound(keys, clock);
    const request = { proof: await mintProof(token, [flaw]) };
    for (const mode of modes) {
      expect(await explain(mode, token, request)).toEqual({ code, claim });
      expect(await askGate(mode, token, request)).toEqual({ code, claim });
    }
  });

  test.each<[string, boolean, ExplainedRequest, unknown, unknown]>([
    ['a bound token as Bearer', true, {}, 'bound_token_as_bearer', 'bound_token_as_bearer'],
    ['a bound token without its proof', true, { scheme: 'DPoP' }, 'missing_proof', 'missing_proof'],
    ['a token that is not bound, as Bearer', false, {}, 'accepted', 'unbound_token'],
    ['the same as DPoP', false, { scheme: 'DPoP' }, 'unbound_token', 'unbound_token'],
  ])('[RFC9449-7.2-01] %s', async (_what, isBound, request, optional, required) => {
    const token = await mintBound(keys, clock, isBound);
    for (const [mode, expected] of [
      ['dpop-optional', optional],
      ['dpop-required', required],
    ] as const) {
      const [explained, judged] = [await explain(mode, token, request), await askGate(mode, token, request)];
      expect(explained).toEqual(judged);
      expect(typeof explained === 'string' ? explained : explained.code).toBe(expected);
    }
  });

  test('[RFC9449-4.3-09] for the URL and the method of the request', async () => {
    const token = await mintBound(keys, clock);
    const url = 'https://mcp.example.net/mcp/other?a=1';
    for (const [method, htm, expected] of [
      ['GET', 'GET', 'accepted'],
      ['DELETE', 'GET', { code: 'invalid_proof', claim: 'htm' }],
    ] as const) {
      const proof = await mintProof(token, [{ claims: { htu: 'https://mcp.example.net/mcp/other', htm } }]);
      expect(await explain('dpop-required', token, { proof, method, url })).toEqual(expected);
      expect(await askGate('dpop-required', token, { proof, method, url })).toEqual(expected);
    }
  });

  test(
    '[RFC9449-4.3-01] [RFC9449-7.1-01] whatever is wrong with it, and how much, by the check that comes first',
    propertyTest,
    async () => {
      const some = fc.shuffledSubarray(
        flaws.map(([, , , flaw]) => flaw),
        { maxLength: 4 },
      );
      const token = await mintBound(keys, clock);
      const plain = await mintBound(keys, clock, false);
      await fc.assert(
        fc.asyncProperty(some, fc.constantFrom(...modes), fc.boolean(), async (chosen, mode, isBound) => {
          const sent = isBound ? token : plain;
          const request = { proof: await mintProof(sent, chosen) };
          expect(await explain(mode, sent, request)).toEqual(await askGate(mode, sent, request));
        }),
        { numRuns: 150 },
      );
    },
  );
});

describe('what a bound token needs', () => {
  test('[RFC9449-4.2-01] is told: the scheme, the key, and what its proof must say', async () => {
    const token = await mintBound(keys, clock);
    const explained = await explainToken(token, { ...options, dpop: dpopOf('dpop-optional') });
    expect(explained.verdict).toBe('undecided');
    expect(explained.checks).toContainEqual({ name: 'sender', outcome: 'not-checkable' });
    expect(explained.binding).toEqual({
      proof: {
        thumbprint: thumbprintOf(keys.key),
        htm: 'POST',
        htu: resource,
        ath: createHash('sha256').update(token).digest('base64url'),
      },
    });
  });

  test('is refused where nobody can check it, and nothing is needed of a token that is anybody’s', async () => {
    const token = await mintBound(keys, clock);
    expect(await explainToken(token, options)).toMatchObject({
      refusal: { name: 'sender-constraint', code: 'sender_constrained' },
      binding: undefined,
    });
    const plain = await explainToken(await mintBound(keys, clock, false), options);
    expect(plain).toMatchObject({ verdict: 'accepted', binding: undefined });
  });

  test('[RFC8705-3-01] is a certificate, which is compared where it is given', async () => {
    const [own, other] = [createCertificate('client'), createCertificate('other')];
    const claims = { iss: issuer, aud: resource, sub: 'u', client_id: 'c', exp: seconds + 60 };
    const token = await signRaw(keys.issuerKey, { ...claims, cnf: { 'x5t#S256': own.thumbprint } });
    const ask = (certificate?: string) =>
      explainToken(token, {
        ...options,
        mutualTls: true,
        ...(certificate === undefined ? undefined : { request: { certificate } }),
      });
    expect(await ask()).toMatchObject({
      verdict: 'undecided',
      binding: { certificate: { thumbprint: own.thumbprint } },
    });
    expect((await ask(own.cert)).verdict).toBe('accepted');
    expect((await ask(other.cert)).refusal).toMatchObject({ name: 'sender', code: 'wrong_sender' });
    await expect(ask('-----BEGIN CERTIFICATE-----')).rejects.toMatchObject({ path: 'request.certificate' });
  });
});

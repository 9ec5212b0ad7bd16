import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { Decision } from '../../src/gate/decision.js';
import { generatePem } from '../support/generate-pem.js';
import { headWith } from '../support/head.js';
import { measureHeap } from './measure-heap.js';

/** `SOAK=full` for the long run; the short one keeps the ordinary test run short. */
const tokens = process.env.SOAK === 'full' ? 200_000 : 20_000;
const batch = 200;
/** Few enough to leave the limit below a meaning: a remembered token may take 4 kB. */
const remembered = 500;

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const now = Date.UTC(2026, 0, 1) / 1000;

interface Key {
  readonly alg: 'ES256' | 'EdDSA';
  readonly privateKey: KeyObject;
}

const createKey = (alg: Key['alg']): Key => ({
  alg,
  privateKey: createPrivateKey(generatePem(alg).privateKey),
});

const keys: readonly Key[] = [createKey('ES256'), createKey('EdDSA')];
const foreign = createKey('ES256');

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function mint(key: Key, kid: string, claims: Readonly<Record<string, unknown>>): string {
  const input = `${encode({ alg: key.alg, kid, typ: 'at+jwt' })}.${encode(claims)}`;
  const hash = key.alg === 'ES256' ? 'sha256' : null;
  const signature = sign(hash, Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** One token in ten is bad, each time in another way. */
const flaws: readonly ((key: Key, claims: Record<string, unknown>) => string)[] = [
  (key, claims) => mint(key, key.alg, { ...claims, exp: now - 60 }),
  (key, claims) => mint(key, key.alg, { ...claims, aud: 'https://other.example.com/mcp' }),
  (_key, claims) => mint(foreign, 'ES256', claims),
  (_key, claims) => mint(foreign, `kid-${String(claims.jti)}`, claims),
  (key, claims) => mint(key, key.alg, { ...claims, iss: `${issuer}/${String(claims.jti)}` }),
  (key, claims) => mint(key, key.alg, claims).slice(0, -2),
];

interface Sample {
  readonly token: string;
  /** Who must be let in; nobody for a bad token. */
  readonly subject: string | undefined;
}

function createSample(serial: number): Sample {
  const key = keys[serial % 2] as Key;
  const subject = `user-${serial}`;
  const claims = {
    iss: issuer,
    aud: resource,
    sub: subject,
    jti: String(serial),
    exp: now + 3600,
    groups: [`group-${serial}`],
  };
  if (serial % 10 !== 9) return { token: mint(key, key.alg, claims), subject };
  const flaw = flaws[Math.floor(serial / 10) % flaws.length] as (typeof flaws)[number];
  return { token: flaw(key, claims), subject: undefined };
}

function isRight(decision: Decision, { token, subject }: Sample): boolean {
  if (decision.kind === 'refuse') return subject === undefined && decision.status === 401;
  return decision.auth?.subject === subject && decision.auth?.token === token;
}

test(`${tokens} distinct tokens are decided rightly, in bounded memory [RFC9068-4-03] [RFC9068-4-07] [MCP-2026-07-28-RS-030]`, async () => {
  const jwks = keys.map(({ privateKey, alg }) => {
    const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
    return { ...jwk, kid: alg };
  });
  const server = new ResourceServer({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer, jwks }] } },
    now: () => now * 1000,
    onEvent: () => undefined,
    cache: { maxEntries: remembered },
  });
  const gate = server.createGate('jwt', { resource });
  const heaps: number[] = [];
  let wrong = 0;
  for (let serial = 0; serial < tokens; serial += batch) {
    if (serial % (tokens / 4) === 0) heaps.push(measureHeap());
    const samples = Array.from({ length: batch }, (_, index) => createSample(serial + index));
    const decisions = await Promise.all(
      samples.map(async ({ token }) => gate.authenticate(headWith(`Bearer ${token}`))),
    );
    wrong += decisions.filter((decision, index) => !isRight(decision, samples[index] as Sample)).length;
  }
  heaps.push(measureHeap());
  expect(wrong).toBe(0);
  // Kept whole, the second half alone would take more than 1 kB a token
  const [, , half = 0, , end = 0] = heaps;
  expect(end - half).toBeLessThan(tokens * 0.5 * 256 + remembered * 4096);
}, 240_000);

import { createHash, randomUUID } from 'node:crypto';
import type { DpopCheck } from '../../src/sender/dpop-check.js';
import { longestClaimMs, type ProofRules } from '../../src/sender/dpop-check.js';
import { ClaimGate } from '../../src/sender/claim-gate.js';
import { ExpectedHtu } from '../../src/sender/htu.js';
import { ProofClaims } from '../../src/sender/proof-claims.js';
import { ProofHeaders } from '../../src/sender/proof-syntax.js';
import type { SenderOutcome, SentToken } from '../../src/sender/sender-check.js';
import { supportedAlgorithms } from '../../src/token/algorithms.js';
import type { VerifiedToken } from '../../src/token/verification.js';
import type { TestClock } from '../support/clock.js';
import { createHead, type HeadOptions } from '../support/head.js';
import { type SigningKey, signRaw } from '../support/keys.js';

export const resource = 'https://mcp.example.net/mcp';

export const bounds = { maxPerHolder: 1000, maxEntries: 100_000, longestMs: longestClaimMs(300) };

/** What a check goes by, with a clock that stands still. */
export function rulesOf(clock: TestClock, changes: Partial<ProofRules> = {}): ProofRules {
  return {
    isRequired: false,
    algorithms: new Set(supportedAlgorithms),
    htu: new ExpectedHtu(resource),
    maxAgeSeconds: 300,
    now: clock.now,
    headers: new ProofHeaders(100),
    claims: new ClaimGate(new ProofClaims(bounds, clock.now), () => undefined),
    nonces: undefined,
    ...changes,
  };
}

export const thumbprintOf = ({ publicJwk: { crv, kty, x, y } }: SigningKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

export function tokenOf(text: string, jkt: string | undefined): VerifiedToken {
  return {
    token: text,
    issuer: 'https://as.example.com',
    authorizationServer: 'https://as.example.com',
    clientId: 'client-1',
    subject: 'user-1',
    audience: resource,
    scopes: [],
    expiresAt: 0,
    claims: {},
    verifiedBy: 'jwt',
    ...(jkt === undefined ? undefined : { confirmation: { jkt } }),
  };
}

/** A good proof, with changes. */
export function prove(
  key: SigningKey,
  token: string,
  seconds: number,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { kty, crv, x, y } = key.publicJwk;
  const ath = createHash('sha256').update(token).digest('base64url');
  return signRaw(
    key,
    { jti: randomUUID(), htm: 'POST', htu: resource, iat: seconds, ath, ...claims },
    { typ: 'dpop+jwt', kid: undefined, jwk: { kty, crv, x, y }, ...header },
  );
}

export function sent(token: VerifiedToken, proof: string, head: HeadOptions = {}): SentToken {
  return { head: createHead({ ...head, headers: { dpop: proof } }), scheme: 'dpop', token };
}

/** `proven`, or the code with the part that decided. */
export async function outcomeOf(check: DpopCheck, request: SentToken): Promise<string> {
  return describe(await check.check(request));
}

function describe(outcome: SenderOutcome): string {
  if (outcome.kind === 'proven') return outcome.kind;
  return outcome.claim === undefined ? outcome.code : `${outcome.code}: ${outcome.claim}`;
}

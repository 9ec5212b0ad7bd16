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
import { resource } from '../support/proofs.js';

export { prove, resource, thumbprintOf } from '../support/proofs.js';

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

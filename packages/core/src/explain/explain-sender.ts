import type { ResolvedDpop } from '../config/proofs.js';
import { CertificateCheck } from '../sender/certificate-check.js';
import { ClaimGate } from '../sender/claim-gate.js';
import { digestOf } from '../sender/digests.js';
import { DpopCheck } from '../sender/dpop-check.js';
import { ExpectedHtu } from '../sender/htu.js';
import { ProofHeaders } from '../sender/proof-syntax.js';
import type { RejectedProof, SenderCheck } from '../sender/sender-check.js';
import { type Confirmation, readConfirmation } from '../token/confirmation.js';
import type { Claims } from '../token/token-policy.js';
import type { RejectedToken } from '../token/verification.js';
import { readRequest } from './explained-request.js';
import type { ExplainRules } from './explain-rules.js';
import type { TokenBinding } from './explanation.js';

/** What speaks against the sender; nothing where nothing does, `unknown` where it was not told who that is. */
type FoundSender = RejectedProof | RejectedToken | undefined | 'unknown';

interface ExplainedSender {
  readonly found: FoundSender;
  readonly binding: TokenBinding | undefined;
}

/** Each proof is taken for a new one: whether it was used before, only the server knows. */
const neverUsed = new ClaimGate({ claim: () => 'claimed' }, () => undefined);

/**
 * Whether a token comes from whoever it is bound to, by the checks of a gate.
 *
 * Does not check: whether the proof was used before, and its nonce.
 */
export async function explainSender(
  token: string,
  claims: Claims,
  rules: ExplainRules,
): Promise<ExplainedSender> {
  const confirmation = readConfirmation(claims, rules.jwt.confirmations);
  if (confirmation === 'unusable') return { found: 'unknown', binding: undefined };
  return {
    found: await judgeSender(token, confirmation, rules),
    binding: confirmation && describeBinding(token, confirmation, rules),
  };
}

async function judgeSender(
  token: string,
  confirmation: Confirmation | undefined,
  { dpop, request, resource, jwt }: ExplainRules,
): Promise<FoundSender> {
  if (request === undefined && (confirmation !== undefined || dpop === undefined)) {
    return confirmation === undefined ? undefined : 'unknown';
  }
  const { head, scheme, thumbprint } = request ?? readRequest({}, resource);
  const sent = { head, scheme, token: { token, confirmation } };
  const checks: SenderCheck[] = [];
  if (thumbprint !== undefined) checks.push(new CertificateCheck(() => ({ thumbprint })));
  if (dpop !== undefined) checks.push(createCheck(dpop, resource, () => jwt.time.now() * 1000));
  for (const check of checks) {
    const outcome = await check.check(sent);
    if (outcome.kind !== 'proven') return outcome;
  }
  return confirmation?.x5tS256 !== undefined && thumbprint === undefined ? 'unknown' : undefined;
}

function createCheck(
  { mode, algorithms, maxAgeSeconds, publicUrl }: ResolvedDpop,
  resource: string,
  now: () => number,
): DpopCheck {
  return new DpopCheck({
    isRequired: mode === 'dpop-required',
    algorithms: new Set(algorithms),
    htu: new ExpectedHtu(resource, publicUrl),
    maxAgeSeconds,
    now,
    headers: new ProofHeaders(1),
    claims: neverUsed,
    nonces: undefined,
  });
}

function describeBinding(
  token: string,
  { jkt, x5tS256 }: Confirmation,
  { dpop, request, resource }: ExplainRules,
): TokenBinding {
  const head = request?.head;
  const htu = new ExpectedHtu(resource, dpop?.publicUrl).of(head?.target ?? resource);
  return {
    ...(jkt === undefined
      ? undefined
      : {
          proof: { thumbprint: jkt, htm: head?.method ?? 'POST', htu: htu ?? resource, ath: digestOf(token) },
        }),
    ...(x5tS256 === undefined ? undefined : { certificate: { thumbprint: x5tS256 } }),
  };
}

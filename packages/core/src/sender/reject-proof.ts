import type { ProofErrorCode } from '../errors/proof-error.js';
import { toFact } from '../events/facts.js';
import type { Difference } from '../token/verification.js';
import type { RejectedProof } from './sender-check.js';

/** @param claim - the part of the proof that decided */
export function rejectProof(
  code: ProofErrorCode,
  claim?: string,
  difference: Difference = {},
): RejectedProof {
  const [expected, actual] = [toFact(difference.expected), toFact(difference.actual)];
  return {
    kind: 'proof-rejected',
    code,
    ...(claim === undefined ? undefined : { claim }),
    ...(expected === undefined ? undefined : { expected }),
    ...(actual === undefined ? undefined : { actual }),
  };
}

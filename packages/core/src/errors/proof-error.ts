/** Why a proof of possession next to a token was not accepted (RFC 9449 §4.3, §7.1, §9). */
export type ProofErrorCode =
  | 'missing_proof'
  | 'repeated_proof'
  | 'invalid_proof'
  | 'proof_expired'
  | 'proof_from_future'
  | 'replayed_proof'
  | 'use_dpop_nonce'
  | 'too_many_proofs'
  | 'proofs_unavailable';

const descriptions: Readonly<Record<ProofErrorCode, string>> = {
  missing_proof: 'The scheme DPoP needs a proof in the DPoP header',
  repeated_proof: 'The DPoP header must occur once and hold one proof',
  invalid_proof: 'The DPoP proof is not valid for this request',
  proof_expired: 'The DPoP proof is too old, or the clock of the client is wrong',
  proof_from_future: 'The DPoP proof was made in the future by the clock of this resource',
  replayed_proof: 'The DPoP proof was used before',
  use_dpop_nonce: 'The DPoP proof must hold the nonce of this resource',
  too_many_proofs: 'Too many DPoP proofs of this key at a time',
  proofs_unavailable: 'Nobody can tell at the moment whether the DPoP proof was used before',
};

/** The fixed English sentence for a code: safe in a header, free of anything the proof holds. */
export function describeProofError(code: ProofErrorCode): string {
  return descriptions[code];
}

export function isProofErrorCode(code: string): code is ProofErrorCode {
  return Object.hasOwn(descriptions, code);
}

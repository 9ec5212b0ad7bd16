/** A situation that no case covers. */
export interface OutOfScopeSituation {
  readonly situation: string;
  readonly reason: string;
}

const dpop =
  'Proof of possession with DPoP is not offered: the scheme is answered like any other foreign scheme.';

/** Situations of the decision table that are not decided here yet, or by somebody else. */
export const outOfScope: readonly OutOfScopeSituation[] = [
  { situation: 'weak or old login', reason: 'Step-up authentication (RFC 9470) is not offered.' },
  { situation: 'DPoP scheme, proof missing or bad', reason: dpop },
  { situation: 'DPoP scheme, nonce missing or stale', reason: dpop },
  { situation: 'DPoP scheme, key differs from token', reason: dpop },
  {
    situation: 'foreign Origin',
    reason: 'Origin and Host are validated by the MCP SDK or the application, before any token is looked at.',
  },
];

/** A situation that no case covers. */
export interface OutOfScopeSituation {
  readonly situation: string;
  readonly reason: string;
}

/** Situations of the decision table that are not decided here yet, or by somebody else. */
export const outOfScope: readonly OutOfScopeSituation[] = [
  { situation: 'weak or old login', reason: 'Step-up authentication (RFC 9470) is not offered.' },
  {
    situation: 'foreign Origin',
    reason: 'Origin and Host are validated by the MCP SDK or the application, before any token is looked at.',
  },
];

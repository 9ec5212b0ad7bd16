import type { Decision } from '../../src/gate/decision.js';
import type { Gate } from '../../src/gate/gate.js';
import { headWith } from './head.js';

/** What a gate says of a token without waiting for anything; `later` where it has to wait. */
export function askAtOnce(gate: Gate, token: string): Decision | 'later' {
  // A copy, as another request would bring it
  const authorization = Buffer.from(`Bearer ${token}`).toString();
  const decision = gate.authenticate(headWith(authorization));
  if (!(decision instanceof Promise)) return decision;
  decision.catch(() => undefined);
  return 'later';
}

/** `allow`, `refuse` or `later`. */
export function kindAtOnce(gate: Gate, token: string): string {
  const decision = askAtOnce(gate, token);
  return decision === 'later' ? decision : decision.kind;
}

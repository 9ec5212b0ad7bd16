import type { AllowDecision, Decision, Gate, RefuseDecision, RequestHead } from '@mcp-auth/core/adapter';
import type { CustomVerifier } from './custom-verifier.js';
import { addOldCode } from './old-codes.js';

export interface BridgeGateOptions {
  readonly showErrorDetails: boolean;
  readonly custom: CustomVerifier | undefined;
}

/** The core's gate, with what version 0.2 told clients on request, and handlers. */
export function createBridgeGate(gate: Gate, { showErrorDetails, custom }: BridgeGateOptions): Gate {
  const refuse = (head: RequestHead, refusal: RefuseDecision) =>
    showErrorDetails ? addOldCode(head, refusal) : refusal;
  const authenticate = (head: RequestHead): Decision | Promise<Decision> => {
    const [decision, call] = custom?.observe(() => gate.authenticate(head)) ?? [gate.authenticate(head), {}];
    const settle = (settled: Decision): Decision => {
      if (settled.kind === 'refuse') return refuse(head, settled);
      if (settled.auth === undefined || custom === undefined) return settled;
      return { ...settled, auth: custom.complete(settled.auth, call) };
    };
    return decision instanceof Promise ? decision.then(settle) : settle(decision);
  };
  return {
    resource: gate.resource,
    bodyLimits: (auth) => gate.bodyLimits(auth),
    authContext: gate.authContext,
    judgesOperations: gate.judgesOperations,
    authenticate,
    authorize: (head, auth, body) => {
      const decision = gate.authorize(head, auth, body);
      const settle = (settled: Decision) => (settled.kind === 'refuse' ? refuse(head, settled) : settled);
      return decision instanceof Promise ? decision.then(settle) : settle(decision);
    },
    endsCalls: gate.endsCalls,
    guardStream: (head, allowed) => gate.guardStream(head, allowed),
    openCall: (head: RequestHead, allowed: AllowDecision) => gate.openCall(head, allowed),
  };
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { allow, type AuthInfo, type OperationPolicy } from '@mcp-auth/core';

/** What a client calls where a policy decides. */
export const policyCall = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'run', arguments: { amount: 1 } },
});

/**
 * A policy as a remote engine has it: it answers later, and here lets everybody do everything. What is refused then, the gate refuses.
 */
export class EnginePolicy {
  /** Callers that it was asked about, in order. */
  readonly asked: (AuthInfo | undefined)[] = [];

  get operations(): OperationPolicy {
    const decide = async ({ caller }: { readonly caller: AuthInfo | undefined }) => {
      this.asked.push(caller);
      await nextTurn();
      return allow();
    };
    return { tools: { run: decide, '*': decide }, methods: { '*': decide } };
  }
}

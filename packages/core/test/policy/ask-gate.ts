import type { Decision } from '../../src/gate/decision.js';
import type { BearerAuthOptions, MCPAuthEvent, OperationPolicy, RequestHead } from '../../src/index.js';
import { createHead } from '../support/head.js';
import { protect, type Protected } from '../support/protect.js';

export interface AskedGate extends Protected {
  /** Both questions, as an adapter asks them. Without a scope: without a token. A text in place of the head is a version. */
  readonly send: (body: unknown, scope?: string, head?: Partial<RequestHead> | string) => Promise<Decision>;
}

/** A gate with rules. */
export async function gateWith(
  operations: OperationPolicy,
  options: Partial<BearerAuthOptions> = {},
): Promise<AskedGate> {
  const found = await protect({ options: { operations, ...options } });
  const { gate, issuer } = found;
  const tokens = new Map<string, string>();
  const tokenFor = async (scope: string) => {
    const token = tokens.get(scope) ?? (await issuer.sign({ scope }));
    tokens.set(scope, token);
    return token;
  };
  const send = async (value: unknown, scope?: string, more: Partial<RequestHead> | string = {}) => {
    const headers = {
      'mcp-protocol-version': typeof more === 'string' ? more : '2026-07-28',
      ...(scope === undefined ? undefined : { authorization: `Bearer ${await tokenFor(scope)}` }),
    };
    const head = { ...createHead({ headers }), ...(typeof more === 'string' ? {} : more) };
    const first = await gate.authenticate(head);
    if (first.kind === 'refuse' || first.next === 'proceed') return first;
    return gate.authorize(head, first.auth, { kind: 'json', value });
  };
  return { ...found, send };
}

export const callTool = (name: string, given?: unknown, id: string | number = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: given === undefined ? { name } : { name, arguments: given },
});

/** What the owner hears of rules. */
export const policyErrors = (events: readonly MCPAuthEvent[]) =>
  events.flatMap((event) => (event.type === 'policy' ? [event.error] : []));

/** The denials that the owner hears of. */
export const denials = (events: readonly MCPAuthEvent[]) =>
  events.flatMap((event) => (event.type === 'decision' && event.outcome === 'deny' ? [event] : []));

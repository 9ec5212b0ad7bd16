import { describe, expect, test } from 'vitest';
import type { AdapterBinding } from '../../src/adapter/binding.js';
import { runAuthenticate, runAuthorize, runGate } from '../../src/adapter/run-gate.js';
import type { BodyOutcome } from '../../src/http/json-body.js';
import type { RequestHead } from '../../src/http/request-head.js';
import type { AllowDecision } from '../../src/gate/decision.js';
import { headWith } from '../support/head.js';
import { protect } from '../support/protect.js';

interface Exchange {
  readonly head: RequestHead;
  readonly body: BodyOutcome | Error;
}

const binding: AdapterBinding<Exchange, string> = {
  readHead: ({ head }) => head,
  refuse: (_exchange, { status }) => `refuse ${status}`,
  proceed: (_exchange, auth) => `proceed ${auth?.subject ?? 'anonymous'}`,
  fail: (_exchange, error) => `fail ${String(error)}`,
  capabilities: {
    readBody: ({ body }) => (body instanceof Error ? Promise.reject(body) : body),
  },
};
const call = (name: string): BodyOutcome => ({
  kind: 'json',
  value: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } },
});

async function setUp() {
  const protectedResource = await protect({
    options: {
      requiredScopes: ['read'],
      operations: { tools: { '*': [], erase: ['admin'], open: 'anonymous' } },
    },
  });
  const token = await protectedResource.issuer.sign({ scope: 'read' });
  const exchange = (
    body: BodyOutcome | Error,
    authorization: string | undefined = `Bearer ${token}`,
  ): Exchange => ({
    head: headWith(authorization),
    body,
  });
  return { ...protectedResource, exchange };
}

describe('both questions in one go', () => {
  test('[MCP-2026-07-28-RS-030] the body decides before anything runs', async () => {
    const { gate, exchange } = await setUp();
    expect(await runGate(gate, binding, exchange(call('erase')))).toBe('refuse 403');
    expect(await runGate(gate, binding, exchange(call('show')))).toBe('proceed user-1');
    expect(await runGate(gate, binding, exchange({ kind: 'not-json' }))).toBe('refuse 400');
  });

  test('[MCP-2026-07-28-RS-030] a body that cannot be read to its end is a failure, not a pass', async () => {
    const { gate, exchange } = await setUp();
    expect(await runGate(gate, binding, exchange(new Error('aborted')))).toBe('fail Error: aborted');
  });

  test('[MCP-2026-07-28-RS-030] an adapter that cannot read bodies fails the request instead of skipping the question', async () => {
    const { gate, exchange } = await setUp();
    for (const capabilities of [undefined, {}]) {
      const result = await runGate(gate, { ...binding, capabilities }, exchange(call('show')));
      expect(result).toMatch(/^fail MCPAuthConfigError: operations/);
    }
  });
});

describe('one question after the other, for frameworks that parse in between', () => {
  async function first(exchange: Exchange, gate: Awaited<ReturnType<typeof setUp>>['gate']) {
    const pending: AllowDecision[] = [];
    const result = await runAuthenticate(gate, binding, exchange, (decision) => pending.push(decision));
    return { result, pending };
  }

  test('[MCP-2026-07-28-RS-030] the first lets the request go on to its body, the second decides', async () => {
    const { gate, exchange } = await setUp();
    const { result, pending } = await first(exchange(call('erase')), gate);
    expect(result).toBe('proceed user-1');
    const [decision] = pending;
    if (decision === undefined) throw new Error('no second question');
    expect(await runAuthorize(gate, binding, exchange(call('erase')), decision)).toBe('refuse 403');
    expect(await runAuthorize(gate, binding, exchange(call('show')), decision)).toBe('proceed user-1');
  });

  test('[MCP-2026-07-28-RS-030] a refusal of the first ends it', async () => {
    const { gate, exchange } = await setUp();
    expect(await first(exchange(call('open'), 'Bearer bad'), gate)).toEqual({
      result: 'refuse 401',
      pending: [],
    });
  });

  test('without operations there is no second question', async () => {
    const { gate, issuer } = await protect();
    const exchange: Exchange = { head: headWith(`Bearer ${await issuer.sign()}`), body: new Error('read') };
    expect(await first(exchange, gate)).toEqual({ result: 'proceed user-1', pending: [] });
  });

  test('anonymous access waits for the body as well', async () => {
    const { gate, exchange } = await setUp();
    const { pending } = await first({ ...exchange(call('open'), ''), head: headWith(undefined) }, gate);
    const [decision] = pending;
    if (decision === undefined) throw new Error('no second question');
    expect(await runAuthorize(gate, binding, exchange(call('open'), ''), decision)).toBe('proceed anonymous');
    expect(await runAuthorize(gate, binding, exchange(call('show'), ''), decision)).toBe('refuse 401');
  });
});

import { describe, expect, test } from 'vitest';
import { byOpa } from '../../src/policies/opa.js';
import { testRefunds } from './refunds.js';
import { serve } from './server-with-policy.js';
import { json, outages, useStub } from './stub.js';

/**
 * A stub, no OPA: it follows the Data API (`POST /v1/data/…` with `input`, an answer with `result`) and decides as `refunds.rego` does.
 * The real one has the same tests in apps/interop/policies.
 */
const opa = useStub();
const clerk = { subject: 'clerk' };

interface Input {
  readonly tool?: string;
  readonly tools?: readonly string[];
  readonly groups: readonly string[];
  readonly arguments?: { readonly amount?: unknown };
}

function decide({ tool, groups, arguments: given }: Input): string {
  if (tool === 'list-refunds' || groups.includes('managers')) return 'allow';
  if (tool !== 'refund') return 'deny';
  if (given === undefined) return 'depends';
  return typeof given.amount === 'number' && given.amount <= 100 ? 'allow' : 'deny';
}

describe('a stub of OPA', () => {
  const start = () => {
    opa.respond = (response, { input }, { url }) => {
      const asked = input as Input;
      const result =
        url === '/v1/data/mcp/answer'
          ? decide(asked)
          : asked.tools?.map((tool) => decide({ ...asked, tool }));
      json({ result })(response);
    };
    return serve(byOpa(opa.url));
  };
  testRefunds(start);

  test('is asked once for a list, and never told the token', async () => {
    opa.received.length = 0;
    await start().list(clerk, ['a', 'b', 'c']);
    await start().call(clerk, 'list-refunds');
    expect(opa.received).toHaveLength(4);
    expect(opa.received.join()).not.toContain('secret');
  });
});

describe('OPA that answers something else, or nothing, is 503', () => {
  test.each([...outages, ['fewer than asked for', json({ result: ['allow'] })] as const])(
    '%s',
    async (_what, respond) => {
      opa.respond = respond;
      const server = serve(byOpa(opa.url));
      expect(await server.call(clerk, 'list-refunds')).toBe(503);
      expect(await server.list(clerk, ['list-refunds', 'refund'])).toBe('policy_unavailable');
      expect(server.outages()).toBeGreaterThan(0);
    },
  );

  test('nobody listens', async () => {
    expect(await serve(byOpa('http://127.0.0.1:1')).call(clerk, 'list-refunds')).toBe(503);
  });
});

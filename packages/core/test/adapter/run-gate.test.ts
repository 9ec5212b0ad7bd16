import { describe, expect, test } from 'vitest';
import type { AdapterBinding } from '../../src/adapter/binding.js';
import { runGate } from '../../src/adapter/run-gate.js';
import type { RequestHead } from '../../src/http/request-head.js';
import { headWith } from '../support/head.js';
import { protect } from '../support/protect.js';

interface Exchange {
  readonly head: RequestHead;
  readonly log: string[];
}

function bind(changes: Partial<AdapterBinding<Exchange, string>> = {}): AdapterBinding<Exchange, string> {
  const note = ({ log }: Exchange, entry: string) => {
    log.push(entry);
    return entry;
  };
  return {
    readHead: ({ head }) => head,
    refuse: (exchange, { status }) => note(exchange, `refuse ${status}`),
    proceed: (exchange, auth) => note(exchange, `proceed ${auth?.subject ?? 'anonymous'}`),
    fail: (exchange, error) => note(exchange, `fail ${String(error)}`),
    ...changes,
  };
}
const boom = () => {
  throw new Error('boom');
};

async function setUp() {
  const protectedResource = await protect();
  const token = await protectedResource.issuer.sign();
  await protectedResource.ask(token);
  const log: string[] = [];
  const exchange = (authorization?: string): Exchange => ({ head: headWith(authorization), log });
  return { ...protectedResource, token, log, exchange };
}

describe('one exchange leads to exactly one of refuse, proceed and fail', () => {
  test('a refusal that is known at once is given at once', async () => {
    const { gate, exchange, log } = await setUp();
    expect(runGate(gate, bind(), exchange())).toBe('refuse 401');
    expect(log).toEqual(['refuse 401']);
  });

  test('a verdict that has to be waited for', async () => {
    const { gate, exchange, token, log } = await setUp();
    expect(await runGate(gate, bind(), exchange(`Bearer ${token}`))).toBe('proceed user-1');
    expect(await runGate(gate, bind(), exchange(`Bearer ${token}x`))).toBe('refuse 401');
    expect(log).toEqual(['proceed user-1', 'refuse 401']);
  });

  test('[MCP-2026-07-28-RS-030] a head that cannot be read is a failure, not an exception', async () => {
    const { gate, exchange, log } = await setUp();
    expect(runGate(gate, bind({ readHead: boom }), exchange())).toBe('fail Error: boom');
    expect(log).toEqual(['fail Error: boom']);
  });

  test('[MCP-2026-07-28-RS-030] a fault of the application reaches fail, and the request does not go on', async () => {
    const { gate, log } = await protect({ mode: boom }).then(({ gate: own }) => ({
      gate: own,
      log: [] as string[],
    }));
    expect(await runGate(gate, bind(), { head: headWith('Bearer opaque'), log })).toBe('fail Error: boom');
    expect(log).toEqual(['fail Error: boom']);
  });

  test('a response that cannot be written any more is a failure, never an unhandled rejection', async () => {
    const { gate, exchange, token } = await setUp();
    expect(runGate(gate, bind({ refuse: boom }), exchange())).toBe('fail Error: boom');
    expect(await runGate(gate, bind({ refuse: boom }), exchange(`Bearer ${token}x`))).toBe(
      'fail Error: boom',
    );
    expect(await runGate(gate, bind({ proceed: boom }), exchange(`Bearer ${token}`))).toBe(
      'fail Error: boom',
    );
  });
});

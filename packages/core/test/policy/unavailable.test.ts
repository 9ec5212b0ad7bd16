import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { allow, createPolicy, type OperationFunction, PolicyUnavailableError } from '../../src/index.js';
import { fieldsOf, refused, statusOf } from '../support/protect.js';
import { callTool, denials, gateWith, policyErrors } from './ask-gate.js';

const down = new PolicyUnavailableError('The engine answered 502', { retryAfterSeconds: 17 });
const throws: OperationFunction = () => {
  throw down;
};
const rejects: OperationFunction = () => Promise.reject(down);
const rules = (rule: OperationFunction, ruleTimeoutMs = 5000) => ({ tools: { '*': rule }, ruleTimeoutMs });

describe('an engine that cannot be asked', () => {
  test.each([
    ['throws', throws],
    ['rejects', rejects],
  ])('%s: 503 with Retry-After, with a token and without, and never a challenge', async (_how, rule) => {
    const { send, events } = await gateWith(rules(rule));
    for (const scope of ['read', undefined]) {
      const decision = refused(await send(callTool('x', {}, 7), scope));
      expect(decision.status).toBe(503);
      expect(fieldsOf(decision, 'retry-after')).toEqual(['17']);
      expect(fieldsOf(decision, 'access-control-expose-headers')).toEqual(['Retry-After']);
      expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
      expect(JSON.parse(decision.body ?? '')).toEqual({
        jsonrpc: '2.0',
        id: 7,
        error: { code: -32_000, message: 'The policy of this resource cannot be asked now. Try again later' },
      });
    }
    expect(policyErrors(events)[0]).toMatchObject({
      code: 'policy_unavailable',
      message: 'operations.tools["*"]: cannot be asked about tools/call.',
      cause: down,
    });
    expect(denials(events)[0]).toMatchObject({
      status: 503,
      code: 'policy_unavailable',
      level: 'warn',
      operations: [{ method: 'tools/call', target: 'x' }],
    });
  });

  test('beats what other rules of a batch deny, and each request gets the error', async () => {
    const { send } = await gateWith({ tools: { down: throws, '*': [] } });
    const decision = refused(await send([callTool('x', {}, 1), callTool('down', {}, 2)], 'read'));
    expect(decision.status).toBe(503);
    expect(JSON.parse(decision.body ?? '')).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  test.each([0, 3601, 1.5, Number.NaN, '60', undefined])(
    'says when to come back, and not what is no number of seconds: %s',
    async (retryAfterSeconds) => {
      const error = new PolicyUnavailableError('down', { retryAfterSeconds: retryAfterSeconds as number });
      const { send } = await gateWith(rules(() => Promise.reject(error)));
      expect(fieldsOf(await send(callTool('x'), 'read'), 'retry-after')).toEqual(['5']);
    },
  );

  test('is told apart from an error of the rule, also where another copy of the package threw', async () => {
    const foreign = Object.assign(new Error('down'), {
      name: 'PolicyUnavailableError',
      code: 'policy_unavailable',
      retryAfterSeconds: 9,
    });
    const { send } = await gateWith({
      tools: {
        foreign: () => Promise.reject(foreign),
        other: () => Promise.reject(Object.assign(new Error('down'), { code: 'policy_unavailable' })),
        '*': 'refuse',
      },
    });
    expect(statusOf(await send(callTool('foreign'), 'read'))).toBe(503);
    expect(statusOf(await send(callTool('other'), 'read'))).toBe(500);
  });
});

describe('a rule that takes too long', () => {
  const never = () => new Promise<never>(() => undefined);

  test('is answered with 503 at the limit', async () => {
    const { send, events } = await gateWith(rules(never, 20));
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(503);
    expect(policyErrors(events)[0]?.message).toBe(
      'operations.tools["*"]: came to no decision on tools/call within 20 ms.',
    );
  });

  test('has its own limit where it says so', async () => {
    const { send } = await gateWith(rules(createPolicy({ decide: never, timeoutMs: 10 }), 300_000));
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(503);
  });

  test('is told by the signal, and what it does afterwards is nobody’s error', async () => {
    const aborted: boolean[] = [];
    const late: OperationFunction = async ({ signal }) => {
      aborted.push(signal.aborted);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      aborted.push(signal.aborted);
      throw new Error('too late');
    };
    const { send } = await gateWith(rules(late, 10));
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(503);
    await wait(1);
    expect(aborted).toEqual([false, true]);
  });

  test('a permission that comes after the limit opens nothing', async () => {
    const late: OperationFunction = () => wait(40).then(allow);
    const { send } = await gateWith(rules(late, 5));
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(503);
  });

  test('that is in time passes, and its signal is never aborted', async () => {
    const signals: AbortSignal[] = [];
    const { send } = await gateWith(
      rules(async ({ signal }) => {
        signals.push(signal);
        await wait(1);
        return allow();
      }, 30),
    );
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(200);
    await wait(40);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

describe('a client that leaves', () => {
  const leaving = () => {
    const listeners = new Set<() => void>();
    const whenGone = (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    const leave = () => {
      for (const listener of listeners) listener();
    };
    return { whenGone, leave, listeners };
  };

  test('ends the question, and is no engine that is down', async () => {
    const { whenGone, leave } = leaving();
    let aborted = false;
    const ask: OperationFunction = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('aborted'));
        });
        leave();
      });
    const { send, events } = await gateWith(rules(ask));
    expect(statusOf(await send(callTool('x'), 'read', { whenGone }))).toBe(503);
    expect(aborted).toBe(true);
    expect(policyErrors(events)).toEqual([]);
    expect(denials(events)[0]?.hint).toBe('The client left before there was a decision');
  });

  test('is not listened to any more once there is a decision', async () => {
    const { whenGone, leave, listeners } = leaving();
    const signals: AbortSignal[] = [];
    const { send } = await gateWith(
      rules(({ signal }) => {
        signals.push(signal);
        return Promise.resolve(allow());
      }),
    );
    expect(statusOf(await send(callTool('x'), 'read', { whenGone }))).toBe(200);
    expect(listeners.size).toBe(0);
    leave();
    expect(signals[0]?.aborted).toBe(false);
  });

  test('costs nothing where a rule answers immediately and does not ask', async () => {
    const { whenGone, listeners } = leaving();
    let asked = 0;
    const head = { whenGone: (listener: () => void) => (asked++, whenGone(listener)) };
    const { send } = await gateWith(rules(() => allow()));
    expect(statusOf(await send(callTool('x'), 'read', head))).toBe(200);
    expect([asked, listeners.size]).toEqual([0, 0]);
  });

  test('a signal that is read when all is over starts nothing', async () => {
    const requests: { readonly signal: AbortSignal }[] = [];
    const { whenGone, listeners } = leaving();
    const { send } = await gateWith(
      rules((request) => {
        requests.push(request);
        return allow();
      }),
    );
    await send(callTool('x'), 'read', { whenGone });
    expect(requests[0]?.signal.aborted).toBe(false);
    expect(listeners.size).toBe(0);
  });
});

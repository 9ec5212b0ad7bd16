import { describe, expect, test } from 'vitest';
import type { AdapterBinding } from '../../src/adapter/binding.js';
import { runAuthenticate, runAuthorize, runGate } from '../../src/adapter/run-gate.js';
import { runEndpoint } from '../../src/adapter/run-endpoint.js';
import { headWith } from '../support/head.js';
import { protect } from '../support/protect.js';

/** What frameworks take for consent, or do not know what to do with. */
const values: readonly unknown[] = [
  undefined,
  null,
  0,
  '',
  false,
  NaN,
  'route',
  'router',
  {},
  { status: 200 },
];

type Step = 'readHead' | 'refuse' | 'proceed';

/** Express's way to hand an error on, which calls the handler for anything falsy. */
function bind(step: Step | undefined, thrown: unknown) {
  const seen: unknown[] = [];
  const at = (own: Step) => {
    if (own === step) throw thrown;
    return undefined;
  };
  const binding: AdapterBinding<undefined, void> = {
    readHead: () => {
      at('readHead');
      return headWith('Bearer opaque');
    },
    refuse: () => at('refuse'),
    proceed: () => at('proceed'),
    fail: (_exchange, error) => void seen.push(error),
  };
  return { binding, seen };
}

function expectError(seen: readonly unknown[], thrown: unknown): void {
  expect(seen).toHaveLength(1);
  const [error] = seen;
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).cause).toBe(thrown);
}

describe.each(values.map((value) => [value]))(
  '[MCP-2026-07-28-RS-030] %j that was thrown for an error does not open the handler',
  (thrown) => {
    const throwing = () => {
      throw thrown;
    };

    test('by a custom verifier', async () => {
      const { gate } = await protect({ mode: throwing });
      const { binding, seen } = bind(undefined, thrown);
      await runGate(gate, binding, undefined);
      expectError(seen, thrown);
    });

    test('by a custom verifier in front of a body', async () => {
      const { gate } = await protect({ mode: async () => throwing() });
      const { binding, seen } = bind(undefined, thrown);
      await runAuthenticate(gate, binding, undefined, () => undefined);
      expectError(seen, thrown);
    });

    test.each<Step>(['readHead', 'refuse'])('by %s of a binding', async (step) => {
      const { gate } = await protect();
      for (const run of [
        (binding: AdapterBinding<undefined, void>) => runGate(gate, binding, undefined),
        (binding: AdapterBinding<undefined, void>) =>
          runAuthenticate(gate, binding, undefined, () => undefined),
      ]) {
        const { binding, seen } = bind(step, thrown);
        await run(binding);
        expectError(seen, thrown);
      }
    });

    test('by a reader of bodies', async () => {
      const { gate } = await protect();
      const { binding, seen } = bind(undefined, thrown);
      const reading = { ...binding, capabilities: { readBody: throwing } };
      const pending = {
        kind: 'allow',
        next: 'authorize',
        auth: undefined,
        headers: [],
        requirements: [],
      } as const;
      await runAuthorize(gate, reading, undefined, pending);
      expectError(seen, thrown);
    });

    test('by an endpoint', async () => {
      for (const answer of [throwing, async () => throwing()]) {
        const { binding, seen } = bind(undefined, thrown);
        let passed = false;
        await runEndpoint({ answer }, binding, undefined, () => void (passed = true));
        expectError(seen, thrown);
        expect(passed).toBe(false);
      }
    });
  },
);

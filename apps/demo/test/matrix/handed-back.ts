import type { MatrixMethod } from '@mcp-auth/conformance';
import { describe, expect, test } from 'vitest';
import { newestWire, type Answer, type Params } from './messages.js';
import type { Subject } from './subjects.js';
import { scopes, type World } from './world.js';

/** What asks a client to come back with a state. */
const rounds: Readonly<Record<string, Params>> = {
  'tools/call': { name: 'import', arguments: {} },
  'prompts/get': { name: 'import' },
  'resources/read': { uri: 'notes://drafts/1' },
};

/** Handles that one caller got, in the hands of others. */
export function describeHandles(
  getWorld: () => World,
  { wire, report, readHandle }: Subject,
  served: readonly MatrixMethod[],
): void {
  const ask = (method: string, params: Params, sub = 'owner', scope = scopes.all) =>
    getWorld().ask(wire.post(method, params), { scope, sub });
  const makeTask = async (isDone: boolean, sub?: string) =>
    readHandle(await ask('tools/call', report(isDone), sub));
  /** What is looked up for a request, and its answer without the handle. */
  const observe = async (handle: string, act: () => Promise<Answer>) => {
    const { taken } = getWorld().work;
    const before = taken.length;
    const { status, text } = await act();
    // The SDK's sign of life, where an answer takes longer
    const said = text.replaceAll(': keepalive\n\n', '').replaceAll(handle, '…');
    return { answer: { status, text: said }, taken: taken.slice(before) };
  };
  const alter = (handle: string) => `${handle.slice(0, -2)}${handle.endsWith('AA') ? 'BB' : 'AA'}`;

  describe.each(served.filter(({ handle }) => handle === 'task'))(
    'the handle of a task in $name',
    ({ name }) => {
      // A result is waited for until there is one
      const isDone = name === 'tasks/result';

      test('is answered as an unknown one, byte for byte, to everybody but its maker', async () => {
        const handle = await makeTask(isDone);
        const unknown = await observe('made-up', () => ask(name, { taskId: 'made-up' }));
        expect(unknown.answer.text).toMatch(/"code":-32602.*not found/i);
        for (const [what, taskId, sub, scope] of [
          ['of another principal', handle, 'other', scopes.all],
          ['with a token that does not cover what its maker needed', handle, 'owner', scopes.withoutKept],
          ['altered', alter(handle), 'owner', scopes.all],
        ] as const) {
          const { answer, taken } = await observe(taskId, () => ask(name, { taskId }, sub, scope));
          expect(answer, what).toEqual(unknown.answer);
          // The same look-up, of what there is not
          expect(taken, what).toEqual(unknown.taken);
        }
      });

      test('opens for its maker', async () => {
        const taskId = await makeTask(isDone);
        const { status, text, message } = await ask(name, { taskId });
        expect(status).toBe(200);
        expect(message?.error).toBeUndefined();
        expect(text).toContain(taskId);
      });
    },
  );

  describe.each(served.filter(({ name }) => name === 'tasks/list'))('$name', ({ name }) => {
    test('lists nobody else’s', async () => {
      const handle = await makeTask(false, 'keeper');
      const list = async (sub: string) => (await ask(name, {}, sub)).message?.result?.tasks;
      expect(await list('other')).toEqual([]);
      expect(await list('keeper')).toMatchObject([{ taskId: handle }]);
    });
  });

  const stateful = wire === newestWire ? served.filter(({ handle }) => handle === 'state') : [];
  describe.each(stateful)('the state of a request in $name', ({ name }) => {
    const params = rounds[name] ?? {};
    const comeBack = (requestState: string, sub?: string) => ask(name, { ...params, requestState }, sub);

    test('is answered as an unknown one, byte for byte, to everybody but who got it, and nothing runs', async () => {
      const { message } = await ask(name, params);
      const state = message?.result?.requestState as string;
      const unknown = await observe('made-up', () => comeBack('made-up'));
      expect(unknown.answer.text).toContain('-32602');
      for (const [given, sub] of [
        [state, 'other'],
        [alter(state), 'owner'],
      ] as const) {
        expect(await observe(given, () => comeBack(given, sub))).toEqual(unknown);
      }
      expect(unknown.taken).toEqual([]);
      const opened = await observe(state, () => comeBack(state));
      expect(opened.answer.text).toContain('for owner');
      expect(opened.taken).toEqual([{ step: 1 }]);
    });
  });
}

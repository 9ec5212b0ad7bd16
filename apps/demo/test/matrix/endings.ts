import type { MatrixMethod } from '@mcp-auth/conformance';
import { describe, expect, test, vi } from 'vitest';
import { hosts } from './hosts.js';
import { get, paramsOf } from './messages.js';
import type { Subject } from './subjects.js';
import { openWorld, scopes, type World } from './world.js';

const retry = 'retry: (?:[1-4]\\d{3}|5000)\\n';
const retryAlone = new RegExp(`${retry}\\n$`);
const errorFor = (id: string) =>
  new RegExp(
    `${retry}event: message\\ndata: \\{"jsonrpc":"2\\.0","id":"${id}","error":\\{"code":-32000,"message":"[^"]+"\\}\\}\\n\\n$`,
  );
const patience = { timeout: 10_000, interval: 20 };

/** A stream as its client sees it. */
async function watch(response: Response) {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const state = { text: '', isOver: false };
  const read = async () => {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      state.text += decoder.decode(value, { stream: true });
    }
  };
  void read()
    .catch((error: unknown) => (state.text += `broken: ${String(error)}`))
    .finally(() => (state.isOver = true));
  // Something has come: until then there is no stream
  await vi.waitFor(() => expect(state.text).not.toBe(''), patience);
  expect(state.isOver).toBe(false);
  return state;
}

const endings = [
  [
    'its token expires',
    300,
    async ({ clock }: World) => {
      clock.advanceSeconds(306);
      return Promise.resolve();
    },
  ],
  [
    'the key of its token is withdrawn',
    7200,
    async ({ clock, issuer }: World) => {
      clock.advanceSeconds(700);
      issuer.withdrawKeys();
      return Promise.resolve();
    },
  ],
] as const;

/** The answers of every method that can be a stream, open when their right ends. All adapters at a time: most of it is waiting. */
export function describeEndings(title: string, subject: Subject, served: readonly MatrixMethod[]): void {
  const { createServer, wire, hasGet, report, readHandle } = subject;
  const streaming = served.filter(({ stream }) => stream !== 'none');

  const openAll = async ({ ask, send, work }: World, token: string) => {
    const made = await ask(wire.post('tools/call', report(false)), { scope: scopes.all });
    work.hold();
    const streams = new Map<string, Awaited<ReturnType<typeof watch>>>();
    for (const method of streaming) {
      const params = paramsOf(method);
      const own = method.handle === 'task' ? { ...params, taskId: readHandle(made) } : params;
      streams.set(method.name, await watch(await send(wire.post(method.name, own, method.name), token)));
    }
    if (hasGet) streams.set('GET', await watch(await send(get, token)));
    return streams;
  };

  describe.concurrent.each(hosts)(
    `${title} behind %s: the stream of every method ends`,
    (_host, createHost) => {
      test.each(endings)('in the middle of the work when %s', async (_when, lifetimeSeconds, lose) => {
        const world = await openWorld(createHost, createServer);
        const { work } = world;
        try {
          const streams = await openAll(world, await world.sign(scopes.all, 'user-1', lifetimeSeconds));
          expect([...streams.keys()]).toEqual([
            ...streaming.map(({ name }) => name),
            ...(hasGet ? ['GET'] : []),
          ]);
          await lose(world);
          for (const [name, state] of streams) {
            await vi.waitFor(() => expect(state.isOver, `${name} has ended`).toBe(true), patience);
            expect(state.text, name).toMatch(name === 'GET' ? retryAlone : errorFor(name));
          }
          // Handlers that have a signal are told to stop: of a tool, a prompt and a resource
          await vi.waitFor(() => expect(work.aborted).toBeGreaterThanOrEqual(3), patience);
          work.release();
          for (const { text } of streams.values()) expect(text).not.toContain('"result"');
          expect(world.faults).toEqual([]);
        } finally {
          work.release();
          await world.close();
        }
      });
    },
  );
}

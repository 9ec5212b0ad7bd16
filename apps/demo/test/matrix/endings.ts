import type { MatrixMethod } from '@mcp-auth/conformance';
import { afterEach, describe, expect, test } from 'vitest';
import { get, paramsOf } from './messages.js';
import type { Subject } from './subjects.js';
import { scopes, type World } from './world.js';

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
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) state.text += decoder.decode(chunk, { stream: true });
  };
  void read()
    .catch((error: unknown) => (state.text += `broken: ${String(error)}`))
    .finally(() => (state.isOver = true));
  // Something has come: until then there is no stream
  await expect.poll(() => state.text, patience).not.toBe('');
  expect(state.isOver).toBe(false);
  return state;
}

/** The answers of every method that can be a stream, open when their right ends. */
export function describeEndings(
  getWorld: () => World,
  { wire, hasGet, report, readHandle }: Subject,
  served: readonly MatrixMethod[],
): void {
  const streaming = served.filter(({ stream }) => stream !== 'none');

  describe('the streams of every method end in the middle of the work', () => {
    afterEach(() => getWorld().work.release());

    const openAll = async (token: string) => {
      const { ask, send, work } = getWorld();
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
    const checkAll = async (streams: Awaited<ReturnType<typeof openAll>>) => {
      const { work } = getWorld();
      for (const [name, state] of streams) {
        await expect.poll(() => state.isOver, { ...patience, message: `${name} is open` }).toBe(true);
        expect(state.text, name).toMatch(name === 'GET' ? retryAlone : errorFor(name));
      }
      // Nobody hears what the handlers write from then on, and those that can be told are told to stop
      await expect.poll(() => work.aborted, patience).toBeGreaterThanOrEqual(3);
      work.release();
      for (const { text } of streams.values()) expect(text).not.toContain('"result"');
    };

    test.each([
      [
        'its token expires',
        300,
        (world: World) => {
          world.clock.advance(306);
          return Promise.resolve();
        },
      ],
      [
        'the key of its token is withdrawn',
        7200,
        async (world: World) => {
          world.clock.advance(700);
          await world.issuer.rotate();
        },
      ],
    ] as const)('when %s', async (_when, lifetimeSeconds, lose) => {
      const world = getWorld();
      world.work.aborted = 0;
      const streams = await openAll(await world.sign(scopes.all, 'user-1', lifetimeSeconds));
      expect([...streams.keys()]).toEqual([...streaming.map(({ name }) => name), ...(hasGet ? ['GET'] : [])]);
      await lose(world);
      await checkAll(streams);
    });
  });
}

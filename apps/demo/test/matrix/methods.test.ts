import { listMatrixMethods } from '@mcp-auth/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, paramsOf } from './messages.js';
import { subjects } from './subjects.js';
import { openBare } from './world.js';

const methods = listMatrixMethods();
const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name).sort();

/** The matrix is made of what is stated here. A release of an SDK that serves more, or less, fails. */
describe.each(Object.entries(subjects))('an official server without a gate, %s', (_name, subject) => {
  const { createServer, wire, unserved, hasGet } = subject;
  let bare: Awaited<ReturnType<typeof openBare>>;
  const found = {
    served: [] as { name: string }[],
    unserved: [] as { name: string }[],
    accepted: [] as { name: string }[],
    unclassified: [] as { name: string; text: string }[],
  };

  beforeAll(async () => {
    bare = await openBare(createServer);
    for (const method of methods) {
      const init = wire.post(method.name, paramsOf(method));
      const { status, text, message } = await bare.ask(init, method.stream === 'open');
      const isTold = method.kind === 'notification' && status === 202 && text === '';
      // Without a caller there are no tasks, which a handler has said then
      const isServed =
        method.kind === 'request' &&
        ((status === 200 && message !== undefined && !('error' in message)) ||
          (method.handle === 'task' && message?.error?.code === -32_602));
      if (message?.error?.code === -32_601) found.unserved.push(method);
      else if (isTold) found.accepted.push(method);
      else if (isServed) found.served.push(method);
      else found.unclassified.push({ name: method.name, text });
    }
  });
  afterAll(() => bare.close());

  test('leaves no method of the table unclassified', () => {
    expect(found.unclassified).toEqual([]);
    expect([found.served, found.unserved, found.accepted].flat()).toHaveLength(methods.length);
  });

  test('does not have these methods', () => {
    expect(names(found.unserved)).toEqual([...unserved].sort());
  });

  test('serves all other requests, and takes every notification', () => {
    const requests = methods.filter(({ kind }) => kind === 'request');
    expect(names(found.served)).toEqual(
      names(requests.filter(({ name }) => !(unserved as readonly string[]).includes(name))),
    );
    expect(names(found.accepted)).toEqual(names(methods.filter(({ kind }) => kind === 'notification')));
  });

  test(`${hasGet ? 'opens a' : 'has no'} stream of a GET`, async () => {
    expect((await bare.ask(get, true)).status).toBe(hasGet ? 200 : 405);
  });
});

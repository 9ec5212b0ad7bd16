import { listMatrixMethods, type MatrixMethod } from '@mcp-auth/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeEndings } from './endings.js';
import { describeHandles } from './handed-back.js';
import { hosts } from './hosts.js';
import { newestWire, paramsOf, type Message } from './messages.js';
import type { Subject } from './subjects.js';
import { openBare, openWorld, scopes, type World } from './world.js';

const login = /^Bearer (?!.*\berror=).*resource_metadata="/;
const helps = (scope: string) =>
  new RegExp(`^Bearer .*error="insufficient_scope".*scope="${scope}".*resource_metadata="`);

/** What the answers of a server say that nobody has called, said by a caller. */
const as = (subject: string, message: Message | undefined): unknown =>
  message && JSON.parse(JSON.stringify(message).replaceAll('for nobody', `for ${subject}`));

/** Every method of MCP × every column, for one official server behind every adapter. */
export function describeMatrix(title: string, subject: Subject): void {
  const { createServer, wire, unserved } = subject;
  const methods = listMatrixMethods();
  const isServed = ({ name, kind }: MatrixMethod) => kind === 'request' && !unserved.includes(name);
  const [served, others] = [true, false].map((is) => methods.filter((method) => isServed(method) === is)) as [
    MatrixMethod[],
    MatrixMethod[],
  ];
  const told = others.filter(({ kind }) => kind === 'notification');
  const absent = others.filter(({ kind }) => kind === 'request');
  // Clients of before forget what they hold when they ask for more
  const tooLittle = `notes:read notes:high${wire === newestWire ? '' : ' notes:kept'}`;
  /** What the server answers by itself. */
  const answers = new Map<string, Message | undefined>();

  beforeAll(async () => {
    const bare = await openBare(createServer);
    for (const method of served) {
      const { message } = await bare.ask(wire.post(method.name, paramsOf(method)), method.stream === 'open');
      answers.set(method.name, message);
    }
    await bare.close();
  });

  describe.each(hosts)(`${title} behind %s`, (_host, createHost) => {
    let world: World;

    beforeAll(async () => {
      world = await openWorld(createHost, createServer);
    });
    afterAll(() => world.close());

    const ask = (method: MatrixMethod, scope?: string, sub?: string) =>
      world.ask(wire.post(method.name, paramsOf(method)), {
        ...(scope === undefined ? undefined : { scope }),
        ...(sub === undefined ? undefined : { sub }),
        isOpen: method.stream === 'open',
      });
    /** Whom the SDK has heard meanwhile. */
    const during = async <Result>(act: () => Promise<Result>) => {
      const before = world.work.callers.length;
      const result = await act();
      return [result, world.work.callers.slice(before)] as const;
    };

    test.each(methods)('$name: without a token there is a login, and nothing runs', async (method) => {
      const [{ status, challenge, text }, callers] = await during(() => ask(method));
      expect(status).toBe(401);
      expect(challenge).toMatch(login);
      expect(text).not.toContain('result');
      expect(callers).toEqual([]);
    });

    test.each(served)(
      '$name: too little gets 403 that names what helps, and nothing runs',
      async (method) => {
        const [{ status, challenge }, callers] = await during(() => ask(method, scopes.lower));
        expect(status).toBe(403);
        expect(challenge).toMatch(helps(tooLittle));
        expect(callers).toEqual([]);
      },
    );

    test.each(served)("$name: enough gets the official server's own result", async (method) => {
      const [{ status, message }, callers] = await during(() => ask(method, scopes.all));
      expect(status).toBe(200);
      expect(answers.get(method.name)).toBeDefined();
      expect(message).toEqual(as('user-1', answers.get(method.name)));
      expect(callers).toEqual(['user-1']);
    });

    test.each(served)('$name: who comes next over the same connection is somebody else', async (method) => {
      await ask(method, scopes.all);
      const [{ message }, callers] = await during(() => ask(method, scopes.all, 'user-2'));
      expect(message).toEqual(as('user-2', answers.get(method.name)));
      expect(callers).toEqual(['user-2']);
    });

    test.each(told)(
      '$name: reaches the server from whom the route lets in, and says nothing',
      async (method) => {
        const [refused, none] = await during(() => ask(method, scopes.other));
        const [{ status, text }, callers] = await during(() => ask(method, scopes.all));
        expect([status, text]).toEqual([202, '']);
        if (method.from === 'server') {
          // No client has anything to tell a server with it
          expect([refused.status, none, callers]).toEqual([202, [], []]);
          return;
        }
        expect(refused.status).toBe(403);
        expect(refused.challenge).toMatch(helps('notes:read'));
        expect([none, callers]).toEqual([[], ['user-1']]);
        expect((await during(() => ask(method, scopes.all, 'user-2')))[1]).toEqual(['user-2']);
      },
    );

    test.each(absent)('$name: which the server does not have, is not made up by a gate', async (method) => {
      expect((await ask(method, scopes.all)).message).toMatchObject({ id: 1, error: { code: -32_601 } });
    });

    describeHandles(() => world, subject, served);

    test('nothing goes wrong meanwhile', () => expect(world.faults).toEqual([]));
  });

  describeEndings(title, subject, served);
}

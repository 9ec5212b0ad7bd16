import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../src/stage.js';
import { findActor, logIn, type User } from './call-tool.js';

interface Todo {
  id: string;
  owner: string;
  title: string;
  done: boolean;
}

describe('todo-manager', () => {
  let stage: Stage;
  let alice: User;
  let bob: User;
  let reader: User;
  let administrator: User;

  beforeAll(async () => {
    stage = await setStage(0);
    const server = findActor(stage, 'todo-manager');
    alice = await logIn(stage, server, 'alice', ['todo:read', 'todo:write']);
    bob = await logIn(stage, server, 'bob', ['todo:read', 'todo:write']);
    reader = await logIn(stage, server, 'alice', ['todo:read']);
    administrator = await logIn(stage, server, 'admin', ['todo:admin']);
  });
  afterAll(() => stage.close());

  const add = async (user: User, title: string): Promise<Todo> => {
    const { structuredContent } = await user.call('add-todo', { title });
    return (structuredContent as { todo: Todo }).todo;
  };
  const list = async (user: User, everybody = false): Promise<Todo[]> => {
    const { structuredContent } = await user.call('list-todos', { everybody });
    return (structuredContent as { todos: Todo[] }).todos;
  };

  it.each([
    ['add-todo', { title: 'x' }, 'todo:write'],
    ['complete-todo', { id: 'x' }, 'todo:write'],
    ['delete-todo', { id: 'x' }, 'todo:write'],
    ['list-todos', { everybody: true }, 'todo:admin'],
  ])(
    'refuses %s %j to a token that only reads, and names the scope [MCP-2026-07-28-RS-021]',
    async (tool, args, scope) => {
      await expect(reader.call(tool, args)).rejects.toMatchObject({
        name: 'InsufficientScopeError',
        requiredScope: scope,
      });
    },
  );

  const listWith = async (given: unknown) => {
    const { resource } = findActor(stage, 'todo-manager');
    const claims = { audience: resource, subject: 'carol', scopes: [], expiresInSeconds: 60 };
    const token = await stage.authorizationServer.sign(claims);
    const response = await fetch(resource, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'list-todos', arguments: given },
      }),
    });
    return response.status;
  };

  it.each([null, 'x', 5, []])('runs nothing with arguments that are no object: %j', async (given) => {
    expect(await listWith(given)).toBe(400);
  });

  it.each([{ everybody: 'yes' }, { everybody: 1 }])(
    'takes what is not plainly the own list for everybody’s: %j',
    async (given) => {
      expect(await listWith(given)).toBe(403);
    },
  );

  it("neither shows nor changes another user's items without todo:admin", async () => {
    const todo = await add(alice, 'private');
    expect((await list(bob)).map(({ id }) => id)).not.toContain(todo.id);
    for (const tool of ['complete-todo', 'delete-todo']) {
      const answers = await Promise.all(
        [todo.id, 'none', undefined].map((id) => bob.call(tool, { id }).catch(told)),
      );
      expect(answers[0]).toMatchObject({
        code: -32010,
        message: expect.stringContaining('no such item') as string,
      });
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    }
    expect(await list(alice)).toContainEqual(todo);
  });

  it('lets owners complete and delete their items', async () => {
    const { id } = await add(bob, 'water the plants');
    await bob.call('complete-todo', { id });
    expect(await list(bob)).toEqual([{ id, owner: 'bob', title: 'water the plants', done: true }]);
    await bob.call('delete-todo', { id });
    expect(await list(bob)).toEqual([]);
  });

  it("lets an administrator see and delete everybody's items", async () => {
    const todo = await add(alice, 'to be removed');
    expect(await list(administrator, true)).toContainEqual(todo);
    await administrator.call('delete-todo', { id: todo.id });
    expect(await list(alice)).not.toContainEqual(todo);
  });
});

/** What a client makes of an error. */
function told(error: unknown): object {
  const { code, message } = error as { readonly code: unknown; readonly message: unknown };
  return { code, message };
}

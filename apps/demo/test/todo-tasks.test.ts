import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../src/stage.js';
import { findActor } from './call-tool.js';

interface Message {
  readonly result?: {
    readonly structuredContent?: { readonly taskId: string };
    readonly status?: string;
    readonly taskId?: string;
    readonly result?: { readonly content: readonly { readonly text: string }[] };
  };
  readonly error?: { readonly code: number; readonly message: string };
}

describe('the tasks of todo-manager', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage(0);
  });
  afterAll(() => stage.close());

  const send = async (
    subject: string,
    method: string,
    params: Readonly<Record<string, unknown>>,
    scopes: readonly string[] = ['todo:read', 'todo:write'],
  ): Promise<Message> => {
    const { resource } = findActor(stage, 'todo-manager');
    const claims = { audience: resource, subject, scopes, expiresInSeconds: 60 };
    const token = await stage.authorizationServer.sign(claims);
    const response = await fetch(resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-11-25',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const text = await response.text();
    const [, event] = /^data: (\{.*)$/m.exec(text) ?? [];
    return JSON.parse(event ?? text) as Message;
  };
  const callTool = (subject: string, name: string, args: object = {}) =>
    send(subject, 'tools/call', { name, arguments: args });
  const startExport = async (subject: string): Promise<string> => {
    const { result } = await callTool(subject, 'export-todos');
    return result?.structuredContent?.taskId ?? '';
  };

  it.each(['tasks/get', 'tasks/cancel'])(
    '%s tells nobody but its maker that there is a task',
    async (method) => {
      const taskId = await startExport('alice');
      const unknown = await send('alice', method, { taskId: 'none' });
      expect(unknown.error?.code).toBe(-32_602);
      expect(await send('bob', method, { taskId })).toEqual(unknown);
      expect(await send('alice', method, { taskId: `${taskId}x` })).toEqual(unknown);
      // Once the user has taken todo:read back from the client
      expect(await send('alice', method, { taskId }, ['todo:write'])).toEqual(unknown);
      expect((await send('alice', 'tasks/get', { taskId })).result?.status).not.toBe('cancelled');
    },
  );

  it('gives its maker the result', async () => {
    await callTool('carol', 'add-todo', { title: 'water the plants' });
    const taskId = await startExport('carol');
    await expect
      .poll(async () => (await send('carol', 'tasks/get', { taskId })).result, { timeout: 5000 })
      .toMatchObject({
        taskId,
        status: 'completed',
        result: { content: [{ text: '[ ] water the plants' }] },
      });
  });

  it('lets its maker cancel it', async () => {
    const taskId = await startExport('alice');
    expect((await send('alice', 'tasks/cancel', { taskId })).result).toMatchObject({
      taskId,
      status: 'cancelled',
    });
    expect((await send('alice', 'tasks/get', { taskId })).result?.status).toBe('cancelled');
  });
});

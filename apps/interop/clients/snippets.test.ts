import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  mcpRemoteVersion,
  writeSnippets,
  type WrittenSnippets,
  setStage,
  type Stage,
} from '@mcp-auth/app-demo';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoUser } from './lib/demo-user.js';
import { mcpRemote, openBridge, type Command } from './lib/drivers/mcp-remote.js';
import { visit } from './lib/user-agent.js';

let stage: Stage;
let written: WrittenSnippets;
beforeAll(async () => {
  stage = await setStage(0);
  written = await writeSnippets(stage.actors, undefined);
});
afterAll(async () => {
  await written.remove();
  await stage.close();
});

it('names the version of mcp-remote that is tried here', () => {
  expect(mcpRemoteVersion).toBe(mcpRemote.version);
});

it('gives Claude Desktop a command that starts, logs in and calls', async () => {
  const file = join(written.folder, 'claude-desktop/claude_desktop_config.json');
  const { mcpServers } = JSON.parse(await readFile(file, 'utf8')) as { mcpServers: Record<string, Command> };
  expect(Object.keys(mcpServers)).toEqual(stage.actors.map(({ name }) => name));

  const command = mcpServers['todo-manager'] ?? expect.fail('there is no todo-manager');
  const session = await openBridge(command, (url) => visit(url, demoUser('alice')));
  try {
    expect(await session.callTool('add-todo', { title: 'Prepare the release' })).toMatchObject({
      todo: { owner: 'alice' },
    });
  } finally {
    await session.close();
  }
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '@mcp-auth/app-sample-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeInspector } from '../src/inspector-command.js';
import { createSnippets, writeSnippets } from '../src/snippets.js';

const endpoints = [
  { name: 'whoami', resource: 'http://127.0.0.1:4102/mcp' },
  { name: 'notes', resource: 'http://127.0.0.1:4103/mcp' },
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the files for clients', () => {
  it('take the place of no file that says something else', async () => {
    const file = join(folder, 'claude-code/.mcp.json');
    await mkdir(join(folder, 'claude-code'));
    await writeFile(file, '{"mcpServers":{"mine":{}}}');
    await expect(writeSnippets(endpoints, folder)).rejects.toThrow(StartupError);
    await expect(writeSnippets(endpoints, folder)).rejects.toThrow(`${file} exists and says something else`);
    expect(await readFile(file, 'utf8')).toBe('{"mcpServers":{"mine":{}}}');
  });

  it('cannot be written where a file is in the way, and one sentence says so', async () => {
    await writeFile(join(folder, 'vscode'), '');
    const written = writeSnippets(endpoints, folder);
    await expect(written).rejects.toThrow(StartupError);
    await expect(written).rejects.toThrow('vscode/.vscode/mcp.json cannot be written');
  });

  it('stay in the folder that was named, and may be written there again', async () => {
    const { remove } = await writeSnippets(endpoints, folder);
    await writeSnippets(endpoints, folder);
    await remove();
    for (const { path, content } of createSnippets(endpoints))
      expect(await readFile(join(folder, path), 'utf8')).toBe(content);
  });

  it('are taken away again where no folder was named', async () => {
    const written = await writeSnippets(endpoints, undefined);
    expect(existsSync(join(written.folder, 'cursor/.cursor/mcp.json'))).toBe(true);
    await written.remove();
    expect(existsSync(written.folder)).toBe(false);
  });

  it.each([
    // https://code.visualstudio.com/docs/agents/reference/mcp-configuration
    [
      'vscode/.vscode/mcp.json',
      {
        servers: {
          whoami: { type: 'http', url: 'http://127.0.0.1:4102/mcp' },
          notes: { type: 'http', url: 'http://127.0.0.1:4103/mcp' },
        },
      },
    ],
    // https://cursor.com/docs/mcp
    [
      'cursor/.cursor/mcp.json',
      {
        mcpServers: {
          whoami: { url: 'http://127.0.0.1:4102/mcp' },
          notes: { url: 'http://127.0.0.1:4103/mcp' },
        },
      },
    ],
    // https://code.claude.com/docs/en/mcp
    [
      'claude-code/.mcp.json',
      {
        mcpServers: {
          whoami: { type: 'http', url: 'http://127.0.0.1:4102/mcp' },
          notes: { type: 'http', url: 'http://127.0.0.1:4103/mcp' },
        },
      },
    ],
    // https://modelcontextprotocol.io/docs/develop/connect-local-servers
    [
      'claude-desktop/claude_desktop_config.json',
      {
        mcpServers: {
          whoami: { command: 'npx', args: ['-y', 'mcp-remote@0.15.1', 'http://127.0.0.1:4102/mcp'] },
          notes: { command: 'npx', args: ['-y', 'mcp-remote@0.15.1', 'http://127.0.0.1:4103/mcp'] },
        },
      },
    ],
  ])('have the format of their client: %s', (path, content) => {
    const snippet = createSnippets(endpoints).find((candidate) => candidate.path === path);
    expect(JSON.parse(snippet?.content ?? '')).toEqual(content);
  });
});

describe('the command for the Inspector', () => {
  const resource = 'http://127.0.0.1:4102/mcp';

  it.each(['20.20.2', '22.18.0'])('brings a Node.js along on %s, and says why', (version) => {
    const { web, terminal, note } = describeInspector(version, resource);
    for (const command of [web, terminal]) {
      expect(command).toMatch(
        /^npx -y -p node@22 -p @modelcontextprotocol\/inspector@2\.12\.0 mcp-inspector /,
      );
    }
    expect(note).toContain(version);
    expect(note).toContain('0.15.0');
  });

  it.each(['22.19.0', '24.0.0'])('needs nothing else on %s', (version) => {
    const { web, terminal, note } = describeInspector(version, resource);
    expect(web).toBe(
      `npx -y @modelcontextprotocol/inspector@2.12.0 --transport http --server-url ${resource}`,
    );
    expect(terminal).toContain(`--cli ${resource} `);
    expect(note).toBeUndefined();
  });
});

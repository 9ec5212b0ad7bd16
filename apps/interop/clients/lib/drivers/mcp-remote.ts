import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { readAnswer, type ForeignClient, type OpenOptions, type Session } from '../foreign-client.js';
import { installedVersion } from '../installed-version.js';
import { deliver } from '../user-agent.js';

const require = createRequire(import.meta.url);
const timeout = 60_000;
const interopFolder = fileURLToPath(new URL('../../..', import.meta.url));

/** How mcp-remote is started for one server. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** mcp-remote, the bridge for hosts that start local servers only, with the official client as such a host. */
export const mcpRemote: ForeignClient = {
  name: 'mcp-remote',
  version: installedVersion('mcp-remote'),
  asksForOfflineAccess: true,
  stepUp: { kind: 'by itself' },

  open: ({ resource, login }) =>
    openBridge(
      { command: process.execPath, args: [require.resolve('mcp-remote/dist/proxy.js'), resource] },
      login,
    ),
};

/** Starts it as a host would, and connects through it. */
export async function openBridge({ command, args }: Command, login: OpenOptions['login']): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-remote-'));
  const transport = new StdioClientTransport({
    command,
    args: [...args],
    // Where npx finds the version that is installed
    cwd: interopFolder,
    // It opens a browser by itself; the user here follows what it prints
    env: { ...getDefaultEnvironment(), BROWSER: 'true', MCP_REMOTE_CONFIG_DIR: folder },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'interop', version: '1.0.0' });
  let pid: number | undefined;
  const close = async (): Promise<void> => {
    await client.close();
    // A connection that failed is closed already, and nobody waited for the process
    if (pid !== undefined) stop(pid);
    await rm(folder, { recursive: true, force: true });
  };
  let failed: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => (failed = reject));
  failure.catch(() => undefined);
  // `pipe` above gives a stream that can be read from the start; its type says less
  createInterface({ input: transport.stderr as Readable }).on('line', (line) => {
    pid ??= transport.pid ?? undefined;
    if (/^https?:\/\/\S*[?&]response_type=code/.test(line))
      login(new URL(line.trim())).then(deliver).catch(failed);
    // It says so on its standard error only, and lets its host wait
    const denied = /Authorization failed: (.*)/.exec(line)?.[1];
    if (denied !== undefined) failed(new Error(denied));
  });
  try {
    await Promise.race([client.connect(transport, { timeout }), failure]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    listTools: async () => (await client.listTools({}, { timeout })).tools.map(({ name }) => name),
    callTool: async (name, args) =>
      readAnswer(
        await Promise.race([client.callTool({ name, arguments: { ...args } }, { timeout }), failure]),
      ),
    close,
  };
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should
  }
}

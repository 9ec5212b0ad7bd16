import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectorVersion } from '@mcp-auth/app-demo';
import { findFreePort } from '../../../lib/free-port.js';
import { readAnswer, type ForeignClient, type OpenOptions } from '../foreign-client.js';
import { prepareInspector } from '../inspector.js';
import { startProcess } from '../line-process.js';
import { deliver } from '../user-agent.js';

interface Answer {
  readonly result?: object;
  readonly error?: { readonly message: string };
}

/** The MCP Inspector in a terminal. Each thing it does is a run of its own; it keeps its tokens in a file between them. */
export const inspector: ForeignClient = {
  name: 'MCP Inspector',
  version: inspectorVersion,
  asksForOfflineAccess: true,
  stepUp: {
    kind: 'not',
    says: /AUTHORIZED without authorization code/,
    why: 'it takes the answer to its refresh token for a new login, and stops there',
  },
  missing: async () => (await prepareInspector()).missing,

  async open(options) {
    const folder = await mkdtemp(join(tmpdir(), 'inspector-'));
    const run = await prepareRuns(folder, options);
    const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
    const list = async (): Promise<readonly string[]> => {
      const { tools } = (await run('tools/list')) as { tools: readonly { name: string }[] };
      return tools.map(({ name }) => name);
    };
    try {
      await list();
    } catch (error) {
      await close();
      throw error;
    }
    return {
      listTools: list,
      callTool: async (name, args) =>
        readAnswer(await run('tools/call', ['--tool-name', name, '--tool-args-json', JSON.stringify(args)])),
      close,
    };
  },
};

async function prepareRuns(folder: string, { resource, login, scope, clientMetadataUrl }: OpenOptions) {
  const prepared = await prepareInspector();
  if (prepared.missing !== undefined) throw new Error(prepared.missing);
  const config = join(folder, 'mcp.json');
  const server = { type: 'streamable-http', url: resource, ...(scope && { oauth: { scopes: scope } }) };
  await writeFile(config, JSON.stringify({ mcpServers: { sample: server } }));
  const callback = `http://127.0.0.1:${await findFreePort()}/oauth/callback`;
  const args = [
    ...['--config', config, '--server', 'sample', '--format', 'json', '--callback-url', callback],
    ...(clientMetadataUrl === undefined ? [] : ['--client-metadata-url', clientMetadataUrl]),
  ];
  const environment = {
    HOME: folder,
    MCP_STORAGE_DIR: folder,
    MCP_INSPECTOR_SECRET_STORE: 'file',
    // Without a terminal it asks nobody unless it may open a browser; the user here follows what it prints
    MCP_AUTO_OPEN_ENABLED: 'true',
    BROWSER: 'true',
  };

  return async (method: string, more: readonly string[] = []): Promise<object> => {
    const process = startProcess(
      prepared.command,
      [...prepared.args, ...args, '--method', method, ...more],
      environment,
    );
    try {
      for (;;) {
        const said = await process.next((line) => readUrl(line) ?? readJson(line));
        if (said instanceof URL) await deliver(await login(said));
        else if (said.result !== undefined) return said.result;
        else throw new Error(said.error?.message ?? 'neither a result nor an error');
      }
    } finally {
      await process.end();
    }
  };
}

function readUrl(line: string): URL | undefined {
  const url = /https?:\/\/\S+[?&]response_type=code\S*/.exec(line)?.[0];
  return url === undefined ? undefined : new URL(url);
}

function readJson(line: string): Answer | undefined {
  return line.startsWith('{"result"') || line.startsWith('{"error"')
    ? (JSON.parse(line) as Answer)
    : undefined;
}

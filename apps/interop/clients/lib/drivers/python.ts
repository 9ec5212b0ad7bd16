import { fileURLToPath } from 'node:url';
import { readAnswer, type ForeignClient, type OpenOptions, type Session } from '../foreign-client.js';
import { startProcess } from '../line-process.js';
import { preparePython, pythonPackages } from '../python.js';
import { deliver } from '../user-agent.js';

const folder = fileURLToPath(new URL('../../python/', import.meta.url));
/** Its imports take seconds; what it wrote to disk for them is nobody's to keep. */
const environment = { PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1', FASTMCP_CHECK_FOR_UPDATES: 'off' };

interface Message {
  readonly authorize?: string;
  readonly result?: unknown;
  readonly error?: string;
}

/** The official Python client. */
export const pythonMcp = describeClient('mcp', 'mcp_client.py', (callback, process) => {
  process.say(JSON.stringify({ callback: callback.href }));
  return Promise.resolve();
});

/** The client of FastMCP, which is built on it. */
export const fastMcp = describeClient('fastmcp', 'fastmcp_client.py', deliver);

function describeClient(
  name: keyof typeof pythonPackages,
  script: string,
  handBack: (callback: URL, process: ReturnType<typeof startProcess>) => Promise<void>,
): ForeignClient {
  return {
    name: `${name} (Python)`,
    version: pythonPackages[name],
    asksForOfflineAccess: true,
    stepUp: { kind: 'by itself' },
    missing: async () => (await preparePython()).missing,
    open: (options) => open(`${folder}${script}`, options, handBack),
  };
}

async function open(
  script: string,
  { login, ...options }: OpenOptions,
  handBack: (callback: URL, process: ReturnType<typeof startProcess>) => Promise<void>,
): Promise<Session> {
  const { path, missing } = await preparePython();
  if (path === undefined) throw new Error(missing);
  const process = startProcess(path, [script, JSON.stringify(options)], environment);

  const answer = async (): Promise<unknown> => {
    for (;;) {
      const { authorize, error, result } = await process.next(readMessage);
      if (authorize !== undefined) await handBack(await login(new URL(authorize)), process);
      else if (error !== undefined) throw new Error(error);
      else return result;
    }
  };
  const command = (message: Readonly<Record<string, unknown>>): Promise<unknown> => {
    process.say(JSON.stringify(message));
    return answer();
  };
  try {
    await answer();
  } catch (error) {
    await process.end();
    throw error;
  }
  return {
    listTools: async () => (await command({ do: 'list' })) as readonly string[],
    callTool: async (name, args) =>
      readAnswer((await command({ do: 'call', name, arguments: args })) as object),
    close: async () => {
      process.say(JSON.stringify({ do: 'close' }));
      await process.end();
    },
  };
}

function readMessage(line: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartupError } from '@mcp-auth/app-sample-kit';

/** The version that the tests of clients have tried. */
export const mcpRemoteVersion = '0.15.1';

/** A server that runs. */
export interface Endpoint {
  readonly name: string;
  readonly resource: string;
}

/** What a client reads to know the servers. */
export interface Snippet {
  readonly client: string;
  /** Below the folder of all snippets; what comes before the client's own file name is a folder to open with it. */
  readonly path: string;
  readonly how: string;
  readonly content: string;
}

/** The files that clients read, each in its client's own format. */
export function createSnippets(endpoints: readonly Endpoint[]): readonly Snippet[] {
  const json = (member: string, describe: (resource: string) => object): string => {
    const servers = Object.fromEntries(endpoints.map(({ name, resource }) => [name, describe(resource)]));
    return `${JSON.stringify({ [member]: servers }, null, 2)}\n`;
  };
  return [
    {
      client: 'VS Code',
      path: 'vscode/.vscode/mcp.json',
      how: 'open the folder vscode',
      content: json('servers', (url) => ({ type: 'http', url })),
    },
    {
      client: 'Cursor',
      path: 'cursor/.cursor/mcp.json',
      how: 'open the folder cursor',
      content: json('mcpServers', (url) => ({ url })),
    },
    {
      client: 'Claude Code',
      path: 'claude-code/.mcp.json',
      how: 'run claude in the folder claude-code, then /mcp',
      content: json('mcpServers', (url) => ({ type: 'http', url })),
    },
    {
      client: 'Claude Desktop',
      path: 'claude-desktop/claude_desktop_config.json',
      how: 'add its servers to the file of that name (Settings, Developer, Edit Config)',
      // It starts programs on this machine only, and has no servers by address in this file
      content: json('mcpServers', (url) => ({
        command: 'npx',
        args: ['-y', `mcp-remote@${mcpRemoteVersion}`, url],
      })),
    },
  ];
}

/** Files that were written, and how to have those in a temporary folder taken away again. */
export interface WrittenSnippets {
  readonly folder: string;
  readonly snippets: readonly Snippet[];
  readonly remove: () => Promise<void>;
}

/**
 * Writes the files into a folder that stays, or into a temporary one.
 *
 * @throws {StartupError} when one cannot be written, or when another file is in its place
 */
export async function writeSnippets(
  endpoints: readonly Endpoint[],
  folder: string | undefined,
): Promise<WrittenSnippets> {
  const target = folder ?? (await mkdtemp(join(tmpdir(), 'mcp-auth-demo-')));
  const snippets = createSnippets(endpoints);
  for (const { path, content } of snippets) {
    const file = join(target, path);
    const found = await readFile(file, 'utf8').catch(() => undefined);
    if (found === content) continue;
    if (found !== undefined) {
      throw new StartupError(
        `${file} exists and says something else: delete it, or name another folder with --snippets.`,
      );
    }
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content, { flag: 'wx' });
    } catch (error) {
      throw new StartupError(`${file} cannot be written (${(error as Error).message}).`);
    }
  }
  return {
    folder: target,
    snippets,
    remove: async () => {
      if (folder === undefined) await rm(target, { recursive: true, force: true });
    },
  };
}

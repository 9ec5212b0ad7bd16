import { parseArgs } from 'node:util';
import { StartupError } from '@mcp-auth/app-sample-kit';

export interface Options {
  readonly serve: boolean;
  /** Every framework and every message, instead of what fits a screen. */
  readonly all: boolean;
  readonly port: number;
  /** File for the trace as JSON. */
  readonly trace: string | undefined;
  /** File for the run as an HTML page; absent: a place that git ignores. */
  readonly page: string | undefined;
  /** Folder for the files that clients read; absent: a temporary one. */
  readonly snippets: string | undefined;
  readonly help: boolean;
}

export const usage = `npm start                      plays one login on a screen, writes it as a page, and stops
npm start -- --all             plays everything, on each framework, and shows each message
npm start -- --serve           leaves everything running until Ctrl-C
npm start -- --serve --snippets FOLDER
                               keeps the files for VS Code, Cursor, Claude Code and Claude Desktop there
npm start -- --port 5000       uses seven ports from 5000 on instead of from 4100 on
npm start -- --page FILE       writes the page there instead of to reports/demonstration.html
npm start -- --trace FILE      writes the trace as JSON
`;

/** How to have other ports, for whoever finds one in use. */
export const portAdvice = 'choose others with npm start -- --port 5000';

const defaultPort = 4100;
/** Three authorization servers and four resource servers. */
const portCount = 7;

/** @throws {StartupError} one sentence that names the argument at fault */
export function readOptions(args: readonly string[]): Options {
  const { port, ...options } = parse(args);
  if (options.snippets !== undefined && !options.serve)
    throw new StartupError('--snippets goes with --serve: without it no server is left for a client.');
  return { ...options, port: port === undefined ? defaultPort : readPort(port) };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        serve: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        port: { type: 'string' },
        trace: { type: 'string' },
        page: { type: 'string' },
        snippets: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const { serve, all, port, trace, page, snippets, help } = values;
    return { serve, all, port, trace, page, snippets, help };
  } catch (error) {
    const [problem = ''] = (error as Error).message.split('. ');
    throw new StartupError(`${problem}: see npm start -- --help.`);
  }
}

function readPort(value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port > 0 && port <= 65_536 - portCount) return port;
  throw new StartupError(
    `--port takes a number from 1 to ${65_536 - portCount}, not ${JSON.stringify(value)}.`,
  );
}

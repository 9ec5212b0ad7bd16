import { InvalidArgumentError, Option } from 'commander';
import { type DoctorFlags, runDoctor } from '../doctor/run-doctor.js';
import { revisions } from '../report/report.js';
import { type AddCommand, addOutputOptions } from './command.js';
import { toSeconds } from './to-seconds.js';

/** `doctor <mcp-url>`: flags and help; the work is in `../doctor`. */
export const addDoctor: AddCommand = (program, start) => {
  const command = program
    .command('doctor')
    .description('walk to an MCP server as clients do, and stop at the first broken step')
    .argument('<mcp-url>', 'the URL that clients are given')
    .option('--token <token>', 'use this access token, - for the standard input, instead of a login')
    .option('--token-file <file>', 'use the access token in this file instead of a login')
    .option('--client-credentials', 'ask for a token as a client, with --client-id and its secret')
    .option('--client-id <id>', 'a client id that the authorization server knows')
    .option('--client-secret-file <file>', 'the secret of the client; MCP_AUTH_CLIENT_SECRET otherwise')
    .option('--client-document <url>', 'a client id metadata document, where the server takes them')
    .option('--headless', 'log in at a test issuer on this machine without a browser')
    .option(
      '--answer <name=value>',
      'a field of the pages of that issuer; repeat it for more',
      collectAnswers,
    )
    .option('--no-open', 'print the address of the login without opening a browser')
    .option('--login-timeout <seconds>', 'how long to wait for the login', toSeconds, 180)
    .option(
      '--max-seconds <seconds>',
      'how long the requests may take together; what is left then is not judged',
      toSeconds,
      120,
    )
    .option('--callback-port <port>', 'where the login comes back to', toPort, 0)
    .option('--scope <scopes>', 'scopes to ask for instead of those that the server names')
    .option('--tool <name>', 'call this tool at the end, and log in again if it needs more scopes')
    .option('--arguments <json>', 'the arguments of that tool', toArguments)
    .option('--issuer <url>', 'the authorization server to use, where the resource names several')
    .option('--origin <origin>', 'walk as a page of this origin in a browser')
    .option('--allow <url>', 'a private address that documents may lead to; repeat it for more', collectUrls)
    .addOption(
      new Option('--revision <revision>', 'the revision of MCP').choices(revisions).default('2025-11-25'),
    );
  addOutputOptions(command).action(start<DoctorFlags>(runDoctor));
};

function collectAnswers(value: string, known: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.');
  return { ...known, [value.slice(0, at)]: value.slice(at + 1) };
}

function collectUrls(value: string, known: readonly string[] = []): readonly string[] {
  if (!URL.canParse(value)) throw new InvalidArgumentError('Write it as https://host.');
  return [...known, value];
}

function toPort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('Write a number from 0 to 65535.');
  }
  return port;
}

function toArguments(value: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Readonly<Record<string, unknown>>;
    }
  } catch {
    // Told below
  }
  throw new InvalidArgumentError('Write a JSON object.');
}

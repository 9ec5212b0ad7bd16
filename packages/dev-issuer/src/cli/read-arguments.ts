import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { DevIssuerOptions, ScopeTable } from '../options.js';
import { defaultPort, invalid } from '../read-options.js';

export const usage = `mcp-auth-dev-issuer            starts a practice issuer on http://127.0.0.1:${defaultPort}
  --port N                     on another port of this machine
  --scopes LIST|FILE           scopes that may be granted: read,write or a JSON file with words for them
  --resource URL               gives tokens for this resource only; may be repeated
  --tokens jwt|opaque          what access tokens look like
  --dpop                       demands that every token is bound to a key (DPoP)
  --fresh                      forgets the keys, clients and tokens of earlier runs

mcp-auth-dev-issuer token URL  prints an access token for a resource, made without a login: for curl
  --user NAME                  default: alice
  --scopes LIST                default: none
  --port N                     of the issuer that runs
`;

/** Where keys and tokens are kept, in the folder that the command is started in. */
export const folder = '.mcp-auth-dev';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'start'; readonly options: DevIssuerOptions }
  | {
      readonly kind: 'token';
      readonly port: number;
      readonly resource: string;
      readonly user: string;
      readonly scopes: readonly string[];
    };

/** @throws {DevIssuerError} `invalid_option` */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { kind: 'help' };
  const port = values.port === undefined ? defaultPort : readPort(values.port);
  const [command, ...rest] = positionals;
  if (command === 'token') return readTokenCommand(rest, values, port);
  if (command !== undefined) throw invalid(`${JSON.stringify(command)} is not a command: see --help.`);
  if (values.user !== undefined) throw invalid('--user goes with the command token: see --help.');
  const { tokens } = values;
  if (tokens !== undefined && tokens !== 'jwt' && tokens !== 'opaque')
    throw invalid(`--tokens is jwt or opaque, not ${JSON.stringify(tokens)}.`);
  return {
    kind: 'start',
    options: {
      port,
      folder,
      fresh: values.fresh ?? false,
      dpop: values.dpop ?? false,
      ...(tokens !== undefined && { tokens }),
      ...(values.scopes !== undefined && { scopes: readScopes(values.scopes) }),
      ...(values.resource !== undefined && { resources: values.resource }),
    },
  };
}

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        scopes: { type: 'string' },
        resource: { type: 'string', multiple: true },
        tokens: { type: 'string' },
        dpop: { type: 'boolean' },
        fresh: { type: 'boolean' },
        user: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [problem = ''] = (error as Error).message.split('. ');
    throw invalid(`${problem}: see --help.`);
  }
}

function readTokenCommand(rest: readonly string[], values: Values, port: number): Command {
  const [resource, ...more] = rest;
  if (resource === undefined || more.length > 0 || !URL.canParse(resource))
    throw invalid('token takes the URL of one resource, such as http://localhost:3000/mcp.');
  const wrong = (['resource', 'tokens', 'dpop', 'fresh'] as const).find((name) => values[name] !== undefined);
  if (wrong !== undefined) throw invalid(`--${wrong} is of no use to token: see --help.`);
  const scopes = values.scopes === undefined ? [] : splitList(values.scopes);
  return { kind: 'token', port, resource, user: values.user ?? 'alice', scopes };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port <= 65_535) return port;
  throw invalid(`--port is a number from 1 to 65535, not ${JSON.stringify(text)}.`);
}

/** A list of names, or a file, whose name ends with .json. */
function readScopes(text: string): readonly string[] | ScopeTable {
  if (!text.endsWith('.json')) return splitList(text);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(text, 'utf8'));
  } catch (error) {
    throw invalid(`--scopes: ${text} cannot be read (${(error as Error).message}).`);
  }
  if (typeof value !== 'object' || value === null)
    throw invalid(`--scopes: ${text} must hold a list of scopes, or an object with words for each.`);
  return value as readonly string[] | ScopeTable;
}

function splitList(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '');
}

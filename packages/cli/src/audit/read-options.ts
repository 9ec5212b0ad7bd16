import {
  blackBoxRevisions,
  type BlackBoxCredentials,
  type BlackBoxRevision,
} from '@mcp-auth/conformance/black-box';
import type { OutputOptions } from '../commands/command.js';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import { isLoopbackHost } from '../net/addresses.js';
import { readToken } from '../secrets/read-token.js';
import type { Secrets } from '../secrets/secrets.js';
import { readHttpUrl } from '../shared/files.js';
import { escapeText } from '../terminal/escape.js';

/** Flags of `audit`. */
export interface AuditFlags extends OutputOptions {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly narrowTokenFile?: string;
  readonly operation?: string;
  readonly operationArguments?: string;
  readonly scope?: readonly string[];
  readonly issuerMode?: boolean;
  readonly issuerPort?: string;
  readonly wait?: string;
  readonly maxSeconds: number;
  readonly revision?: readonly string[];
  readonly exclude?: readonly string[];
  readonly html?: string;
  readonly badge?: string;
  readonly yesThisIsMine?: string;
}

/** What is judged, and how. */
export interface AuditSettings {
  readonly url: URL;
  readonly revisions: readonly BlackBoxRevision[];
  readonly exclude: Readonly<Record<string, string>>;
  readonly hostile: boolean;
  readonly credentials: BlackBoxCredentials;
  readonly issuerPort: number | undefined;
  readonly waitSeconds: number;
  /** Of the judging, without the wait for trust. */
  readonly maxSeconds: number;
}

/** @throws {@link UsageError} for what cannot be meant */
export async function readAuditSettings(
  argument: string | undefined,
  flags: AuditFlags,
  io: Io,
  secrets: Secrets,
  warn: (line: string) => void,
): Promise<AuditSettings> {
  const url = argument === undefined ? undefined : readHttpUrl(argument);
  if (url === undefined)
    throw new UsageError('Name the MCP endpoint as clients write it, such as https://example.com/mcp.');
  if (url.username !== '' || url.password !== '')
    throw new UsageError('Leave user and password out of the URL.');
  const isLocal = isLoopbackHost(url.hostname);
  if (flags.issuerMode === true && !isLocal)
    throw new UsageError(
      '--issuer-mode starts an issuer on this machine: only a server on this machine can reach it.',
    );
  return {
    url,
    revisions: readRevisions(flags.revision),
    exclude: readExclusions(flags.exclude),
    hostile: isLocal || isOwned(url, flags.yesThisIsMine),
    credentials: await readCredentials(flags, url, io, secrets, warn),
    issuerPort:
      flags.issuerMode === true ? readNumber('--issuer-port', flags.issuerPort ?? '0', 65_535) : undefined,
    waitSeconds: readNumber('--wait', flags.wait ?? '120', 3600),
    maxSeconds: flags.maxSeconds,
  };
}

function isOwned({ origin }: URL, named: string | undefined): boolean {
  if (named === undefined) return false;
  const owned = URL.canParse(named) ? new URL(named).origin : undefined;
  if (owned === origin) return true;
  throw new UsageError(`--yes-this-is-mine names another origin than ${origin}.`);
}

function readRevisions(named: readonly string[] = blackBoxRevisions): readonly BlackBoxRevision[] {
  const unknown = named.find((each) => !blackBoxRevisions.some((known) => known === each));
  if (unknown !== undefined)
    throw new UsageError(
      `--revision is one of ${blackBoxRevisions.join(', ')}, not ${escapeText(unknown, 40)}.`,
    );
  return blackBoxRevisions.filter((known) => named.includes(known));
}

function readExclusions(named: readonly string[] = []): Readonly<Record<string, string>> {
  const pairs = named.map((each) => {
    const [id = '', ...reason] = each.split('=');
    if (reason.join('=').trim() === '')
      throw new UsageError(`--exclude takes the id of a case and the reason: ${escapeText(id, 60)}=why.`);
    return [id, reason.join('=')] as const;
  });
  return Object.fromEntries(pairs);
}

async function readCredentials(
  flags: AuditFlags,
  { origin }: URL,
  io: Io,
  secrets: Secrets,
  warn: (line: string) => void,
): Promise<BlackBoxCredentials> {
  const given = await readToken({ token: flags.token, tokenFile: flags.tokenFile }, io);
  const narrow = await readToken(
    { tokenFile: flags.narrowTokenFile, flag: '--narrow-token-file', variable: 'MCP_AUTH_NARROW_TOKEN' },
    io,
  );
  for (const each of [given, narrow]) if (each !== undefined) secrets.add(each.token, origin);
  if (given?.warning !== undefined) warn(given.warning);
  const { operation, operationArguments = '{}', scope } = flags;
  return {
    token: given?.token,
    tokenWithoutScope: narrow?.token,
    operation:
      operation === undefined
        ? undefined
        : { method: 'tools/call', params: { name: operation, arguments: readArguments(operationArguments) } },
    scopes: scope,
  };
}

function readArguments(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below, without the words of the parser
  }
  throw new UsageError('--operation-arguments takes a JSON object.');
}

function readNumber(flag: string, text: string, highest: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= highest) return value;
  throw new UsageError(`${flag} takes a number from 0 to ${highest}.`);
}

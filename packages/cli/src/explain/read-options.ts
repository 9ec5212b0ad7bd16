import type { ExplainedServer, ExplainOptions } from '@mcp-auth/core/explain';
import { pathToFileURL } from 'node:url';
import { CannotError, UsageError } from '../errors.js';
import { resolveFile } from '../shared/files.js';
import { readJsonFile } from '../shared/read-document.js';

/** The flags of the command, as they were written. */
export interface ExplainFlags {
  readonly resource?: string | undefined;
  readonly issuer?: readonly string[] | undefined;
  readonly audience?: readonly string[] | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly keys?: string | undefined;
  readonly config?: string | undefined;
  readonly now?: string | undefined;
}

/** What a token is explained with, and what had to be taken from the token itself. */
export interface ExplainSettings {
  readonly options: ExplainOptions;
  readonly assumed: ReadonlySet<'audience' | 'issuer'>;
}

/** Nobody's: what stands for a resource that nobody has named. */
const nobody = 'https://resource.invalid/mcp';

/**
 * What the token is judged by: the configuration, or the flags, or the token itself where neither says it.
 *
 * @throws {@link UsageError} for flags that cannot be used together
 */
export async function readExplainSettings(
  token: string,
  flags: ExplainFlags,
  io: { readonly cwd: string; readonly now: () => Date },
): Promise<ExplainSettings> {
  const currentDate = flags.now === undefined ? io.now() : readTime(flags.now);
  if (flags.config !== undefined) {
    const { config, now, ...others } = flags;
    const extra = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
    if (extra !== undefined)
      throw new UsageError(`--${extra} is in the configuration already: leave it out, or --config.`);
    const options = await readConfig(config, io.cwd);
    const jwtVerify =
      now === undefined ? { currentDate, ...options.jwtVerify } : { ...options.jwtVerify, currentDate };
    return { options: { ...options, jwtVerify }, assumed: new Set() };
  }
  const jwks = flags.keys === undefined ? undefined : await readJsonFile(flags.keys, io.cwd);
  const claims = peek(token);
  const assumed = new Set<'audience' | 'issuer'>();
  if (flags.resource === undefined && flags.audience === undefined) assumed.add('audience');
  if (flags.issuer === undefined) assumed.add('issuer');
  const issuers = flags.issuer ?? [textOr(claims['iss'], 'https://issuer.invalid')];
  const audiences = flags.audience ?? (flags.resource === undefined ? audiencesOf(claims['aud']) : undefined);
  const options: ExplainOptions = {
    resource: flags.resource ?? nobody,
    authorizationServers: issuers.map((issuer) => ({
      issuer,
      ...(audiences !== undefined && { audiences }),
      ...(jwks !== undefined && { jwks }),
    })),
    requiredScopes: (flags.scope ?? [])
      .flatMap((scope) => scope.split(/[\s,]+/))
      .filter((scope) => scope !== ''),
    jwtVerify: { currentDate },
  };
  return { options, assumed };
}

/** ISO 8601, or seconds since 1970 as tokens have them. */
function readTime(text: string): Date {
  const date = new Date(/^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(
      `--now is a time such as 2026-07-28T12:00:00Z or 1785240000, not ${JSON.stringify(text)}.`,
    );
  return date;
}

/** JSON, or the default export of a module, in the form of `explainToken`; an issuer alone is a server too. */
async function readConfig(path: string, cwd: string): Promise<ExplainOptions> {
  const value = /\.[cm]?js$/i.test(path)
    ? await importDefault(resolveFile(path, cwd), path)
    : await readJsonFile(path, cwd);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${path} must hold an object: { "resource": …, "authorizationServers": [ … ] }.`);
  const { authorizationServers, ...rest } = value as Record<string, unknown>;
  const servers = Array.isArray(authorizationServers)
    ? authorizationServers.map((server: unknown) =>
        typeof server === 'string' ? { issuer: server } : server,
      )
    : authorizationServers;
  // Whatever else is wrong with it, explainToken says by its path
  return { ...rest, authorizationServers: servers as readonly ExplainedServer[] } as ExplainOptions;
}

async function importDefault(path: string, shown: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (error) {
    throw new CannotError(`${shown} cannot be loaded: ${(error as Error).message}`);
  }
}

/** What a token says of itself, unverified; nothing where it cannot be read. */
function peek(token: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOr(value: unknown, other: string): string {
  return typeof value === 'string' && value !== '' ? value : other;
}

function audiencesOf(aud: unknown): readonly string[] {
  const list = [aud].flat().filter((entry): entry is string => typeof entry === 'string' && entry !== '');
  return list.length === 0 ? [nobody] : list;
}

import { DevIssuerError } from './errors.js';
import { createScopes, type Scopes } from './login/scopes.js';
import type { DevIssuerOptions, DevResource, TokenFormat } from './options.js';
import { isOnThisMachine, parseUrl } from './http/loopback.js';

export const defaultPort = 9400;
const defaultUsers = ['alice', 'bob', 'admin'];

/** Every option and its kind: a name that is not here is a mistake. */
const kinds: Readonly<Record<keyof DevIssuerOptions, (value: unknown) => boolean>> = {
  port: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535,
  resources: Array.isArray,
  scopes: (value) => typeof value === 'object' && value !== null,
  tokens: (value) => value === 'jwt' || value === 'opaque',
  dpop: isBoolean,
  users: Array.isArray,
  clients: Array.isArray,
  folder: (value) => typeof value === 'string' && value !== '',
  fresh: isBoolean,
  fetch: isFunction,
  onExchange: isFunction,
};

/** Options that were checked, with their defaults. */
export interface ReadOptions {
  readonly port: number;
  readonly resources: readonly DevResource[] | undefined;
  readonly scopes: Scopes;
  readonly tokens: TokenFormat;
  readonly users: readonly string[];
}

/** @throws {DevIssuerError} `invalid_option` */
export function readOptions(options: DevIssuerOptions): ReadOptions {
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const isRight = Object.hasOwn(kinds, name) ? kinds[name as keyof DevIssuerOptions] : undefined;
    if (isRight === undefined)
      throw invalid(`${name} is not an option. There are: ${Object.keys(kinds).join(', ')}.`);
    if (value !== undefined && !isRight(value)) throw invalid(`${name} cannot be ${show(value)}.`);
  }
  const scopes = createScopes(options.scopes ?? []);
  const users = [...new Set([...(options.users ?? defaultUsers), ...scopes.users])];
  for (const user of users) {
    if (typeof user !== 'string' || !/^[\w.@-]{1,64}$/.test(user))
      throw invalid(`users: ${show(user)} is not a name of 1 to 64 letters, digits and . _ @ -`);
  }
  if (users.length === 0) throw invalid('users must name somebody.');
  return {
    port: options.port ?? defaultPort,
    resources: options.resources?.map(readResource),
    scopes,
    tokens: options.tokens ?? 'jwt',
    users,
  };
}

/** @throws {DevIssuerError} `invalid_option` */
export function readResource(given: string | DevResource): DevResource {
  const found: DevResource = typeof given === 'string' ? { resource: given } : given;
  const url = typeof found.resource === 'string' ? parseUrl(found.resource) : undefined;
  // RFC 8707 §2: an absolute URI without a fragment
  if (url === undefined || url.hash !== '' || !['http:', 'https:'].includes(url.protocol))
    throw invalid(`resources: ${show(found.resource)} is not an http or https URL without a fragment.`);
  if (url.protocol === 'http:' && !isOnThisMachine(url))
    throw invalid(`resources: ${show(found.resource)} must use https, because it is on another machine.`);
  return found;
}

export function invalid(message: string): DevIssuerError {
  return new DevIssuerError('invalid_option', message);
}

function show(value: unknown): string {
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'undefined').slice(0, 100);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

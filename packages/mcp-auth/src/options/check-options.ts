import { describeValue } from '@mcp-auth/core/adapter';
import { MCPAuthConfigError } from '../errors/mcp-auth-error.js';
import { linkTo } from '../upgrade-page.js';
import { findNearest } from './find-nearest.js';

/** The names that an object of options may have. */
export type KnownNames = readonly PropertyKey[];

/** The names in a table that has an entry for every option of a type: the compiler misses one that is forgotten. */
export function listNames<Options extends object>(
  table: Readonly<Record<keyof Options, unknown>>,
): KnownNames {
  return Reflect.ownKeys(table);
}

/**
 * Refuses what is not known: version 0.2 passed over it in silence, a misspelt option included.
 *
 * @param path - option path of the object; empty for the argument of a function
 * @param misplaced - why options of other places are none here
 * @throws {MCPAuthConfigError} `invalid_option` for what is not an object, `unknown_option` for a name that is not known
 */
export function checkOptions(
  options: unknown,
  path: string,
  known: KnownNames,
  misplaced: Readonly<Record<string, string>> = {},
): void {
  if (!isObjectOfOptions(options)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path === '' ? 'options' : path}: must be an object of options, but is ${describeValue(options)}.`,
    );
  }
  const name = listGiven(options).find((given) => !known.includes(given));
  if (name === undefined) return;
  const reason = typeof name === 'string' && Object.hasOwn(misplaced, name) ? misplaced[name] : undefined;
  throw new MCPAuthConfigError(
    'unknown_option',
    `${formatPath(path, name)}: ${reason ?? explain(name, known)} See ${linkTo('unknown-options')}`,
  );
}

/** Objects of classes are, as in version 0.2; what the platform has made for another purpose, such as a Map or a Promise, is not. */
function isObjectOfOptions(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** All names under which reading an option would find something, except what classes and every object have. */
function listGiven(options: object): PropertyKey[] {
  const names: PropertyKey[] = Object.getOwnPropertySymbols(options);
  for (const name in options) names.push(name);
  return names;
}

function explain(name: PropertyKey, known: KnownNames): string {
  const names = known.filter((each) => typeof each === 'string');
  if (typeof name === 'symbol') {
    return known.length === names.length
      ? 'is not an option.'
      : 'is neither customFetch nor jwksCache of the jose that mcp-auth uses. Import them from the same copy of jose.';
  }
  const nearest = findNearest(String(name), names);
  return nearest === undefined
    ? `is not an option. Options are ${names.join(', ')}.`
    : `is not an option. Did you mean ${nearest}?`;
}

function formatPath(path: string, name: PropertyKey): string {
  if (typeof name === 'symbol') return `${path}[${String(name)}]`;
  return path === '' ? String(name) : `${path}.${String(name)}`;
}

import { MCPAuthConfigError } from './config-error.js';
import { findMeantName, isSameName } from './find-meant-name.js';

/** What else is known about the names of an object. */
export interface NameHints {
  /** Names that people write here for something that is said elsewhere, with what to write instead. */
  readonly elsewhere?: Readonly<Record<string, string>> | undefined;
  /** Names that are known and refused (`unsupported_option`), with the reason. */
  readonly refused?: Readonly<Record<string, string>> | undefined;
  /** Ends the error for an unknown name. */
  readonly note?: string | undefined;
}

/**
 * The error for a name that is not known, with the one that was probably meant.
 *
 * @param path - of the object that has the name; empty for the options of a function
 */
export function unknownOption(
  name: string,
  known: readonly string[],
  path: string,
  { elsewhere = {}, refused = {}, note = '' }: NameHints = {},
): MCPAuthConfigError {
  const shortName = name.slice(0, 80);
  const where = joinPath(path, shortName);
  if (Object.hasOwn(refused, name)) {
    return new MCPAuthConfigError('unsupported_option', where, refused[name] ?? '');
  }
  const place = Object.keys(elsewhere).find((each) => isSameName(each, name));
  const meant = findMeantName(name, known);
  const suggestion = meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${meant}?`;
  const help = place === undefined ? `${suggestion} ${note}`.trimEnd() : elsewhere[place];
  return new MCPAuthConfigError('unknown_option', where, `${shortName} is unknown. ${help}`, { of: path });
}

/** The path of a member; the options of a function have none of their own. */
export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

import { MCPAuthConfigError } from './config-error.js';

/**
 * The known name that somebody meant who wrote another: spelled in another case or with underscores, part of it, or a few
 * characters away.
 *
 * @param maxEdits - how many characters away, and no parts; default: generous, for names of which one must be meant
 */
export function findMeantName(
  written: string,
  known: readonly string[],
  maxEdits?: number,
): string | undefined {
  const wanted = simplifyName(written);
  let nearest: string | undefined;
  let best = (maxEdits ?? Math.max(2, 0.4 * wanted.length)) + 0.5;
  for (const name of known) {
    const candidate = simplifyName(name);
    const isPart = maxEdits === undefined && wanted.length > 3 && candidate.includes(wanted);
    const distance = candidate === wanted ? 0 : isPart ? 0.25 : countEdits(wanted, candidate, best);
    if (distance < best) [nearest, best] = [name, distance];
  }
  return nearest;
}

/** Whether two names differ in case, underscores and hyphens only. */
function isSameName(one: string, other: string): boolean {
  return simplifyName(one) === simplifyName(other);
}

/** Equal for names that differ in case, underscores and hyphens only; of a name with more than 64 characters the beginning counts. */
export function simplifyName(name: string): string {
  return name
    .slice(0, 64)
    .replaceAll(/[_\s-]/g, '')
    .toLowerCase();
}

/** Levenshtein's distance: insertions, deletions and replacements; not counted where it cannot be below a limit. */
function countEdits(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 0; row < one.length; row++) {
    const current = [row + 1];
    for (let column = 0; column < other.length; column++) {
      current.push(
        Math.min(
          (current[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          (previous[column] ?? 0) + (one[row] === other[column] ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}

/** What else is known about the names of an object. */
export interface NameHints {
  /** Names that options had before, with those of today. */
  readonly renamed?: Readonly<Record<string, string>> | undefined;
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
  { renamed = {}, elsewhere = {}, refused = {}, note = '' }: NameHints = {},
): MCPAuthConfigError {
  const shortName = name.slice(0, 80);
  const where = joinPath(path, shortName);
  if (Object.hasOwn(refused, name)) {
    return new MCPAuthConfigError('unsupported_option', where, refused[name] ?? '');
  }
  if (Object.hasOwn(renamed, name)) {
    return new MCPAuthConfigError('unknown_option', where, `is called ${renamed[name]} now.`);
  }
  const place = Object.keys(elsewhere).find((each) => isSameName(each, name));
  const meant = findMeantName(name, known);
  const suggestion =
    meant === undefined ? `Known here: ${known.join(', ')}. ${note}`.trimEnd() : `Did you mean ${meant}?`;
  const help = place === undefined ? suggestion : elsewhere[place];
  return new MCPAuthConfigError('unknown_option', where, `${shortName} is unknown. ${help}`, { of: path });
}

/** The path of a member; the options of a function have none. */
export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

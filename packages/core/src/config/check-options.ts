import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { joinPath, unknownOption, type NameHints } from '../errors/unknown-option.js';
import { isOptions, isPlain } from '../errors/plain-object.js';
import { kind, type Check, type Kind, type KindDetails } from './kinds.js';

type NamesOf<T> = T extends unknown ? keyof T & string : never;
type ValueOf<T, Name extends string> = T extends unknown ? (Name extends keyof T ? T[Name] : never) : never;

/**
 * One line for each option of `T`, no more and no less: `satisfies Described<T>` does not compile where an option is
 * missing, where there is one too many, or where one has another kind than its type says.
 */
export type Described<T> = {
  readonly [Name in NamesOf<T>]-?: Kind<Exclude<ValueOf<T, Name>, undefined>>;
};

/** The same, as the check reads it. */
export type Description = Readonly<Record<string, Check>>;

/** The kind of an option that is itself an object with options. */
export function object<T>(
  description: Described<T>,
  hints?: NameHints,
  details?: KindDetails<T>,
): Kind<T> & { readonly description: Described<T> } {
  const inside = (value: unknown, path: string) => checkMembers(value as object, description, path, hints);
  return { ...kind<T>('an object', isOptions, { inside, ...details }), description };
}

interface ListDetails<T> extends KindDetails<readonly T[]> {
  readonly nonEmpty?: boolean | undefined;
}

/** The kind of a list whose entries are all of one kind. */
export function list<T>(
  entry: Kind<T>,
  { nonEmpty = false, ...details }: ListDetails<T> = {},
): Kind<readonly T[]> {
  const each: Check = { code: details.code, ...entry };
  return kind(
    `a list${nonEmpty ? ' with at least one entry' : ''}; each entry must be ${entry.must}`,
    (value) => Array.isArray(value) && (value.length > 0 || !nonEmpty),
    {
      inside: (value, path) => {
        for (const [index, member] of (value as readonly unknown[]).entries()) {
          checkOptions(member, each, `${path}[${index}]`);
        }
      },
      hint: (value) => (typeof value === 'string' || entry.fits(value) ? 'put it in a list' : undefined),
      ...details,
    },
  );
}

/** The kind of an object with names of the user's own choice, and values of one kind. */
export function table<T>(
  entry: Kind<T>,
  details: KindDetails<Readonly<Record<string, T>>> = {},
): Kind<Readonly<Record<string, T>>> {
  const each: Check = { code: details.code, ...entry };
  return kind(`an object; each value must be ${entry.must}`, isPlain, {
    inside: (value, path) => {
      for (const [name, member] of Object.entries(value as object))
        checkOptions(member, each, joinPath(path, name));
    },
    ...details,
  });
}

/** Either of two kinds; what is inside is checked by the one that fits. */
export function either<A, B>(one: Kind<A>, other: Kind<B>, details?: KindDetails<A | B>): Kind<A | B> {
  return kind(`${one.must}, or ${other.must}`, (value) => one.fits(value) || other.fits(value), {
    inside: (value, path) => (one.fits(value) ? one : other).inside?.(value, path),
    shown: one.shown === true && other.shown === true,
    ...details,
  });
}

type Filled<D> = {
  readonly [Name in keyof D]: D[Name] extends Kind<infer V>
    ? V | (D[Name] extends { readonly default: string | number | boolean } ? never : undefined)
    : never;
};

/** Options that were checked, with the default of the description for each that was left out. */
export function withDefaults<D extends object>(options: object | undefined, description: D): Filled<D> {
  const given = (options ?? {}) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(description as Readonly<Record<string, Kind<unknown>>>);
  // Name by name what the description says, which no type can follow
  return Object.fromEntries(
    entries.map(([name, { default: fallback }]) => [name, given[name] ?? fallback]),
  ) as Filled<D>;
}

/**
 * Checks options against their description, at every level: unknown names first, then what is given.
 *
 * A member that is `undefined` counts as left out. Of instances of classes only their own enumerable names are judged; values are
 * read by name, as JavaScript reads them, and whoever uses them does the same: a copy would lose what getters say.
 *
 * @param path - of the object, for errors; empty for the options of a function
 * @throws {MCPAuthConfigError} `unknown_option`; `invalid_option`, or the code of the kind, for a wrong value
 */
export function checkOptions(value: unknown, option: Check, path: string): void {
  if (!option.fits(value)) throw wrongKind(option, value, path);
  option.inside?.(value, path);
}

function checkMembers(value: object, description: Description, path: string, hints: NameHints = {}): void {
  const given = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) {
    if (given[name] !== undefined && !Object.hasOwn(description, name)) {
      throw unknownOption(name, Object.keys(description), path, hints);
    }
  }
  for (const [name, option] of Object.entries(description)) {
    const member = given[name];
    if (member !== undefined) checkOptions(member, option, joinPath(path, name));
    else if (option.required === true) throw wrongKind(option, member, joinPath(path, name));
  }
}

function wrongKind(option: Check, value: unknown, path: string): MCPAuthConfigError {
  const { must, code = 'invalid_option', shown } = option;
  const fix = option.hint?.(value);
  const hint = fix === undefined ? '' : `: ${fix}`;
  return new MCPAuthConfigError(
    code,
    path === '' ? 'options' : path,
    `must be ${must}, but is ${describeValue(value, shown)}${hint}.`,
  );
}

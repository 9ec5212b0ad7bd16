import { type ConfigErrorCode, MCPAuthConfigError } from '../errors/config-error.js';
import { isAsync } from '../errors/promises.js';

/** What an option takes, as the check at run time asks it. */
export interface Check {
  /** Ends the sentence "must be …". */
  readonly must: string;
  /** Whether a value has the right form on the outside. */
  readonly fits: (value: unknown) => boolean;
  /** What holds for the values inside, asked when the form is right. */
  readonly inside?: ((value: unknown, path: string) => void) | undefined;
  /** Whether a wrong value may be shown in the error: never where it can be a secret. */
  readonly shown?: boolean | undefined;
  /** What to write instead of a wrong value, where that shows what was meant. */
  readonly hint?: ((value: unknown) => string | undefined) | undefined;
  /** Code of the error for a wrong form. Default: `invalid_option`. */
  readonly code?: ConfigErrorCode | undefined;
  /** Whether the option must be given. */
  readonly required?: boolean | undefined;
}

/**
 * What one option takes: a line of the description that the check at run time, the proof at compile time and the tables of
 * the documentation are made of. `T` is exactly the type of the option.
 */
export interface Kind<T> extends Check {
  /** What stands for an option that is left out. */
  readonly default?: T | undefined;
  /** For the type alone: a kind describes options of this very type. */
  readonly proof?: ((value: T) => T) | undefined;
}

/** What a kind may say in addition to what it takes. */
export type KindDetails<T> = Omit<Partial<Kind<T>>, 'fits' | 'proof'>;

export function kind<T>(must: string, fits: (value: unknown) => boolean, details?: KindDetails<T>): Kind<T> {
  return { must, fits, ...details };
}

export const flag: Kind<boolean> = kind('true or false', (value) => typeof value === 'boolean', {
  shown: true,
});

export const string: Kind<string> = kind('a string', (value) => typeof value === 'string');

export const text: Kind<string> = kind('a non-empty string', isText);

/** A function, or a class. Which signature it has, only TypeScript can tell. */
export function callable<T extends object>(must = 'a function'): Kind<T> {
  return kind(must, (value) => typeof value === 'function');
}

/** A function whose answer is not waited for; an `async` one is refused, where it can be told. */
export function synchronous<T extends object>(): Kind<T> {
  return kind('a function that is not async', (value) => typeof value === 'function' && !isAsync(value));
}

/** One of these values and no other. */
export function oneOf<T extends string | boolean>(values: readonly T[]): Kind<T> {
  const must = values.map((value) => JSON.stringify(value)).join(' or ');
  return kind(must, (value) => (values as readonly unknown[]).includes(value), { shown: true });
}

interface Range {
  readonly unit?: 'bytes' | 'seconds' | 'milliseconds' | undefined;
  readonly min: number;
  readonly max?: number | undefined;
  /** Whether fractions are refused. */
  readonly whole?: boolean | undefined;
  /** Added to the error: what a wrong value would lead to, or how to say what may have been meant. */
  readonly note?: string | undefined;
}

/** A finite number within bounds. */
export function number<const Default extends number | undefined = undefined>({
  unit,
  min,
  max,
  whole = false,
  note,
  ...rest
}: Range & { readonly default?: Default }): Kind<number> & { readonly default: Default } {
  const what = `${whole ? 'a whole number' : 'a number'}${unit === undefined ? '' : ` of ${unit}`}`;
  const range = max === undefined ? `, ${min} or more` : ` from ${min} to ${max}`;
  const check = kind<number>(
    `${what}${range}${note === undefined ? '' : ` (${note})`}`,
    (value) =>
      (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
      (value as number) >= min &&
      (max === undefined || (value as number) <= max),
    { shown: true, hint: forString(`give ${unit ?? 'it'} as a number`) },
  );
  return { ...check, default: rest.default as Default };
}

/** A hint for those who gave a string. */
export function forString(text: string): (value: unknown) => string | undefined {
  return (value) => (typeof value === 'string' ? text : undefined);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Checks that a document can be published: no cycle, no BigInt. */
export function checkJson(value: unknown, path: string, code: ConfigErrorCode): void {
  try {
    JSON.stringify(value);
  } catch {
    throw new MCPAuthConfigError(code, path, 'must be JSON, but refers to itself or holds a BigInt.');
  }
}

const span = /^(\d+(?:\.\d+)?) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i;

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A duration as jose writes it: a number of seconds, or a string such as `30s`, `5 minutes`, `2h`. */
export function duration(maxSeconds?: number, note = ''): Kind<number | string> {
  return kind(
    `a number of seconds or a string such as "30s", "5 minutes", "2h"${maxSeconds === undefined ? '' : `, at most ${maxSeconds} seconds${note}`}`,
    (value) => {
      const seconds = toSeconds(value);
      return seconds !== undefined && seconds <= (maxSeconds ?? Number.MAX_SAFE_INTEGER);
    },
    { shown: true },
  );
}

/** The seconds of a duration; nothing for anything that is none. */
export function toSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value : undefined;
  const match = typeof value === 'string' ? span.exec(value) : null;
  const unit = match?.[2]?.charAt(0).toLowerCase() ?? '';
  return match === null ? undefined : Number(match[1]) * (secondsPerUnit[unit] ?? 1);
}

/** Timers hold 31 bits; one request should not wait for minutes anyway. */
export const timeoutMs = number({ unit: 'milliseconds', min: 1, max: 300_000, default: 5000 });

/**
 * The longest token that is looked at; every character of a token is one byte. Longer ones do not fit into what common servers
 * accept as a header either, unless they are told to.
 */
export const maxTokenBytes = number({
  unit: 'bytes',
  min: 1024,
  max: 131_072,
  whole: true,
  default: 16_384,
});

/** A year at most: what stands in for an expiry that nobody states. */
export const lifetimeWithoutExpirySeconds = number({ unit: 'seconds', min: 1, max: 31_536_000 });

import { escapeUnprintable } from '../errors/describe-value.js';

/**
 * What an event repeats of something that came from outside: bounded, and in a form that can neither break a line nor carry a sequence
 * for a terminal.
 */
export type Fact = string | number | boolean | readonly string[];

const maxCharacters = 200;
const maxEntries = 10;

const printableAscii = /^[\x20-\x7e]*$/;

/**
 * A string as an event may repeat it.
 *
 * @param limit - characters that are kept; what is longer ends in an ellipsis
 */
export function printable(text: string, limit = maxCharacters): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  if (printableAscii.test(cut)) return cut;
  const escaped = escapeUnprintable(cut);
  // One character takes up to ten when it is escaped, which makes long lines of short requests
  return escaped.length > limit + 1 ? `${escaped.slice(0, limit)}…` : escaped;
}

/** A claim as an event may repeat it; of an object only that it is one. Nothing where there is nothing. */
export function toFact(value: unknown): Fact | undefined {
  switch (typeof value) {
    case 'string':
      return printable(value);
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return 'null';
      if (!Array.isArray(value)) return 'an object';
      return value
        .slice(0, maxEntries)
        .map((entry: unknown) => (typeof entry === 'string' ? printable(entry) : typeof entry))
        .concat(value.length > maxEntries ? [`… ${value.length - maxEntries} more`] : []);
    default:
      return undefined;
  }
}

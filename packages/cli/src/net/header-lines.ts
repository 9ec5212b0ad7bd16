import type { HeaderLine } from './exchange.js';

/** As callers write them: a list where a name repeats. */
export type GivenHeaders = Readonly<Record<string, string>> | readonly HeaderLine[];

/** One form for both. */
export function toLines(headers: GivenHeaders | undefined): readonly HeaderLine[] {
  if (headers === undefined) return [];
  return isLines(headers) ? headers : Object.entries(headers);
}

function isLines(headers: GivenHeaders): headers is readonly HeaderLine[] {
  return Array.isArray(headers);
}

/** As Node has raw headers: names and values in turn. */
export function pairUp(flat: readonly string[]): readonly HeaderLine[] {
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, at) => [
    flat[2 * at] ?? '',
    flat[2 * at + 1] ?? '',
  ]);
}

export function toHeaders(lines: readonly HeaderLine[]): Headers {
  const headers = new Headers();
  for (const [name, value] of lines) {
    try {
      headers.append(name, value);
    } catch {
      // What Fetch would refuse to hold stays in the lines
    }
  }
  return headers;
}

import type { HostileRequest } from './hostile-case.js';

/** Shorter pieces turn up by chance. */
const pieceLength = 12;
/** Shorter values are words of every answer, such as `Bearer`. */
const valueLength = 8;

/**
 * The places that show a piece of what a client sent: of its credentials as written, or of a value inside its token
 * (OAuth 2.1 §7.1; RFC 9068 §4 on details for the caller).
 *
 * @param known - what the answers hold anyway; no leak where it turns up
 * @param told - members of a token whose values may be told
 */
export function findLeaks(
  sent: HostileRequest,
  places: Readonly<Record<string, string>>,
  known: string,
  told: ReadonlySet<string> = new Set(),
): string[] {
  const texts = collectTexts(sent);
  const pieces = new Set(texts.flatMap(cut).filter((piece) => !known.includes(piece)));
  const values = texts
    .flatMap((text) => readValues(text, told))
    .filter((value) => value.length >= valueLength && !known.includes(value));
  return Object.entries(places)
    .filter(
      ([, text]) =>
        cut(text).some((piece) => pieces.has(piece)) || values.some((value) => text.includes(value)),
    )
    .map(([place]) => `a part of the credentials is in ${place}`);
}

function collectTexts({ authorization, query, headers = [], body }: HostileRequest): string[] {
  return [...authorization, query ?? '', ...headers.map(([, value]) => value), body?.text ?? ''];
}

function cut(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - pieceLength + 1) }, (_, start) =>
    text.slice(start, start + pieceLength),
  );
}

/** All strings in the header and claims of a token, as far as it can be read. */
function readValues(text: string, told: ReadonlySet<string>): string[] {
  const token = /\S*$/.exec(text)?.[0] ?? '';
  return token
    .split('.')
    .slice(0, 2)
    .flatMap((segment) => decode(segment, told));
}

function decode(segment: string, told: ReadonlySet<string>): string[] {
  try {
    const document = JSON.parse(Buffer.from(segment, 'base64url').toString()) as object;
    const pending: unknown[] = Object.entries(document).flatMap(([name, value]: [string, unknown]) =>
      told.has(name) ? [] : [value],
    );
    const found: string[] = [];
    while (pending.length > 0) {
      const value = pending.pop();
      if (typeof value === 'string') found.push(value);
      else if (typeof value === 'object' && value !== null)
        pending.push(...(Object.values(value) as unknown[]));
    }
    return found;
  } catch {
    return [];
  }
}

import { foldCase, spell, toLooseForm } from './uri-spellings.js';

/** What the placeholders of a template stand for. */
export type Variables = Readonly<Record<string, string>>;

/** Compares URIs with one template; gives the values of the placeholders, or nothing where they differ. */
export interface UriTemplate {
  /** Compares as written. */
  readonly match: (uri: string) => Variables | undefined;
  /** Compares a URI in loose form, without regard to case. */
  readonly matchLoosely: (uri: string, folded: string) => Variables | undefined;
}

interface Placeholder {
  readonly name: string;
  /** RFC 6570 §3.2.3: `{+name}` may stand for slashes too, and for nothing. */
  readonly reserved: boolean;
}

const expression = /\{(\+?)([A-Za-z0-9_.]+)\}/;

/** Whether a key is meant as a template rather than as a URI. */
export function isUriTemplate(value: string): boolean {
  return /[{}]/.test(value);
}

/** Stands for a placeholder where literals are brought into another form: a character that no URI has. */
const mark = '\ue000';

/**
 * Compiles a URI template (RFC 6570): `{name}` stands for one or more characters without a slash, `{+name}`, as the last
 * expression, for any, or none. The rest is compared as written. Matching takes time in proportion to the URI.
 *
 * @returns the reason, where the template uses anything else or can match nothing
 */
export function compileUriTemplate(template: string): UriTemplate | { readonly problem: string } {
  const pieces = template.split(expression);
  const literals = pieces.filter((_piece, index) => index % 3 === 0);
  const placeholders = pieces.flatMap((piece, index) =>
    index % 3 === 2 ? [{ name: piece, reserved: pieces[index - 1] === '+' }] : [],
  );
  if (literals.some((literal) => /[{}]/.test(literal))) {
    return { problem: 'uses an expression that is not supported: only {name}, and {+name} at the end, are.' };
  }
  if (literals.slice(1, -1).includes('')) {
    return { problem: 'has two placeholders with nothing between them.' };
  }
  if (placeholders.slice(0, -1).some(({ reserved }) => reserved)) {
    return { problem: 'has {+name} before another placeholder.' };
  }
  if (spell(literals.join('x')) === undefined) return { problem: unreadable };
  const loose = foldCase(toLooseForm(decodeURIComponent(literals.join(mark)))).split(mark);
  return {
    match: (uri) => match(uri, uri, literals, placeholders),
    matchLoosely: (uri, folded) => match(uri, folded, loose, placeholders),
  };
}

/** What is wrong with a rule for a URI whose resource nobody can tell. */
export const unreadable =
  'matches nothing: a URI with dot segments or encoded delimiters, or one that cannot be decoded, is an unknown resource. Write it decoded.';

/**
 * The earliest end of each value is the best one: it leaves most to those that follow.
 *
 * @param compared - what literals are compared with: the URI itself, or in another case
 */
function match(
  uri: string,
  compared: string,
  literals: readonly string[],
  placeholders: readonly Placeholder[],
): Variables | undefined {
  // Both ends first: most templates differ there, and need no further look
  if (!compared.startsWith(literals[0] ?? '') || !compared.endsWith(literals.at(-1) ?? '')) return undefined;
  let position = literals[0]?.length ?? 0;
  const values: (readonly [start: number, end: number])[] = [];
  let slash = -1;
  for (const [index, { reserved }] of placeholders.entries()) {
    const literal = literals[index + 1] ?? '';
    const isLast = index === placeholders.length - 1;
    // A value without slashes ends at the next one at the latest: what is behind it need not be looked at
    if (slash < position) slash = indexOrEnd(uri, '/', position);
    const limit = reserved ? compared.length : slash;
    const end = isLast
      ? compared.length - literal.length
      : position + 1 + compared.slice(position + 1, limit + literal.length).indexOf(literal);
    if (end < position + (reserved ? 0 : 1) || end > limit || !compared.startsWith(literal, end))
      return undefined;
    values.push([position, end]);
    position = end + literal.length;
  }
  return Object.fromEntries(
    placeholders.map(({ name }, index) => [name, uri.slice(...(values[index] ?? []))]),
  );
}

function indexOrEnd(text: string, part: string, position: number): number {
  const index = text.indexOf(part, position);
  return index === -1 ? text.length : index;
}

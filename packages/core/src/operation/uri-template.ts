/** Compares a URI with a template; gives the values of the placeholders, or nothing where they differ. */
export type UriMatcher = (uri: string) => Readonly<Record<string, string>> | undefined;

interface Placeholder {
  readonly name: string;
  /** RFC 6570 §3.2.3: `{+name}` may stand for slashes too. */
  readonly reserved: boolean;
}

const expression = /\{(\+?)([A-Za-z0-9_.]+)\}/;

/** Whether a key is meant as a template rather than as a URI. */
export function isUriTemplate(value: string): boolean {
  return expression.test(value);
}

/**
 * Compiles a URI template (RFC 6570): `{name}` stands for one or more characters without a slash, `{+name}`, as the last
 * expression, for any. The rest is compared as written. Matching takes time in proportion to the URI.
 *
 * @returns the reason, where the template uses anything else
 */
export function compileUriTemplate(template: string): UriMatcher | { readonly problem: string } {
  const parts = template.split(new RegExp(expression, 'g'));
  const literals = parts.filter((_part, index) => index % 3 === 0);
  const placeholders = parts.flatMap((part, index) =>
    index % 3 === 2 ? [{ name: part, reserved: parts[index - 1] === '+' }] : [],
  );
  if (literals.some((literal) => /[{}]/.test(literal))) {
    return { problem: 'uses an expression that is not supported: only {name}, and {+name} at the end, are.' };
  }
  if (literals.slice(1, -1).includes(''))
    return { problem: 'has two placeholders with nothing between them.' };
  if (placeholders.slice(0, -1).some(({ reserved }) => reserved)) {
    return { problem: 'has {+name} before another placeholder.' };
  }
  return (uri) => match(uri, literals, placeholders);
}

/** The earliest end of each value is the best one: it leaves most to those that follow. */
function match(
  uri: string,
  literals: readonly string[],
  placeholders: readonly Placeholder[],
): Readonly<Record<string, string>> | undefined {
  if (!uri.startsWith(literals[0] ?? '')) return undefined;
  let position = literals[0]?.length ?? 0;
  const values: [string, string][] = [];
  for (const [index, { name, reserved }] of placeholders.entries()) {
    const literal = literals[index + 1] ?? '';
    const isLast = index === placeholders.length - 1;
    const end = isLast ? uri.length - literal.length : uri.indexOf(literal, position + 1);
    if (end <= position || !uri.startsWith(literal, end)) return undefined;
    const value = uri.slice(position, end);
    if (!reserved && value.includes('/')) return undefined;
    values.push([name, value]);
    position = end + literal.length;
  }
  return Object.fromEntries(values);
}

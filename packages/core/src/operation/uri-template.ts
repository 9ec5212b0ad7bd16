/**
 * Compiles a URI template of RFC 6570 level 1 (`notes://{owner}/{id}`) into a matcher: each placeholder stands for one or
 * more characters without a slash. The rest is compared as written.
 *
 * @returns the values of the placeholders, or nothing where the URI does not match
 */
export function compileUriTemplate(
  template: string,
): (uri: string) => Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const pattern = template
    .split(/(\{[A-Za-z0-9_.]+\})/)
    .map((part) => {
      if (!/^\{[A-Za-z0-9_.]+\}$/.test(part)) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part.slice(1, -1));
      return '([^/]+)';
    })
    .join('');
  const expression = new RegExp(`^${pattern}$`, 's');
  return (uri) => {
    const match = uri.length > maxUriLength ? null : expression.exec(uri);
    if (match === null) return undefined;
    return Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']));
  };
}

export function isUriTemplate(value: string): boolean {
  return /\{[A-Za-z0-9_.]+\}/.test(value);
}

/** Keeps matching linear in practice; longer URIs match no template and fall to the rule for all others. */
const maxUriLength = 8192;

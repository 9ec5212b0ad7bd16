/** Scheme, authority and path of an absolute URI (RFC 3986 §3); query and fragment do not count (RFC 9449 §4.3). */
const parts = /^(https?):\/\/([^/?#@]+)(\/[^?#]*)?(?:[?#].*)?$/i;
/** RFC 3986 §3.2.2, §3.2.3. */
const authority = /^(\[[0-9a-f:.]+\]|[^[\]:\\%]+)(?::(\d*))?$/i;
/** RFC 9110 §5.5, and what no URI holds. */
const printable = /^[\x21-\x7e]+$/;
/** RFC 3986 §2.1: a percent sign is followed by two hexadecimal digits. */
const brokenEscape = /%(?![0-9a-f]{2})/i;
/** RFC 3986 §2.3. */
const unreserved = /^[\w\-.~]$/;

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** What is longer is not the URL of any endpoint. */
const maxLength = 2048;

/**
 * A URL in the one spelling that is compared (RFC 9449 §4.3, RFC 3986 §6.2.2, §6.2.3): case of scheme and host, the default port,
 * escapes of unreserved characters and dot segments make no difference. Query and fragment are left out.
 *
 * Nothing for what is not an absolute http URL, has a user name, or escapes that cannot be decoded.
 */
export function normalizeHtu(text: string): string | undefined {
  if (text.length > maxLength || !printable.test(text)) return undefined;
  const match = parts.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', host = '', path = ''] = match;
  const found = authority.exec(host);
  const normalPath = normalizePath(path);
  if (found === null || normalPath === undefined) return undefined;
  const name = scheme.toLowerCase();
  const [, address = '', port = ''] = found;
  const isDefault = port === '' || port.replace(/^0+(?=\d)/, '') === defaultPorts[name];
  return `${name}://${address.toLowerCase()}${isDefault ? '' : `:${port}`}${normalPath}`;
}

/**
 * The same of a path. An empty one is that of the root.
 *
 * Nothing for escapes that cannot be decoded.
 */
export function normalizePath(path: string): string | undefined {
  if (plainPath.test(path)) return path;
  if (brokenEscape.test(path)) return undefined;
  const decoded = path.replaceAll(/%([0-9a-f]{2})/gi, (escape, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return unreserved.test(character) ? character : escape.toUpperCase();
  });
  return removeDotSegments(decoded);
}

/** Needs nothing done. */
const plainPath = /^(?:\/[\w-]+)+$/;

/** RFC 3986 §5.2.4. */
function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (isLast && (segment === '.' || segment === '..')) kept.push('');
  }
  return `/${kept.join('/')}`;
}

/**
 * What the `htu` of a proof is compared with: the origin of the configured resource with the path of the request as it came, or a URL
 * that was configured. Never what a header of the request says.
 */
export class ExpectedHtu {
  readonly #origin: string;
  readonly #fixed: string | undefined;
  /** Most requests have one path. */
  #last: { readonly target: string; readonly url: string | undefined } | undefined;

  /**
   * @param resource - its identifier
   * @param publicUrl - the URL at which clients reach the endpoint, where a proxy changes its path
   */
  constructor(resource: string, publicUrl?: string) {
    this.#origin = new URL(resource).origin;
    this.#fixed = publicUrl === undefined ? undefined : normalizeHtu(publicUrl);
  }

  /** Nothing where no proof can be for this request. */
  of(target: string): string | undefined {
    if (this.#fixed !== undefined) return this.#fixed;
    if (this.#last?.target !== target) this.#last = { target, url: this.#resolve(target) };
    return this.#last.url;
  }

  #resolve(target: string): string | undefined {
    const [path = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
    return path === '' || path.startsWith('/') ? normalizeHtu(`${this.#origin}${path}`) : undefined;
  }
}

/** Whether a proof is for this URL. */
export function matchesHtu(htu: string, expected: string): boolean {
  return htu === expected || normalizeHtu(htu) === expected;
}

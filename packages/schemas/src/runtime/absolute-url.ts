// Every runtime has it; the type would otherwise come from the DOM or the Node library.
declare const URL: new (url: string) => { readonly href: string };

/**
 * The visible form of an absolute URL with an authority. The URL parser alone is too kind: it drops tabs and line
 * breaks, trims spaces, and reads backslashes and `https:host` as if they were well formed.
 */
// eslint-disable-next-line no-control-regex
export const ABSOLUTE_URL = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\x00-\x20\x7f"<>\\]+$/;

/** The ordinary cases, which every URL parser accepts: https, an ASCII host that ends in letters, no port. */
const PLAIN_URL = /^https:\/\/[a-z][a-z.]*(?:$|\/[#-;?-Z_-~]*$)/;
const ORDINARY_URL = /^https:\/\/(?:[a-z0-9]+[.-])+[a-z]+(?:$|\/[#-;?-Z_-~]*$)/;

/** Not by `URL.canParse`: once Node.js 20 and 22 have optimised it, it takes a Latin-1 string for UTF-8. */
function canParse(value: string): boolean {
  try {
    return new URL(value).href !== '';
  } catch {
    return false;
  }
}

/**
 * Tells whether a string is an absolute URL as this package understands it at the parse level.
 *
 * *Checks* a scheme followed by `://`, no white space, control character, quote, angle bracket or backslash anywhere,
 * and that the WHATWG URL parser accepts it. *Does not check* the scheme (the `https` rule is lint), query or fragment.
 *
 * @see RFC 3986 §4.3
 * @example
 * ```ts
 * import { isAbsoluteUrl } from '@mcp-auth/schemas';
 *
 * isAbsoluteUrl('https://auth.example.com'); // true
 * isAbsoluteUrl('/token'); // false
 * ```
 */
export const isAbsoluteUrl = (value: string): boolean =>
  PLAIN_URL.test(value) || ORDINARY_URL.test(value) || (ABSOLUTE_URL.test(value) && canParse(value));

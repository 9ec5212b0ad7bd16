/** The form of a JWS in compact serialization: three base64url segments, none of them empty. */
export const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * Tells whether a string has the form of a JWS in compact serialization.
 *
 * *Checks* the three non-empty base64url segments. *Does not check* the header, the claims or the signature.
 *
 * @see RFC 7515 section 3.1
 * @example
 * ```ts
 * import { isCompactJws } from '@mcp-auth/schemas';
 *
 * isCompactJws('eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl'); // true
 * ```
 */
export const isCompactJws = (value: string): boolean => COMPACT_JWS.test(value);

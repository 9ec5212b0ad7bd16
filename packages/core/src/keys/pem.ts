/** RFC 7468 §2: text before and after the encapsulation boundaries is left out, as are blanks around lines. */
const publicKeys = /-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----/g;

/**
 * The body of the one public key in a PEM text, between bare boundaries.
 *
 * Checks: exactly one block, of base64 alone. Does not check: what the base64 says.
 */
export function readPublicKeyPem(text: string): string | PemProblem {
  const blocks = [...text.matchAll(publicKeys)].map(([, body = '']) => body.replaceAll(/\s/g, ''));
  const [body, ...others] = blocks;
  if (body === undefined) return { problem: 'none' };
  if (others.length > 0) return { problem: 'several' };
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return { problem: 'damaged' };
  return `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`;
}

export interface PemProblem {
  readonly problem: 'none' | 'several' | 'damaged';
}

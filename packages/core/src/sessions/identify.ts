import type { AuthInfo } from '../caller/auth-info.js';

/**
 * Who a token stands for, in one string: issuer, subject and client, at one resource. Subjects are unique per issuer only, and
 * two clients of one user do not share what they hold.
 *
 * @returns nothing for a token that names neither subject nor client; the same string for all anonymous callers
 */
export function identify(auth: AuthInfo | undefined): string | undefined {
  if (auth === undefined) return 'anonymous';
  const { issuer, subject = null, clientId, resource } = auth;
  if (subject === null && clientId === '') return undefined;
  return JSON.stringify([issuer, subject, clientId, resource?.href]);
}

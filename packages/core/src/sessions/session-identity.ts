import type { AuthInfo } from '../caller/auth-info.js';

/**
 * Who a token stands for, in one string: issuer, subject and client, at one resource. Subjects are unique per issuer only, and
 * two clients of one user do not share what they hold.
 *
 * @returns nothing for a token that names neither subject nor client; the same string for all anonymous callers
 */
export function identify(auth: AuthInfo | undefined): string | undefined {
  if (auth === undefined) return anonymous;
  const { issuer, subject = null, clientId } = auth;
  // A copy made by spreading has none
  const { resource } = auth as Partial<AuthInfo>;
  if (subject === null && clientId === '') return undefined;
  return JSON.stringify([issuer, subject, clientId, resource?.href]);
}

/**
 * Who a session counts to: issuer and subject, through whichever client and at whichever resource; the client itself where the token
 * names no user. All anonymous callers count as one.
 */
export function userOf(auth: AuthInfo | undefined): string {
  if (auth === undefined) return anonymous;
  const { issuer, subject = null, clientId } = auth;
  return JSON.stringify(subject === null ? [issuer, null, clientId] : [issuer, subject]);
}

/** The client of an issuer; nothing where the token names none. */
export function clientOf(auth: AuthInfo | undefined): string | undefined {
  return auth === undefined || auth.clientId === ''
    ? undefined
    : JSON.stringify([auth.issuer, auth.clientId]);
}

/** No JSON text: nothing that a token says can be taken for it. */
const anonymous = 'anonymous';

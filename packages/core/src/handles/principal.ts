import { type AuthInfo, isAuthInfo } from '../caller/auth-info.js';

/**
 * What handles are bound to: `subject` is issuer and subject, or issuer and client for tokens without a subject; `client` is issuer,
 * client and subject.
 */
export type HandleBinding = 'subject' | 'client';

/**
 * Who made a handle, in one string. Subjects and clients are unique per issuer only, and a client is never a subject of the same name.
 *
 * @param resource - the resource that the caller's token has to have been accepted for
 * @returns nothing where nobody can be told from others: anonymous callers, callers of another resource, and tokens that do not
 *   name what handles are bound to
 */
export function principalOf(
  caller: AuthInfo | undefined,
  resource: string,
  bindTo: HandleBinding,
): string | undefined {
  if (!isAuthInfo(caller) || caller.resource.href !== resource) return undefined;
  const { issuer, clientId } = caller;
  // For verifiers of the owner's own: an empty subject names nobody
  const subject = caller.subject === '' ? undefined : caller.subject;
  if (bindTo === 'client') {
    return clientId === ''
      ? undefined
      : JSON.stringify(['client', issuer, clientId, subject ?? null, resource]);
  }
  if (subject !== undefined) return JSON.stringify(['subject', issuer, subject, resource]);
  return clientId === '' ? undefined : JSON.stringify(['client-only', issuer, clientId, resource]);
}

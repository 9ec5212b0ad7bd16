import type { Claims } from '../token/token-policy.js';

/** A text claim that says something, or nothing. */
export function readString(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list claim, or a space-separated one, as its entries. */
export function readWords(claims: Claims, name: string): readonly string[] {
  const value = claims[name];
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/**
 * Whether a token names audiences, and every one of them is shared by many resources.
 *
 * Such a token is refused whatever audiences a route was told to accept.
 */
export function hasOnlySharedAudiences(claims: Claims, isShared: (audience: string) => boolean): boolean {
  const { aud } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return audiences.length > 0 && audiences.every((entry) => typeof entry === 'string' && isShared(entry));
}

/** RFC 9068 §2.1: the media type of a JWT access token, in either spelling. */
export function isTypedAccessToken({ typ }: Readonly<Record<string, unknown>>): boolean {
  return typeof typ === 'string' && /^(?:application\/)?at\+jwt$/i.test(typ);
}

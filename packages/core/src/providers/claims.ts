import type { Claims } from '../policy/token-policy.js';

export function readString(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' ? value : undefined;
}

/** A list claim, or a space-separated one, as its entries. */
export function readWords(claims: Claims, name: string): readonly string[] {
  const value = claims[name];
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

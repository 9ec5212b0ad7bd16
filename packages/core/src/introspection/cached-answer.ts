import { encode } from 'jose/base64url';
import { deepFreeze } from '../token/deep-freeze.js';
import type { Claims } from '../token/token-policy.js';
import type { IntrospectionAnswer } from './introspection-answer.js';
import { isTooDeep } from './nesting.js';

/** Of the serialised form. Processes of different releases share a cache, so a change of the form needs a new number. */
const version = 1;

/** An answer has 64 KiB at most, and its text grows when numbers are written out: 1e20 has 21 digits. */
const maxTextLength = 6 * 64 * 1024;

/** An answer as a cache keeps it. */
export interface CachedAnswer {
  readonly answer: IntrospectionAnswer;
  /** When the server gave it. Seconds since the epoch. */
  readonly answeredAt: number;
  /** Whether its signature was verified (RFC 9701). */
  readonly signed: boolean;
}

/**
 * The key of a token: a digest of issuer, endpoint, client and token, so that neither the cache nor its logs learn the token
 * and no client reads what was told to another (RFC 7662 §4).
 */
export async function createCacheKey(
  issuer: string,
  endpoint: string,
  clientId: string | undefined,
  token: string,
): Promise<string> {
  const text = JSON.stringify([issuer, endpoint, clientId ?? null, token]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `mcp-auth:introspection:${version}:${encode(new Uint8Array(digest))}`;
}

export function formatCachedAnswer({ answer, answeredAt, signed }: CachedAnswer): string {
  const common = { v: version, active: answer.kind === 'active', signed, at: answeredAt };
  return JSON.stringify(answer.kind === 'active' ? { ...common, claims: answer.claims } : common);
}

/** Reads what a cache returned; anything that is not of this very form is nothing. */
export function parseCachedAnswer(text: unknown): CachedAnswer | undefined {
  const value = parseObject(text);
  if (value === undefined) return undefined;
  const { v, active, signed, at, claims } = value;
  if (v !== version || typeof signed !== 'boolean' || typeof at !== 'number' || !Number.isFinite(at))
    return undefined;
  if (active === false) return { answer: { kind: 'inactive' }, answeredAt: at, signed };
  if (active !== true || typeof claims !== 'object' || claims === null || Array.isArray(claims))
    return undefined;
  if (isTooDeep(claims)) return undefined;
  const answer = { kind: 'active', claims: deepFreeze(claims as Claims), answeredAt: at } as const;
  return { answer, answeredAt: at, signed };
}

function parseObject(text: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof text !== 'string' || text.length > maxTextLength) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

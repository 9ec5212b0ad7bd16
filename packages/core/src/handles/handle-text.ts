import { decodeBase64url, encodeBase64url } from '../secrets/base64url.js';
import { tagBytes } from '../secrets/keyring.js';

/** What a handle says, next to its tag. */
export interface HandleContent {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  readonly allOf: readonly string[];
  /** Of each, one scope is enough. */
  readonly anyOf: readonly (readonly string[])[];
  /** Of each, one value of `acr` is enough. */
  readonly acrValues: readonly (readonly string[])[];
}

/** A handle in its two parts. */
export interface SplitHandle {
  readonly content: string;
  readonly tag: Uint8Array<ArrayBuffer>;
}

/** Clients of MCP 2026-07-28 repeat the identifier of a task in a header; 2 KiB leave room for others. */
export const maxHandleLength = 2048;

const prefix = 'h1';

/** A part that no handle has: what has not the form of one is verified like any other, and fails like it. */
const noHandle: SplitHandle = { content: '', tag: new Uint8Array(tagBytes) };

/**
 * Takes a handle apart.
 *
 * Checks: its form and its length. Only the one spelling that {@link joinHandle} makes is taken apart.
 *
 * Does not check: its tag. Nothing in it may be believed before.
 */
export function splitHandle(handle: unknown): SplitHandle {
  if (typeof handle !== 'string' || handle.length > maxHandleLength) return noHandle;
  const [version, content, tag, ...more] = handle.split('.');
  if (version !== prefix || !content || tag === undefined || more.length > 0) return noHandle;
  const decoded = decodeBase64url(tag);
  return decoded?.length === tagBytes ? { content, tag: decoded } : noHandle;
}

export function joinHandle(content: string, tag: Uint8Array): string {
  return `${prefix}.${content}.${encodeBase64url(tag)}`;
}

export function formatContent({ id, expiresAt, allOf, anyOf, acrValues }: HandleContent): string {
  const logins = acrValues.length === 0 ? [] : [acrValues];
  return encodeBase64url(new TextEncoder().encode(JSON.stringify([id, expiresAt, allOf, anyOf, ...logins])));
}

/** Reads what {@link formatContent} wrote: of a handle whose tag is good, and of no other. Handles of earlier releases name no logins. */
export function parseContent(content: string): HandleContent {
  const bytes = decodeBase64url(content) ?? new Uint8Array();
  const [id, expiresAt, allOf, anyOf, acrValues = []] = JSON.parse(new TextDecoder().decode(bytes)) as [
    string,
    number,
    string[],
    string[][],
    string[][]?,
  ];
  return { id, expiresAt, allOf, anyOf, acrValues };
}

import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { DependencyPurpose } from './dependency-event.js';
import { findFaultHint } from './fault-hint.js';

/** One URL that was asked, and what came of it. */
export interface FaultAttempt {
  readonly url: string;
  /** Of the error that this URL led to. */
  readonly code: string;
  /** HTTP status, where there was an answer that had the wrong one. */
  readonly status?: number;
  /** Media type, where the answer was no JSON. */
  readonly mediaType?: string;
  /** The system's own name for what failed, such as `ENOTFOUND`, `ECONNREFUSED` or `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly cause?: string;
}

/** An authorization server failed: requests that depend on it are answered with 503 unless known keys suffice. */
export interface FaultEvent {
  readonly type: 'fault';
  readonly issuer: string;
  readonly purpose: DependencyPurpose;
  /** Every URL that was tried, in order. Empty where none was, as for credentials that could not be made. */
  readonly attempts: readonly FaultAttempt[];
  readonly error: MCPAuthAuthServerError;
  /** What to do about it, in few words, where the message of the error does not say so. */
  readonly hint?: string;
}

/** An authorization server began to fail, or answers again. One of each for every time it does. */
export interface OutageEvent {
  readonly type: 'outage';
  readonly issuer: string;
  readonly purpose: DependencyPurpose;
  readonly phase: 'begin' | 'end';
  /** How long it has lasted, in milliseconds. Only at its end. */
  readonly durationMs?: number;
}

/** A key set was fetched. */
export interface KeysEvent {
  readonly type: 'keys';
  readonly issuer: string;
  readonly url: string;
  /** `rotated`: it has other keys than the one before. */
  readonly change: 'first' | 'same' | 'rotated';
  /** Number of keys that can verify. */
  readonly count: number;
  /** Identifiers (`kid`) of keys that are new, at most 20. */
  readonly added: readonly string[];
  /** Identifiers of keys that are gone: tokens that they signed are denied from now on. At most 20. */
  readonly withdrawn: readonly string[];
  /** Identifiers and reasons of keys that must not verify, at most 20. */
  readonly leftOut: readonly { readonly keyId: string; readonly reason: string }[];
  /** How long the set counts as fresh, in milliseconds. */
  readonly freshMs: number;
}

/** What an error says of the URLs that were asked. */
export function toFault(
  issuer: string,
  purpose: DependencyPurpose,
  error: MCPAuthAuthServerError,
): FaultEvent {
  const { places } = error.details ?? {};
  const found = Array.isArray(places) ? places : [{ ...error.details, code: error.code }];
  const hint = findFaultHint(error, purpose);
  const fault = { type: 'fault', issuer, purpose, attempts: found.flatMap(readAttempt), error } as const;
  return hint === undefined ? fault : { ...fault, hint };
}

function readAttempt(details: unknown): readonly FaultAttempt[] {
  const { url, code, status, mediaType, systemCode } = details as Readonly<Record<string, unknown>>;
  if (typeof url !== 'string' || typeof code !== 'string') return [];
  return [
    {
      url,
      code,
      ...(typeof status === 'number' ? { status } : undefined),
      ...(typeof mediaType === 'string' ? { mediaType } : undefined),
      ...(typeof systemCode === 'string' ? { cause: systemCode } : undefined),
    },
  ];
}

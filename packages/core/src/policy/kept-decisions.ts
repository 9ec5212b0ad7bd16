import { OldestFirst } from '../cache/oldest-first.js';
import type { Clock } from '../net/environment.js';
import { toCanonicalJson } from './canonical-json.js';
import type { PolicyRequest } from './policy-function.js';
import type { PolicyVerdict } from './policy-verdict.js';
import { sha256 } from './sha-256.js';

/** What is kept, and under which name. */
export interface KeepRules {
  readonly id: string;
  readonly version: string;
  readonly maxAgeSeconds: number;
  readonly maxEntries: number;
}

interface Entry {
  readonly verdict: PolicyVerdict;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** Longest list of scopes or text that a kept decision may hold: with the number of entries it bounds the memory. */
const maxVerdictCharacters = 2048;

/**
 * Decisions of one policy, for as long as it says and the token of the caller is good. Never what went wrong.
 *
 * The key says all that such a policy is shown: it gets no head and no `params`, and of the caller the token's claims are in the key.
 */
export class KeptDecisions {
  readonly #rules: KeepRules;
  readonly #entries = new OldestFirst<string, Entry>();
  /** Of callers, by their claims, which all requests with one token share. */
  readonly #callers = new WeakMap<object, CallerText>();

  constructor(rules: KeepRules) {
    this.#rules = rules;
  }

  /** Nothing for a request whose values are no JSON, or too long: it is asked each time. */
  keyOf({ operation, arguments: given, caller, resource }: PolicyRequest): string | undefined {
    const { id, version } = this.#rules;
    const { method, target, variables } = operation;
    const who = caller === undefined ? 'null' : this.#describe(caller);
    const what = toCanonicalJson([
      id,
      version,
      resource,
      method,
      target ?? null,
      // A list has no arguments, which is not the same as a call with none
      given === undefined ? [] : [given],
      variables,
    ]);
    return who === undefined || what === undefined ? undefined : sha256(`${who}${what}`);
  }

  find(key: string, now: number): PolicyVerdict | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // A clock that was set back must not keep an entry for longer
    if (now >= entry.storedAt && now < entry.expiresAt) {
      this.#entries.add(key, entry);
      return entry.verdict;
    }
    this.#entries.delete(key);
    return undefined;
  }

  /** @param tokenExpiresAt - seconds since the epoch; absent for a caller without a token */
  keep(key: string, verdict: PolicyVerdict, now: Clock, tokenExpiresAt: number | undefined): void {
    if (verdict.kind === 'error' || verdict.kind === 'unavailable') return;
    if (JSON.stringify(verdict).length > maxVerdictCharacters) return;
    const storedAt = now();
    const lasts = storedAt + this.#rules.maxAgeSeconds * 1000;
    const expiresAt = tokenExpiresAt === undefined ? lasts : Math.min(lasts, tokenExpiresAt * 1000);
    if (!(expiresAt > storedAt)) return;
    this.#entries.add(key, { verdict, storedAt, expiresAt });
    while (this.#entries.size > this.#rules.maxEntries) {
      const oldest = this.#entries.oldest();
      if (oldest === undefined) return;
      this.#entries.delete(oldest.key);
    }
  }

  #describe(caller: NonNullable<PolicyRequest['caller']>): string | undefined {
    const known = this.#callers.get(caller.claims);
    if (known !== undefined && isSame(known, caller)) return known.text;
    const { issuer, subject, clientId, scopes, audience, expiresAt, claims } = caller;
    const parts = [issuer, subject ?? null, clientId, scopes, audience ?? null, expiresAt, claims];
    const text = toCanonicalJson(parts);
    // The hash of what is the same for all requests with a token is made once
    const digest = text === undefined ? undefined : sha256(text);
    this.#callers.set(claims, { issuer, subject, clientId, lists: toLists(caller), expiresAt, text: digest });
    return digest;
  }
}

interface CallerText {
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly clientId: string;
  readonly lists: string;
  readonly expiresAt: number;
  readonly text: string | undefined;
}

/** An application may make up callers whose claims are one object, and change the scopes of its own. */
function isSame(known: CallerText, caller: NonNullable<PolicyRequest['caller']>): boolean {
  return (
    known.issuer === caller.issuer &&
    known.subject === caller.subject &&
    known.clientId === caller.clientId &&
    known.expiresAt === caller.expiresAt &&
    known.lists === toLists(caller)
  );
}

function toLists({ scopes, audience }: NonNullable<PolicyRequest['caller']>): string {
  return JSON.stringify([scopes, audience]);
}

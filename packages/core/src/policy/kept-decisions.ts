import type { Clock } from '../net/environment.js';
import { toCanonicalJson } from './canonical-json.js';
import { type AskedQuestion, type DecisionKey, holdKey, KeptEntries, placeOf } from './kept-entries.js';
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

/** Longest list of scopes or text that a kept decision may hold: with the number of entries it bounds the memory. */
const maxVerdictCharacters = 2048;

/**
 * Decisions of one policy, for as long as it says and the token of the caller is good. Never what went wrong.
 *
 * The key says all that such a policy is shown: it gets no head and no `params`, and of the caller the token's claims are in the key.
 */
export class KeptDecisions {
  readonly #rules: KeepRules;
  readonly #entries: KeptEntries;
  /** Of callers, by their claims, which all requests with one token share. */
  readonly #callers = new WeakMap<object, CallerText>();
  readonly #withoutToken = new Map<string, string | undefined>();

  constructor(rules: KeepRules) {
    this.#rules = rules;
    this.#entries = new KeptEntries(rules.maxEntries);
  }

  /** Nothing for a request whose values are no JSON, or too long: it is asked each time. */
  keyOf(question: AskedQuestion, caller: Caller | undefined, resource: string): DecisionKey | undefined {
    const who = caller === undefined ? this.#recallNobody(resource) : this.#recall(resource, caller);
    const place = who === undefined ? undefined : placeOf(question);
    return who === undefined || place === undefined ? undefined : { who, place, question };
  }

  /** The same key with a copy of its question, which no function can change any more; nothing where it cannot be kept. */
  hold(key: DecisionKey): DecisionKey | undefined {
    return holdKey(key);
  }

  find(key: DecisionKey, now: number): PolicyVerdict | undefined {
    const entry = this.#entries.use(key);
    if (entry === undefined) return undefined;
    // A clock that was set back must not keep an entry for longer
    if (now >= entry.storedAt && now < entry.expiresAt) return entry.verdict;
    this.#entries.delete(entry);
    return undefined;
  }

  /** @param tokenExpiresAt - seconds since the epoch; absent for a caller without a token */
  keep(key: DecisionKey, verdict: PolicyVerdict, now: Clock, tokenExpiresAt: number | undefined): void {
    if (verdict.kind === 'error' || verdict.kind === 'unavailable') return;
    if (JSON.stringify(verdict).length > maxVerdictCharacters) return;
    const storedAt = now();
    const lasts = storedAt + this.#rules.maxAgeSeconds * 1000;
    const expiresAt = tokenExpiresAt === undefined ? lasts : Math.min(lasts, tokenExpiresAt * 1000);
    if (expiresAt > storedAt) this.#entries.add(key, { verdict, storedAt, expiresAt });
  }

  /** The part of a key that is the same for all requests with a token at a resource is made once. */
  #recall(resource: string, caller: Caller): string | undefined {
    const known = this.#callers.get(caller.claims);
    if (known?.resource === resource && isSame(known, caller)) return known.text;
    const { issuer, subject, clientId, audience, expiresAt, claims } = caller;
    const scopes = [...caller.scopes];
    const parts = [issuer, subject ?? null, clientId, scopes, audience ?? null, expiresAt, claims];
    const text = this.#describe(resource, parts);
    this.#callers.set(claims, { resource, issuer, subject, clientId, scopes, audience, expiresAt, text });
    return text;
  }

  /** A policy is at as many resources as its owner says. */
  #recallNobody(resource: string): string | undefined {
    const known = this.#withoutToken.get(resource);
    if (known !== undefined) return known;
    const text = this.#describe(resource, null);
    this.#withoutToken.set(resource, text);
    return text;
  }

  #describe(resource: string, who: readonly unknown[] | null): string | undefined {
    const { id, version } = this.#rules;
    const text = toCanonicalJson([id, version, resource, who]);
    return text === undefined ? undefined : sha256(text);
  }
}

type Caller = NonNullable<PolicyRequest['caller']>;

interface CallerText extends Pick<Caller, 'issuer' | 'clientId' | 'expiresAt' | 'scopes'> {
  readonly resource: string;
  readonly subject: string | undefined;
  readonly audience: Caller['audience'] | undefined;
  readonly text: string | undefined;
}

/** An application may make up callers whose claims are one object, and change their scopes. */
function isSame(known: CallerText, caller: Caller): boolean {
  return (
    known.issuer === caller.issuer &&
    known.subject === caller.subject &&
    known.clientId === caller.clientId &&
    known.expiresAt === caller.expiresAt &&
    isSameList(known.scopes, caller.scopes) &&
    isSameList(known.audience, caller.audience)
  );
}

function isSameList(one: string | readonly string[] | undefined, other: typeof one): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

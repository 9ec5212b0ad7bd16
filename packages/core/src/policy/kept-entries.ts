import { type OldestEntry, OldestFirst } from '../cache/oldest-first.js';
import { toCanonicalJson } from './canonical-json.js';
import { noVariables, type PolicyRequest } from './policy-function.js';
import type { PolicyVerdict } from './policy-verdict.js';
import { hashJson, isSameJson, noJson } from './same-json.js';
import { sha256 } from './sha-256.js';

/** What a policy is asked about, apart from who asks. */
export type AskedQuestion = Pick<PolicyRequest, 'operation' | 'arguments'>;

/** Where a decision is: who asks, under a text that no other caller has, and what. */
export interface DecisionKey {
  readonly who: string;
  /** A number that several questions may share, or the hash of a long one, which none shares. */
  readonly place: number | string;
  readonly question: AskedQuestion;
}

export interface Entry {
  readonly who: string;
  readonly place: number | string;
  /** Of a short question: its own copy, for what is handed on may be changed later. Nothing for one that its place says. */
  readonly question: AskedQuestion | undefined;
  readonly verdict: PolicyVerdict;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** An entry, as it is in the order of use. */
type Held = OldestEntry<Entry, true>;

/** Most characters and values of a target, of variables and of arguments that are kept as they are; of what is longer the hash is, so that an entry has its bound. */
const maxQuestionSize = 512;

/** Most entries of one caller in one place: whoever makes up questions that meet there pushes out their own. */
const maxInPlace = 4;

/** The same key with a copy of its question, which nobody can change any more; nothing where it cannot be kept. */
export function holdKey(key: DecisionKey): DecisionKey | undefined {
  if (typeof key.place === 'string') return key;
  const question = copyOf(key.question);
  return question && { ...key, question };
}

/** Entries by who asks what, the one that was used longest ago first. */
export class KeptEntries {
  readonly #max: number;
  readonly #entries = new OldestFirst<Entry, true>();
  readonly #places = new Map<Entry['who'], Map<Entry['place'], Held[]>>();

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns nothing for an entry that is not there; otherwise it is the youngest then */
  use({ who, place, question }: DecisionKey): Entry | undefined {
    const there = this.#places.get(who)?.get(place);
    if (there === undefined) return undefined;
    for (const held of there) {
      const entry = held.key;
      if (entry.question !== undefined && !isSame(entry.question, question)) continue;
      this.#entries.renew(held);
      return entry;
    }
    return undefined;
  }

  /** @param key - that is held */
  add(key: DecisionKey, kept: Pick<Entry, 'verdict' | 'storedAt' | 'expiresAt'>): void {
    const { who, place } = key;
    const found = this.use(key);
    if (found !== undefined) this.delete(found);
    const entry = { who, place, question: typeof place === 'string' ? undefined : key.question, ...kept };
    const places = this.#places.get(who) ?? new Map<Entry['place'], Held[]>();
    this.#places.set(who, places);
    const there = places.get(place) ?? [];
    places.set(place, there);
    there.push(this.#entries.add(entry, true));
    if (there.length > maxInPlace && there[0] !== undefined) this.delete(there[0].key);
    while (this.#entries.size > this.#max) {
      const oldest = this.#entries.oldest();
      if (oldest === undefined) return;
      this.delete(oldest.key);
    }
  }

  delete(entry: Entry): void {
    this.#entries.delete(entry);
    const places = this.#places.get(entry.who);
    const left = places?.get(entry.place)?.filter(({ key }) => key !== entry) ?? [];
    if (left.length > 0) places?.set(entry.place, left);
    else places?.delete(entry.place);
    if (places?.size === 0) this.#places.delete(entry.who);
  }
}

/**
 * Where a question is.
 *
 * @returns nothing for what is not JSON, or too long: it is asked each time
 */
export function placeOf(question: AskedQuestion): number | string | undefined {
  const { method, target, variables } = question.operation;
  const ofTarget = hashJson(target ?? null, maxQuestionSize);
  const ofVariables = variables === noVariables ? 0 : hashJson(variables, maxQuestionSize);
  // A list has no arguments, which is not the same as a call with none
  const ofArguments = hashJson(question.arguments ?? null, maxQuestionSize);
  const worst = Math.min(ofTarget, ofVariables, ofArguments);
  if (worst >= 0)
    return (Math.imul(Math.imul(ofTarget, 31) + ofVariables, 31) + ofArguments + method.length) | 0;
  return [ofTarget, ofVariables, ofArguments].includes(noJson) ? undefined : hashOf(question);
}

function hashOf({ operation, arguments: given }: AskedQuestion): string | undefined {
  const { method, target, variables } = operation;
  const text = toCanonicalJson([method, target ?? null, variables, given === undefined ? [] : [given]]);
  return text === undefined ? undefined : sha256(text);
}

function isSame(one: AskedQuestion, other: AskedQuestion): boolean {
  return (
    one.operation.target === other.operation.target &&
    one.operation.method === other.operation.method &&
    isSameJson(one.operation.variables, other.operation.variables) &&
    (one.arguments === undefined) === (other.arguments === undefined) &&
    isSameJson(one.arguments, other.arguments)
  );
}

/** Nothing for what is not JSON, or too long. The order of members stays: most that come again have it. */
function copyOf({ operation, arguments: given }: AskedQuestion): AskedQuestion | undefined {
  const { method, target, variables } = operation;
  if (toCanonicalJson([variables, given ?? null]) === undefined) return undefined;
  // The frozen one stays what it is, so that it need not be looked into
  const own = variables === noVariables ? variables : structuredClone(variables);
  return {
    operation: { method, target, params: undefined, variables: own },
    arguments: structuredClone(given),
  };
}

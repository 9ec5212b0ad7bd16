import { OldestFirst } from '../cache/oldest-first.js';
import { toCanonicalJson } from './canonical-json.js';
import type { PolicyRequest } from './policy-function.js';
import type { PolicyVerdict } from './policy-verdict.js';
import { hashJson, isSameJson, noJson, tooLarge } from './same-json.js';
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

/** Most characters and values of a question that is kept as it is; of a longer one its hash is, so that an entry has its bound. */
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
  readonly #places = new Map<Entry['who'], Map<Entry['place'], Entry[]>>();

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns nothing for an entry that is not there; otherwise it is the youngest then */
  use({ who, place, question }: DecisionKey): Entry | undefined {
    const there = this.#places.get(who)?.get(place);
    if (there === undefined) return undefined;
    for (const entry of there) {
      if (entry.question !== undefined && !isSame(entry.question, question)) continue;
      this.#entries.use(entry);
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
    const places = this.#places.get(who) ?? new Map<Entry['place'], Entry[]>();
    this.#places.set(who, places);
    const there = places.get(place) ?? [];
    places.set(place, there);
    there.push(entry);
    this.#entries.add(entry, true);
    if (there.length > maxInPlace && there[0] !== undefined) this.delete(there[0]);
    while (this.#entries.size > this.#max) {
      const oldest = this.#entries.oldest();
      if (oldest === undefined) return;
      this.delete(oldest.key);
    }
  }

  delete(entry: Entry): void {
    this.#entries.delete(entry);
    const places = this.#places.get(entry.who);
    const left = places?.get(entry.place)?.filter((each) => each !== entry) ?? [];
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
  const given = question.arguments;
  // Of methods there are few
  let place = method.length;
  // A list has no arguments, which is not the same as a call with none
  for (const part of [target ?? null, variables, given ?? null]) {
    const hash = hashJson(part, maxQuestionSize);
    if (hash === noJson) return undefined;
    if (hash === tooLarge) return hashOf(question);
    place = (Math.imul(place, 31) + hash) | 0;
  }
  return place;
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

/** Through its text, so that what is kept is JSON and nothing else. */
function copyOf({ operation, arguments: given }: AskedQuestion): AskedQuestion | undefined {
  const { method, target } = operation;
  const text = toCanonicalJson([operation.variables, ...(given === undefined ? [] : [given])]);
  if (text === undefined) return undefined;
  const [variables = {}, copied] = JSON.parse(text) as [
    PolicyRequest['operation']['variables']?,
    PolicyRequest['arguments']?,
  ];
  return { operation: { method, target, params: undefined, variables }, arguments: copied };
}

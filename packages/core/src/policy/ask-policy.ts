import type { AuthInfo } from '../caller/auth-info.js';
import type { RequestHead } from '../http/request-head.js';
import type { Clock } from '../net/environment.js';
import type { KeptDecisions } from './kept-decisions.js';
import type { DecisionKey } from './kept-entries.js';
import type { Operation, OperationFunction, PolicyRequest } from './policy-function.js';
import { settingsOf } from './policy-settings.js';
import { type PolicyVerdict, readAnswer, readBatch, readThrown, readWaited } from './policy-verdict.js';
import { TimeLimit } from './time-limit.js';

/** What holds for all questions of one policy. */
export interface Asking {
  /** Identifier of the protected resource. */
  readonly resource: string;
  readonly now: Clock;
  /** How long a function is waited for that names no limit. */
  readonly timeoutMs: number;
}

/** Who asks. */
export interface Asker {
  readonly auth: AuthInfo | undefined;
  readonly head?: RequestHead | undefined;
  /** Whether a list is asked about, which has no arguments. */
  readonly isList?: boolean | undefined;
}

/** One question to a function. */
export interface Question {
  readonly rule: OperationFunction;
  /** Option path of the rule. */
  readonly path: string;
  readonly operation: Operation;
  /** What messages call the operation: clients invent names of methods. */
  readonly called: string;
  readonly arguments: PolicyRequest['arguments'];
}

/** A request as a function sees it. */
class AskedRequest implements PolicyRequest {
  readonly operation: Operation;
  readonly arguments: PolicyRequest['arguments'];
  readonly caller: AuthInfo | undefined;
  readonly resource: string;
  readonly head: RequestHead | undefined;
  readonly #limit: TimeLimit;

  constructor(question: Question, asker: Asker, asking: Asking, limit: TimeLimit, isKept: boolean) {
    const { method, target, params, variables } = question.operation;
    this.operation = { method, target, params: isKept ? undefined : params, variables };
    this.arguments = question.arguments;
    this.caller = asker.auth;
    this.resource = asking.resource;
    this.head = isKept ? undefined : asker.head;
    this.#limit = limit;
  }

  get signal(): AbortSignal {
    return this.#limit.signal;
  }
}

/** Asks a function, or recalls what it has decided; synchronous where it is. */
export function ask(
  question: Question,
  asker: Asker,
  asking: Asking,
): PolicyVerdict | Promise<PolicyVerdict> {
  const { rule, path, called } = question;
  const settings = settingsOf(rule);
  const kept = settings?.kept;
  const limitMs = settings?.timeoutMs ?? asking.timeoutMs;
  const key = kept?.keyOf(question, asker.auth, asking.resource);
  const known = key === undefined ? undefined : kept?.find(key, asking.now());
  const isList = asker.isList === true;
  // What a list was told: a method without arguments has the same key there, and nothing may depend on any
  if (known !== undefined && (isList || known.kind !== 'depends')) return known;
  const held = key && kept?.hold(key);
  const limit = new TimeLimit(limitMs, asker.head);
  const request = new AskedRequest(question, asker, asking, limit, kept !== undefined);
  const finish = (verdict: PolicyVerdict) => {
    limit.end();
    return keep(kept, held, verdict, asker, asking);
  };
  try {
    const answer: unknown = rule(request);
    if (!isThenable(answer)) return finish(readAnswer(answer, path, called, isList));
    // A promise of our own: one that comes may have its own then
    const pending = new Promise<unknown>((resolve) => resolve(answer));
    return limit.wait(pending).then((waited) => finish(readWaited(waited, path, called, isList, limitMs)));
  } catch (cause) {
    return finish(readThrown(cause, path, called));
  }
}

function keep(
  kept: KeptDecisions | undefined,
  key: DecisionKey | undefined,
  verdict: PolicyVerdict,
  { auth }: Asker,
  { now }: Asking,
): PolicyVerdict {
  if (key !== undefined) kept?.keep(key, verdict, now, auth?.expiresAt);
  return verdict;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Most requests that one call of a batch function gets. */
export const maxBatch = 500;
/** Functions that have no batch form are asked so many questions at a time. */
const maxAtOnce = 10;

/**
 * Asks one function about all entries of a list, within one time limit: in one call where it has a batch form, else a few at a time.
 *
 * @param questions - all to the same function
 */
export async function askAll<Asked extends Question>(
  questions: readonly Asked[],
  asker: Asker,
  asking: Asking,
): Promise<readonly { readonly question: Asked; readonly verdict: PolicyVerdict }[]> {
  const [first] = questions;
  if (first === undefined) return [];
  const settings = settingsOf(first.rule);
  const kept = settings?.kept;
  const limitMs = settings?.timeoutMs ?? asking.timeoutMs;
  const limit = new TimeLimit(limitMs);
  const asked = questions.map((question) => {
    const request = new AskedRequest(question, asker, asking, limit, kept !== undefined);
    return { question, request, key: kept?.keyOf(question, asker.auth, asking.resource) };
  });
  const verdicts = new Map<(typeof asked)[number], PolicyVerdict>();
  for (const each of asked) {
    const known = each.key === undefined ? undefined : kept?.find(each.key, asking.now());
    if (known !== undefined) verdicts.set(each, known);
  }
  const left = asked
    .filter((each) => !verdicts.has(each))
    .map((each) => ({ ...each, of: each, held: each.key && kept?.hold(each.key) }));
  const size = settings?.decideAll === undefined ? maxAtOnce : maxBatch;
  for (let at = 0; at < left.length; at += size) {
    const some = left.slice(at, at + size);
    const found =
      settings?.decideAll === undefined
        ? await Promise.all(some.map(({ request, question }) => askOne(question, request, limit, limitMs)))
        : await askTogether(some, settings.decideAll, limit, limitMs);
    for (const [index, each] of some.entries()) {
      const verdict = found[index];
      if (verdict !== undefined) verdicts.set(each.of, keep(kept, each.held, verdict, asker, asking));
    }
  }
  limit.end();
  return asked.map((each) => ({
    question: each.question,
    verdict: verdicts.get(each) ?? unanswered(each.question),
  }));
}

async function askOne(
  { rule, path, called }: Question,
  request: PolicyRequest,
  limit: TimeLimit,
  limitMs: number,
): Promise<PolicyVerdict> {
  const waited = await limit.wait(call(() => rule(request)));
  return readWaited(waited, path, called, true, limitMs);
}

async function askTogether(
  some: readonly { readonly question: Question; readonly request: PolicyRequest }[],
  decideAll: (requests: readonly PolicyRequest[]) => unknown,
  limit: TimeLimit,
  limitMs: number,
): Promise<readonly PolicyVerdict[]> {
  const requests = some.map(({ request }) => request);
  const waited = await limit.wait(call(() => decideAll(requests)));
  const read = ({ path, called }: Question, one: typeof waited) =>
    readWaited(one, path, called, true, limitMs);
  if (waited.kind !== 'answered') return some.map(({ question }) => read(question, waited));
  const answers = readBatch(waited.answer, some[0]?.question.path ?? '', some.length);
  return some.map(({ question }, index) =>
    Array.isArray(answers)
      ? read(question, { kind: 'answered', answer: answers[index] })
      : { kind: 'error', error: answers as Exclude<typeof answers, readonly unknown[]> },
  );
}

/** What a function leads to, as a promise of our own. */
function call(act: () => unknown): Promise<unknown> {
  return new Promise((resolve) => resolve(act()));
}

function unanswered({ path, called }: Question): PolicyVerdict {
  return readAnswer(undefined, path, called, true);
}

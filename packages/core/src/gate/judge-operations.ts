import type { AuthInfo } from '../caller/auth-info.js';
import { refuseBody, refuseMalformedRequest } from '../challenge/operation-refusals.js';
import type { BodyOutcome, BodyProblemKind } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import { whenAll } from '../operation/judge-rule.js';
import { findMethod } from '../operation/methods.js';
import { type Message, readMessages } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import { type Refusal, unite, type Verdict } from '../operation/verdict.js';
import type { RefuseDecision } from '../http/answer.js';

/** The messages of a body that can be judged. */
export interface JudgedBody {
  readonly messages: readonly Message[];
  readonly isBatch: boolean;
  /** What the rules say about all of them together. */
  readonly verdict: Verdict;
  /** What they say about each. */
  readonly verdicts: readonly Verdict[];
}

/** A body that cannot be judged, and the answer to it. */
export interface UnjudgedBody {
  readonly problem: BodyProblemKind | 'not-json-rpc';
  readonly refusal: RefuseDecision;
}

/** Judges the messages of a body by the rules of a route; the answer to a body that cannot be judged. */
export function judgeBody(
  rules: OperationRules | undefined,
  head: RequestHead,
  body: BodyOutcome,
  auth: AuthInfo | undefined,
): JudgedBody | UnjudgedBody | Promise<JudgedBody> {
  const found = readBody(head, body);
  if (!('messages' in found)) return found;
  const { messages, isBatch } = found;
  const asker = { auth, head };
  const verdicts = messages.map((message) =>
    message.kind === 'response' || rules === undefined ? nothing : rules.judge(message.operations, asker),
  );
  return whenAll(verdicts, (settled) => ({
    messages,
    isBatch,
    verdict: unite(isBatch ? withoutCourtesies(messages, settled) : settled),
    verdicts: settled,
  }));
}

const nothing: Verdict = { kind: 'needs', requirements: [] };

/** What clients tell a server along with their requests; it does nothing that needs a token. */
const courtesies: ReadonlySet<string> = new Set([
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
]);

/**
 * A batch with a request for everybody may hold these as well, unless a rule is about them; an answer may ride in none.
 * Next to any other request they change nothing.
 */
function withoutCourtesies(messages: readonly Message[], verdicts: readonly Verdict[]): readonly Verdict[] {
  if (!messages.some(({ kind }) => kind === 'request')) return verdicts;
  return verdicts.filter((verdict, index) => {
    const message = messages[index];
    const isCourtesy = message?.kind === 'notification' && courtesies.has(message.method);
    return !(isCourtesy && verdict.kind === 'needs' && verdict.requirements.length === 0);
  });
}

function readBody(
  head: RequestHead,
  body: BodyOutcome,
): { readonly messages: readonly Message[]; readonly isBatch: boolean } | UnjudgedBody {
  const isBodiless = body.kind === 'empty' && head.method !== 'POST';
  if (body.kind !== 'json') {
    return isBodiless
      ? { messages: [], isBatch: false }
      : { problem: body.kind, refusal: refuseBody(body.kind) };
  }
  const found = readMessages(body.value);
  return found.kind === 'malformed' ? { problem: 'not-json-rpc', refusal: refuseMalformedRequest } : found;
}

/**
 * Whether the second question has to be asked. Over HTTP/2 a body need not be announced (RFC 9113 §8.1), so only the methods
 * whose body no framework parses are believed.
 */
export function mayHaveBody(head: RequestHead): boolean {
  if (!bodiless.has(head.method)) return true;
  const length = head.header('content-length');
  return (length !== undefined && length !== '0') || head.header('transfer-encoding') !== undefined;
}

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** The sentence that tells the owner how to let through what was answered as unknown. */
export function adviseOnRefusal({ operation, reason, path }: Refusal): string {
  const { group, method } = operation;
  const written = operation.target ?? method;
  const name = JSON.stringify(written.slice(0, 200));
  // A client wrote the name: not all names can stand in a rule, and '*' would open everything
  const canBeNamed = written.length <= 200 && !/[*{}]|^__proto__$/.test(written);
  const fix = (rules: string) => (canBeNamed ? ` To let it through: operations: { ${rules} }.` : '');
  switch (reason) {
    case 'method':
      if (findMethod(method) !== undefined) {
        return `${name} is a method that only servers send, so it was answered as unknown. Nothing has to be done.`;
      }
      return `${name} is not a method of any MCP revision, so it was answered as unknown.${fix(`methods: { ${name}: [] }`)}`;
    case 'target': {
      const rules = group ?? 'methods';
      if (group !== undefined && path?.endsWith(`.${group}["*"]`) !== true) {
        return `There is no operations.${group}, and '*' in operations.methods is 'refuse', so ${name} was answered as unknown.${fix(`${group}: { ${name}: [], '*': 'refuse' }`)}`;
      }
      return `operations.${rules} does not name ${name}, and its '*' is 'refuse', so it was answered as unknown.${fix(`${rules}: { ${name}: [] }`)}`;
    }
    case 'unreadable':
      return `The resource ${name} was answered as unknown: it cannot be decoded, or holds encoded delimiters or dot segments, so nobody can tell which rule is about it.`;
    case 'rule':
      return `operations.${group ?? 'methods'} refuses ${name}.`;
  }
}

/** What the owner of a body that cannot be judged should look at. */
export const bodyHints: Readonly<Record<UnjudgedBody['problem'], string>> = {
  empty:
    'The request has no body. If another parser reads it first, put bearerAuth in front of that parser, or hand on what it parsed',
  'not-json':
    'The body is not JSON. If another parser reads it first, put bearerAuth in front of that parser, or hand on what it parsed',
  'not-json-rpc': 'The body is JSON, but no JSON-RPC message that can be judged',
  'wrong-type': 'The Content-Type is not application/json',
  encoded: 'The body has a content coding; undo it in front of bearerAuth',
  'too-large': 'The body is larger than maxBodyBytes, or maxAnonymousBodyBytes for callers without a token',
  'too-complex': 'The body is nested too deeply or holds too many values',
  'inexact-number':
    'The body holds a number that is larger than JavaScript has, or an integer of more digits than it keeps',
  'too-many-chunks': 'The body comes in too many small pieces',
  'too-slow': 'The body took longer than bodyTimeoutMs',
  busy: 'All bodies that are being read take as much memory as bodyBudgetBytes allows',
  aborted: 'The client left before its body was complete',
};

import type { AuthInfo } from '../caller/auth-info.js';
import { refuseBody, refuseMalformedRequest } from '../challenge/operation-refusals.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import { type Refusal, unite, type Verdict, whenAll } from '../operation/judge-rule.js';
import { type Message, readMessages } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { RefuseDecision } from '../http/answer.js';

/** The messages of a body that can be judged. */
export interface JudgedBody {
  readonly messages: readonly Message[];
  readonly isBatch: boolean;
  /** What the rules say about all of them together. */
  readonly verdict: Verdict;
  /** What they say about each, where that is a refusal. */
  readonly refusals: readonly (Refusal | undefined)[];
}

/** Judges the messages of a body by the rules of a route; the answer to a body that cannot be judged. */
export function judgeBody(
  rules: OperationRules | undefined,
  head: RequestHead,
  body: BodyOutcome,
  auth: AuthInfo | undefined,
): JudgedBody | RefuseDecision | Promise<JudgedBody> {
  const found = readBody(head, body);
  if (!('messages' in found)) return found;
  const { messages, isBatch } = found;
  const verdicts = messages.map((message) =>
    message.kind === 'response' || rules === undefined ? nothing : rules.judge(message.operations, auth),
  );
  return whenAll(verdicts, (settled) => ({
    messages,
    isBatch,
    verdict: unite(isBatch ? withoutCourtesies(messages, settled) : settled),
    refusals: settled.map((verdict) => (verdict.kind === 'refuse' ? verdict : undefined)),
  }));
}

const nothing: Verdict = { kind: 'needs', requirements: [] };

/** What clients tell a server along with their requests; it does nothing that needs a token. */
const courtesies: ReadonlySet<string> = new Set([
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
]);

/** A batch with a request for everybody may hold these as well, unless a rule is about them; an answer may ride in none. */
function withoutCourtesies(messages: readonly Message[], verdicts: readonly Verdict[]): readonly Verdict[] {
  const isOpen = messages.some(
    ({ kind }, index) => kind === 'request' && verdicts[index]?.kind === 'anonymous',
  );
  if (!isOpen) return verdicts;
  return verdicts.filter((verdict, index) => {
    const message = messages[index];
    const isCourtesy = message?.kind === 'notification' && courtesies.has(message.method);
    return !(isCourtesy && verdict.kind === 'needs' && verdict.requirements.length === 0);
  });
}

function readBody(
  head: RequestHead,
  body: BodyOutcome,
): { readonly messages: readonly Message[]; readonly isBatch: boolean } | RefuseDecision {
  const isBodiless = body.kind === 'empty' && head.method !== 'POST';
  if (body.kind !== 'json') {
    return isBodiless ? { messages: [], isBatch: false } : refuseBody(body.kind);
  }
  const found = readMessages(body.value);
  return found.kind === 'malformed' ? refuseMalformedRequest : found;
}

/**
 * Whether the second question has to be asked. Over HTTP/2 a body need not be announced (RFC 9113 §8.1), so only the methods
 * that have none by nature are believed.
 */
export function mayHaveBody(head: RequestHead): boolean {
  if (!bodiless.has(head.method)) return true;
  const length = head.header('content-length');
  return (length !== undefined && length !== '0') || head.header('transfer-encoding') !== undefined;
}

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** The sentence that tells the owner how to let through what was answered as unknown. */
export function adviseOnRefusal({ operation, reason }: Refusal): string {
  const { group, method } = operation;
  const name = JSON.stringify((operation.target ?? method).slice(0, 200));
  switch (reason) {
    case 'method':
      return `${name} is not a method of any MCP revision, so it was answered as unknown. To let it through: operations: { methods: { ${name}: [] } }.`;
    case 'target': {
      const rules = group ?? 'methods';
      return `operations.${rules} does not name ${name}, and its '*' is 'refuse', so it was answered as unknown. To let it through: operations: { ${rules}: { ${name}: [] } }.`;
    }
    case 'unreadable':
      return `The resource ${name} was answered as unknown: it cannot be decoded, or holds encoded delimiters or dot segments, so nobody can tell which rule is about it.`;
    case 'rule':
      return `operations.${group ?? 'methods'} refuses ${name}.`;
  }
}

import type { McpRevision } from '@mcp-auth/schemas';
import { type Answer, DoorError } from '../line.js';
import type { Exchange } from '../../net/exchange.js';
import { Broken, type Fault } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { excerpt } from '../words/excerpt.js';
import { createFirstRequest, createRequest, type McpRequest, readMessage } from '../words/mcp-messages.js';
import { readChallenge, splitScopes } from '../words/read-challenge.js';

/** What a server said to a call with a token. */
export type Called =
  | { readonly kind: 'answered'; readonly revision: McpRevision; readonly tools: readonly string[] }
  /** It asks for more scopes (RFC 6750 §3.1, MCP scope challenge). */
  | { readonly kind: 'scopes'; readonly scopes: readonly string[]; readonly exchange: Exchange };

/** As much of a session as a call needs. */
interface Session {
  readonly revision: McpRevision;
  readonly id: string | undefined;
}

/** Opens a session where the revision has sessions, and lists the tools. What speaks against the token is named where it is refused. */
export async function callServer(walk: Walk, token: string, suspicion: Fault | undefined): Promise<Called> {
  const opened = await open(walk, token, suspicion);
  if (opened.kind === 'scopes') return opened;
  const { session } = opened;
  const listed = await ask(
    walk,
    token,
    suspicion,
    createRequest(session.revision, 'tools/list', {}, session.id),
  );
  await close(walk, token, session);
  if (listed.kind === 'scopes') return listed;
  return { kind: 'answered', revision: session.revision, tools: namesOf(listed.result['tools']) };
}

/** Calls one tool, in another session. */
export async function callTool(
  walk: Walk,
  token: string,
  tool: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> },
): Promise<Called> {
  const opened = await open(walk, token, undefined);
  if (opened.kind === 'scopes') return opened;
  const { session } = opened;
  const answer = await ask(
    walk,
    token,
    undefined,
    createRequest(session.revision, 'tools/call', { ...tool }, session.id),
  );
  await close(walk, token, session);
  return answer.kind === 'scopes'
    ? answer
    : { kind: 'answered', revision: session.revision, tools: [tool.name] };
}

type Opened =
  | { readonly kind: 'open'; readonly session: Session }
  | Extract<Called, { readonly kind: 'scopes' }>;

async function open(walk: Walk, token: string, suspicion: Fault | undefined): Promise<Opened> {
  const { revision } = walk.options;
  if (revision === '2026-07-28') return { kind: 'open', session: { revision, id: undefined } };
  const answer = await send(walk, token, createFirstRequest(revision));
  if (isForNewerOnly(answer)) return { kind: 'open', session: { revision: '2026-07-28', id: undefined } };
  const judged = judge(walk, answer, suspicion);
  if (judged.kind === 'scopes') return judged;
  const id = answer.headers.get('mcp-session-id') ?? undefined;
  const agreed = judged.result['protocolVersion'];
  const session = { revision: agreed === '2025-06-18' ? agreed : revision, id };
  // Its answer has no body, and servers without sessions do not need it
  await send(walk, token, createRequest(session.revision, 'notifications/initialized', {}, id));
  return { kind: 'open', session };
}

/** Servers of MCP 2026-07-28 alone have no `initialize`. */
function isForNewerOnly({ status, headers, text }: Answer): boolean {
  if (status === 401 || status === 403) return false;
  const message = readMessage(headers.get('content-type'), text);
  return message.kind === 'error' && (message.code === -32601 || /protocol.?version/i.test(message.message));
}

async function close({ line, target }: Walk, token: string, { id }: Session): Promise<void> {
  if (id === undefined) return;
  try {
    await line.ask({ method: 'DELETE', url: target, token, headers: { 'mcp-session-id': id } });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
  }
}

interface Result {
  readonly kind: 'result';
  readonly result: Readonly<Record<string, unknown>>;
}
type Scopes = Extract<Called, { readonly kind: 'scopes' }>;

async function ask(
  walk: Walk,
  token: string,
  suspicion: Fault | undefined,
  request: McpRequest,
): Promise<Result | Scopes> {
  return judge(walk, await send(walk, token, request), suspicion);
}

async function send(
  { line, target, options }: Walk,
  token: string,
  { headers, body }: McpRequest,
): Promise<Answer> {
  const origin = options.origin === undefined ? undefined : { origin: options.origin };
  try {
    return await line.ask({ method: 'POST', url: target, token, headers: { ...headers, ...origin }, body });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    throw new Broken({ problem: 'call-failed', why: error.message, exchange: error.exchange });
  }
}

function judge({ trail }: Walk, answer: Answer, suspicion: Fault | undefined): Result | Scopes {
  const { status, headers, text, exchange } = answer;
  const challenge = headers.get('www-authenticate');
  const { parameters } = readChallenge(challenge === null ? [] : [challenge]);
  const broken = (problem: Fault['problem'], why: string): Broken => new Broken({ problem, why, exchange });
  if (status === 401) {
    if (suspicion !== undefined) throw new Broken({ ...suspicion, exchange });
    if (challenge !== null && parameters['error'] === undefined) {
      throw broken(
        'authorization-lost',
        'It answers as if no token had been sent: 401 without an error code.',
      );
    }
    const said = parameters['error_description'] ?? parameters['error'] ?? '';
    throw broken('call-refused', `It answered 401${excerpt(said)}.`);
  }
  if (status === 403 && parameters['error'] === 'insufficient_scope') {
    const scopes = splitScopes(parameters['scope']);
    if (scopes.length === 0) {
      trail.note({ problem: 'step-up-challenge', why: 'The challenge names no scope.', exchange });
    }
    return { kind: 'scopes', scopes, exchange };
  }
  if (status === 403) throw broken('call-refused', `It answered 403${excerpt(text)}.`);
  if (status === 502 || status === 503 || status === 504) {
    throw broken('call-unavailable', `It answered ${status}${excerpt(text)}.`);
  }
  if (status >= 300) {
    const to = headers.get('location');
    throw broken(
      'call-failed',
      status < 400 && to !== null
        ? `It answered ${status} and leads to ${to}. A token is not sent along a redirect.`
        : `It answered ${status}${excerpt(text)}.`,
    );
  }
  const message = readMessage(headers.get('content-type'), text);
  switch (message.kind) {
    case 'result':
      return message;
    case 'error':
      throw broken('call-failed', `It answered with the error ${message.code}${excerpt(message.message)}.`);
    case 'none':
      throw broken('call-failed', `It answered ${status} without a JSON-RPC message${excerpt(text)}.`);
  }
}

function namesOf(tools: unknown): readonly string[] {
  if (!Array.isArray(tools)) return [];
  return tools
    .map((tool: unknown) =>
      typeof tool === 'object' && tool !== null && 'name' in tool ? tool.name : undefined,
    )
    .filter((name) => typeof name === 'string');
}

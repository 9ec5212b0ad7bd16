import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Behaviour, Caller, Lines, Message, Refusal, Setup } from './behaviour.js';
import { scopes, sound } from './sound.js';
import { TokenError, Verifier } from './verify-token.js';

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the sound server, or one that differs from it in one place, on a free port of loopback. */
export async function startServer(
  trusted: Omit<Setup, 'resource'>,
  fault: Partial<Behaviour> = {},
): Promise<RunningServer> {
  const behaviour: Behaviour = { ...sound, ...fault };
  let setup: Setup = { ...trusted, resource: '' };
  let verifier = new Verifier(setup, behaviour);
  const sessions = new Map<string, Caller>();
  const server = createServer((request, response) => {
    answer({ request, response, setup, behaviour, verifier, sessions }).catch(() =>
      response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  setup = { ...trusted, resource: url };
  verifier = new Verifier(setup, behaviour);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly setup: Setup;
  readonly behaviour: Behaviour;
  readonly verifier: Verifier;
  readonly sessions: Map<string, Caller>;
}

async function answer(call: Call): Promise<void> {
  const { request, response, setup, behaviour } = call;
  const path = new URL(request.url ?? '', 'http://localhost').pathname;
  if (behaviour.isMetadataPath(path, setup)) {
    if (behaviour.metadataNeedsToken && request.headers.authorization === undefined)
      refuse(call, { status: 401 });
    else publish(call);
    return;
  }
  if (path !== '/mcp') {
    response.writeHead(404).end();
    return;
  }
  if (request.method === 'OPTIONS' && behaviour.answersPages) {
    write(response, 204, [
      ...pageHeaders(call),
      ['Access-Control-Allow-Headers', 'Authorization, Content-Type, MCP-Protocol-Version'],
    ]);
    return;
  }
  try {
    await serve(call);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const { status } = error;
    const told =
      status === 401 ? { error: 'invalid_token', description: 'The token is not valid for this server' } : {};
    refuse(call, { status, ...told });
  }
}

async function serve(call: Call): Promise<void> {
  const { request, response, behaviour } = call;
  const caller = behaviour.protects(request) ? await authenticate(call) : anybody;
  if (caller === undefined) return;
  const { origin } = request.headers;
  if (origin !== undefined && !behaviour.allowsOrigin(origin)) {
    write(response, behaviour.foreignOriginStatus, [], { error: 'The origin is not allowed' });
    return;
  }
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(': nothing happens\n\n');
    return;
  }
  if (request.method !== 'POST') {
    write(response, 405, [['Allow', 'GET, POST']]);
    return;
  }
  const body = await readBody(request);
  const messages: readonly Message[] = Array.isArray(body) ? (body as Message[]) : [body as Message];
  for (const message of behaviour.operationsOf(body, request)) {
    const needed = behaviour.scopesOf(message);
    const missing = needed.filter((scope) => !caller.scopes.includes(scope));
    if (missing.length === 0) continue;
    refuse(call, {
      status: behaviour.insufficientScope,
      error: 'insufficient_scope',
      scopes: behaviour.asksFor(needed, missing),
    });
    return;
  }
  const session = openSession(call, messages, caller);
  const answers = messages.map((message) => ({
    jsonrpc: '2.0',
    id: message.id ?? null,
    result: run(message),
  }));
  write(response, 200, [...session, ...pageHeaders(call)], Array.isArray(body) ? answers : answers[0]);
}

const anybody: Caller = { subject: 'anybody', scopes: Object.values(scopes) };

async function authenticate(call: Call): Promise<Caller | undefined> {
  const { request, behaviour, verifier, sessions } = call;
  const session = sessions.get(String(request.headers['mcp-session-id']));
  if (behaviour.sessionsAreLogins && session !== undefined) return session;
  const credentials = behaviour.readCredentials(request);
  switch (credentials.kind) {
    case 'none':
      refuse(call, { status: 401, scopes: [scopes.use] });
      return undefined;
    case 'malformed':
      refuse(call, {
        status: 400,
        error: 'invalid_request',
        description: 'One Authorization header with one token',
      });
      return undefined;
    case 'token':
      return verifier.verify(credentials.token);
  }
}

/** Sessions of the revisions that have them, bound to who opened them. */
function openSession({ request, sessions }: Call, messages: readonly Message[], caller: Caller): Lines {
  const named = sessions.get(String(request.headers['mcp-session-id']));
  if (named !== undefined && named.subject !== caller.subject) throw new TokenError(404);
  if (!messages.some((message) => message.method === 'initialize')) return [];
  const id = randomUUID();
  sessions.set(id, caller);
  return [['Mcp-Session-Id', id]];
}

function run({ method }: Message): object {
  switch (method) {
    case 'tools/list':
      return { tools: [{ name: 'add-note', inputSchema: { type: 'object' } }], cacheScope: 'private' };
    case 'tools/call':
      return { content: [{ type: 'text', text: 'done' }] };
    default:
      return { capabilities: {}, serverInfo: { name: 'notes', version: '1.0.0' } };
  }
}

function publish({ request, response, setup, behaviour }: Call): void {
  const headers = behaviour.metadataHeaders();
  switch (request.method) {
    case 'OPTIONS':
      write(response, 204, [...headers, ['Access-Control-Allow-Headers', 'MCP-Protocol-Version']]);
      break;
    case 'GET':
    case 'HEAD':
      write(response, 200, headers, behaviour.metadata(setup, request));
      break;
    default:
      write(response, 405, [['Allow', 'GET, HEAD, OPTIONS']]);
  }
}

function refuse(call: Call, refusal: Refusal): void {
  const { response, setup, behaviour } = call;
  const rewritten = behaviour.rewrite(refusal);
  const location = behaviour.redirect(rewritten);
  if (location !== undefined) {
    write(response, 302, [['Location', location]]);
    return;
  }
  const { status, error, description } = rewritten;
  const isChallenge = status === 400 || status === 401 || status === 403;
  const challenges = isChallenge ? behaviour.challenges(rewritten, setup) : [];
  const lines: Lines = [
    ...challenges.map((value) => ['WWW-Authenticate', value] as const),
    ...behaviour.refusalHeaders(),
    ...(behaviour.exposesChallenges ? pageHeaders(call) : []),
    ...(status === 503 ? [['Retry-After', '5'] as const] : []),
  ];
  write(response, status, lines, { error, error_description: description });
}

function pageHeaders({ request, behaviour }: Call): Lines {
  const { origin } = request.headers;
  if (origin === undefined || !behaviour.answersPages || !behaviour.allowsOrigin(origin)) return [];
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Expose-Headers', 'WWW-Authenticate'],
  ];
}

function write(response: ServerResponse, status: number, headers: Lines, body?: unknown): void {
  for (const [name, value] of headers) response.appendHeader(name, value);
  if (body !== undefined) response.setHeader('Content-Type', 'application/json');
  response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new TokenError(400);
  }
}

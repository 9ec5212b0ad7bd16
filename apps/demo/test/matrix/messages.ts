import type { MatrixMethod } from '@mcp-auth/conformance';

export type Params = Readonly<Record<string, unknown>>;

/** How clients of one revision of MCP ask. */
export interface Wire {
  readonly version: '2025-11-25' | '2026-07-28';
  /** Everything of a request but its token. */
  post(method: string, params: Params, id?: string | number): RequestInit;
}

const task = {
  taskId: 'made-up',
  status: 'working',
  ttl: null,
  createdAt: '2026-01-01T00:00:00Z',
  lastUpdatedAt: '2026-01-01T00:00:00Z',
};

/** What the servers demand in addition to what a method acts on. */
const needed: Readonly<Record<string, Params>> = {
  'completion/complete': { argument: { name: 'topic', value: '' } },
  initialize: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'matrix', version: '1.0.0' },
  },
  'logging/setLevel': { level: 'info' },
  'prompts/get': { arguments: { topic: 'apples' } },
  'notifications/cancelled': { requestId: 'made-up' },
  'notifications/progress': { progressToken: 'made-up', progress: 1 },
  'notifications/tasks/status': task,
};

/** Params with which a method is asked for where nothing else is said. */
export function paramsOf({ name, handle, message }: MatrixMethod): Params {
  return {
    ...(message.params as Params),
    ...(handle === 'task' ? { taskId: 'made-up' } : undefined),
    ...needed[name],
  };
}

const accepted = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** Notifications have no id. */
const toMessage = (method: string, params: Params, id: string | number) => ({
  jsonrpc: '2.0',
  ...(method.startsWith('notifications/') ? undefined : { id }),
  method,
  params,
});

export const olderWire: Wire = {
  version: '2025-11-25',
  post: (method, params, id = 1) => ({
    method: 'POST',
    headers: { ...accepted, 'mcp-protocol-version': '2025-11-25' },
    body: JSON.stringify(toMessage(method, params, id)),
  }),
};

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

export const newestWire: Wire = {
  version: '2026-07-28',
  post: (method, params, id = 1) => {
    const name = params.name ?? params.uri ?? params.taskId;
    return {
      method: 'POST',
      headers: {
        ...accepted,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...(typeof name === 'string' ? { 'mcp-name': name } : undefined),
      },
      body: JSON.stringify(toMessage(method, { ...params, _meta: meta }, id)),
    };
  },
};

/** A stream of its own, which a client of MCP 2025-11-25 opens. */
export const get: RequestInit = {
  method: 'GET',
  headers: { accept: 'text/event-stream', 'mcp-protocol-version': '2025-11-25' },
};

export interface Message {
  readonly id?: unknown;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The last message of an answer, whether it came alone or at the end of a stream; nothing in an answer without a body. */
function readMessage(text: string): Message | undefined {
  const event = text.split('\n').findLast((line) => line.startsWith('data: {'));
  const json = event?.slice('data: '.length) ?? text;
  return json === '' ? undefined : (JSON.parse(json) as Message);
}

export interface Answer {
  readonly status: number;
  readonly challenge: string | null;
  readonly text: string;
  readonly message: Message | undefined;
}

/** Reads an answer: all of it, or the first event of one that stays open. */
export async function readAnswer(response: Response, { isOpen = false } = {}): Promise<Answer> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    text += decoder.decode(value, { stream: !done });
    if (done) break;
    if (isOpen && /^data: .*\n\n/m.test(text)) {
      await reader?.cancel();
      break;
    }
  }
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    text,
    message: readMessage(text),
  };
}

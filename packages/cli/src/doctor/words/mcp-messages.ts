import type { McpRevision } from '@mcp-auth/schemas';

/** One JSON-RPC message as a client of a revision posts it. */
export interface McpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Params = Readonly<Record<string, unknown>>;

const clientInfo = { name: 'mcp-auth doctor', version: '1' };

/** The head of a request in MCP 2026-07-28: what older revisions agree on once, each request says (SEP-2575). */
const statelessMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': clientInfo,
  'io.modelcontextprotocol/clientCapabilities': {},
};

export function createRequest(
  revision: McpRevision,
  method: string,
  params: Params = {},
  sessionId?: string,
): McpRequest {
  const isStateless = revision === '2026-07-28';
  const id = method.startsWith('notifications/') ? undefined : { id: 1 };
  const { name } = params;
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      // A client of an older revision does not know the version before it is agreed on
      ...(method === 'initialize' ? undefined : { 'mcp-protocol-version': revision }),
      ...(isStateless ? { 'mcp-method': method } : undefined),
      ...(isStateless && typeof name === 'string' ? { 'mcp-name': name } : undefined),
      ...(sessionId === undefined ? undefined : { 'mcp-session-id': sessionId }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      ...id,
      method,
      params: isStateless ? { ...params, _meta: statelessMeta } : params,
    }),
  };
}

/** What a client sends first. */
export function createFirstRequest(revision: McpRevision): McpRequest {
  return revision === '2026-07-28'
    ? createRequest(revision, 'tools/list')
    : createRequest(revision, 'initialize', { protocolVersion: revision, capabilities: {}, clientInfo });
}

export type McpAnswer =
  | { readonly kind: 'result'; readonly result: Params }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'none' };

/** The answer to a request, whether it came alone or in a stream of events. */
export function readMessage(contentType: string | null, text: string): McpAnswer {
  const isStream = contentType?.toLowerCase().startsWith('text/event-stream') ?? false;
  for (const candidate of isStream ? readEvents(text) : [text]) {
    const answer = readAnswer(candidate);
    if (answer.kind !== 'none') return answer;
  }
  return { kind: 'none' };
}

function readEvents(text: string): string[] {
  return text.split(/\r?\n\r?\n/).map((event) =>
    event
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).trimStart())
      .join('\n'),
  );
}

function readAnswer(json: string): McpAnswer {
  const message = parseObject(json);
  const error = asObject(message?.['error']);
  if (error !== undefined) {
    const { code, message: text } = error;
    return {
      kind: 'error',
      code: typeof code === 'number' ? code : 0,
      message: typeof text === 'string' ? text : '',
    };
  }
  const result = asObject(message?.['result']);
  return result === undefined ? { kind: 'none' } : { kind: 'result', result };
}

/** A JSON object, or nothing. */
export function parseObject(json: string): Params | undefined {
  try {
    return asObject(JSON.parse(json) as unknown);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Params | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Params) : undefined;
}

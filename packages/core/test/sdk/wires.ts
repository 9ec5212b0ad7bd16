import { post, type Caller } from '../context/callers.js';

/** One request of a client that speaks one revision of MCP. */
export interface Wire {
  readonly version: '2025-11-25' | '2026-07-28';
  request(caller: Caller | undefined, method: string, params?: Readonly<Record<string, unknown>>): Request;
}

const modernMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

export const wires: readonly Wire[] = [
  {
    version: '2025-11-25',
    request: (caller, method, params = {}) =>
      post(caller, { jsonrpc: '2.0', id: 1, method, params }, { 'mcp-protocol-version': '2025-11-25' }),
  },
  {
    version: '2026-07-28',
    request: (caller, method, params = {}) =>
      post(
        caller,
        { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: modernMeta } },
        {
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': method,
          ...(nameOf(params) === undefined ? undefined : { 'mcp-name': String(nameOf(params)) }),
        },
      ),
  },
];

function nameOf({ name, uri }: Readonly<Record<string, unknown>>): unknown {
  return name ?? uri;
}

export interface RpcResult {
  readonly isError?: boolean;
  readonly content?: readonly { readonly text: string }[];
  readonly [member: string]: unknown;
}

/** The last JSON-RPC message of an answer, whether it came alone or at the end of a stream. */
export async function resultOf(response: Response): Promise<RpcResult> {
  const text = await response.text();
  const data = text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .at(-1)
    ?.slice('data: '.length);
  const message = JSON.parse(data ?? text) as { result?: RpcResult; error?: unknown };
  if (message.result === undefined) throw new Error(`no result: ${JSON.stringify(message.error)}`);
  return message.result;
}

import type { BlackBoxRequest } from './exchange.js';
import type { BlackBoxRevision } from './model.js';

/** A message of JSON-RPC that asks for something. */
export interface McpCall {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

const accepted = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json, text/event-stream'],
] as const;

const client = { name: 'mcp-auth-audit', version: '1.0.0' };

/** What any server answers, and what changes nothing there. */
export function firstCall(revision: BlackBoxRevision): McpCall {
  if (revision === '2026-07-28') return { method: 'server/discover' };
  return {
    method: 'initialize',
    params: { protocolVersion: revision, capabilities: {}, clientInfo: client },
  };
}

/** Headers and body as clients of a revision write them. */
export function writeCall(
  { method, params }: McpCall,
  revision: BlackBoxRevision,
): Pick<BlackBoxRequest, 'headers'> & { readonly body: string } {
  const isNewest = revision === '2026-07-28';
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const written = isNewest ? { ...params, _meta: meta } : params;
  const name = params?.name ?? params?.uri;
  const headers = [
    ...accepted,
    ...(method === 'initialize' ? [] : [['MCP-Protocol-Version', revision] as const]),
    ...(isNewest ? [['Mcp-Method', method] as const] : []),
    ...(isNewest && typeof name === 'string' ? [['Mcp-Name', name] as const] : []),
  ];
  return { headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: written }) };
}

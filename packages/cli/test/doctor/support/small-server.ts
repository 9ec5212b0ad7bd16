/** A message as it came. */
export interface Message {
  readonly id?: unknown;
  readonly method: string;
  readonly params?: { readonly name?: string };
}

/** What a small MCP server says; nothing to a notification. */
export function answerMessage({ id, method, params }: Message): object | undefined {
  const tools = [
    { name: 'read', inputSchema: { type: 'object' } },
    { name: 'write', inputSchema: { type: 'object' } },
  ];
  const result = (value: object): object => ({ jsonrpc: '2.0', id, result: value });
  switch (method) {
    case 'initialize':
      return result({
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'small', version: '1.0.0' },
      });
    case 'tools/list':
      return result({ tools });
    case 'tools/call':
      return result({ content: [{ type: 'text', text: `${params?.name ?? ''} done` }] });
    default:
      return id === undefined
        ? undefined
        : { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
  }
}

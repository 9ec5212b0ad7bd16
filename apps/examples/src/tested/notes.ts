import type { OperationPolicy, SingleResourceConfig } from '@mcp-auth/core';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

export const resource = 'http://localhost:3000/mcp';

/** What differs between production and a test. */
export type Settings = Pick<SingleResourceConfig, 'authorizationServers' | 'fetch' | 'now' | 'log'>;

export const requiredScopes = ['notes:read'];
export const operations: OperationPolicy = {
  tools: { read_note: [], write_note: ['notes:write'], '*': 'refuse' },
};

export const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  for (const name of ['read_note', 'write_note']) {
    server.registerTool(name, {}, () => ({ content: [{ type: 'text', text: 'Milk, eggs' }] }));
  }
  return server;
});

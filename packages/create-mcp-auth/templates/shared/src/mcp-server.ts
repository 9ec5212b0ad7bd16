import { authInfoOf } from '@mcp-auth/core';
import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** In memory, each user's apart from all others'. */
const notes = new Map<string, string[]>();

/** Who calls. A subject means something together with its issuer only (RFC 9068 §5). */
function ownerOf(context: ServerContext): string {
  const caller = authInfoOf(context);
  if (caller?.subject === undefined) throw new Error('The access token names no user.');
  return JSON.stringify([caller.issuer, caller.subject]);
}

/** The tools. Which scope each of them needs is in `access`. */
export function createMcpServer(): McpServer {
  const server = new McpServer({ name: 'my-mcp-server', version: '1.0.0' });
  server.registerTool(
    'list-notes',
    { description: 'Lists your notes', annotations: { readOnlyHint: true } },
    (context) => ({ content: (notes.get(ownerOf(context)) ?? []).map((text) => ({ type: 'text', text })) }),
  );
  server.registerTool(
    'add-note',
    { description: 'Keeps a note for you', inputSchema: z.object({ text: z.string().min(1).max(10_000) }) },
    ({ text }, context) => {
      const owner = ownerOf(context);
      notes.set(owner, [...(notes.get(owner) ?? []), text]);
      return { content: [{ type: 'text', text: 'Kept.' }] };
    },
  );
  return server;
}

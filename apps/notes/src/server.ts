import { AuthInfo } from '@mcp-auth/hono';
import { McpServer, type CallToolResult, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { NoteStore } from './note-store.js';

const noteSchema = z.object({ id: z.string(), text: z.string() });

export function createServer(notes: NoteStore): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool(
    'list-notes',
    {
      description: "Lists the caller's notes.",
      outputSchema: z.object({ owner: z.string(), notes: z.array(noteSchema) }),
      annotations: { readOnlyHint: true },
    },
    (context) => {
      const caller = getCaller(context);
      return answer({ owner: caller.subject, notes: notes.list(ownerKey(caller)) });
    },
  );
  server.registerTool(
    'add-note',
    {
      description: 'Keeps a note for the caller.',
      inputSchema: z.object({ text: z.string().min(1).max(10_000) }),
      outputSchema: z.object({ owner: z.string(), note: noteSchema }),
    },
    ({ text }, context) => {
      const caller = getCaller(context);
      return answer({ owner: caller.subject, note: notes.add(ownerKey(caller), text) });
    },
  );
  server.registerTool(
    'delete-note',
    {
      description: "Deletes one of the caller's notes.",
      inputSchema: z.object({ id: z.string() }),
      annotations: { destructiveHint: true, idempotentHint: true },
    },
    ({ id }, context) =>
      notes.delete(ownerKey(getCaller(context)), id)
        ? answer({ deleted: id })
        : refuse('The caller has no note with this id.'),
  );
  server.registerTool(
    'count-notes',
    {
      description: "Counts everybody's notes (notes:statistics).",
      outputSchema: z.object({ notes: z.number(), owners: z.number() }),
      annotations: { readOnlyHint: true },
    },
    () => answer(notes.count()),
  );
  return server;
}

interface Caller {
  readonly issuer: string;
  readonly subject: string;
}

/** The SDK types `authInfo` by its own interface; the class check brings back all that MCP Auth put there. */
function getCaller(context: ServerContext): Caller {
  const auth = context.http?.authInfo;
  if (!(auth instanceof AuthInfo)) throw new Error('This tool is served behind bearerAuth only.');
  if (auth.subject === undefined) throw new Error('The access token names no user (sub) to keep notes for.');
  return { issuer: auth.issuer, subject: auth.subject };
}

/** RFC 9068 §5: a subject means something together with its issuer only. */
function ownerKey({ issuer, subject }: Caller): string {
  return JSON.stringify([issuer, subject]);
}

function answer(value: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
}

function refuse(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

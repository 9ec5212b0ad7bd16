import { Client, StreamableHTTPClientTransport, type CallToolResult } from '@modelcontextprotocol/client';
import type { Actor, Stage } from '../src/stage.js';

/** A user with a token for one server. */
export interface User {
  call(tool: string, args?: Record<string, unknown>): Promise<CallToolResult>;
}

export async function logIn(
  { authorizationServer }: Stage,
  { resource }: Actor,
  subject: string,
  scopes: readonly string[],
): Promise<User> {
  const claims = { audience: resource, subject, scopes, expiresInSeconds: 60 };
  const token = await authorizationServer.sign(claims);
  return {
    call: async (name, args = {}) => {
      const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
      const authProvider = { token: () => Promise.resolve(token) };
      await client.connect(new StreamableHTTPClientTransport(new URL(resource), { authProvider }));
      try {
        return await client.callTool({ name, arguments: args });
      } finally {
        await client.close();
      }
    },
  };
}

export function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

export function findActor({ actors }: Stage, name: string): Actor {
  const actor = actors.find((candidate) => candidate.name === name);
  if (actor === undefined) throw new Error(`There is no actor ${name}`);
  return actor;
}

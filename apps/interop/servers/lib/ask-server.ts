import type { MCPAuthEvent } from '@mcp-auth/core';

/** What became of a call with a token. */
export interface Answer {
  readonly status: number;
  readonly challenge: string | null;
  /** Seconds of `Retry-After`. */
  readonly retryAfter: number | undefined;
}

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'interop', version: '0.0.0' },
  },
};

/** The first call of an MCP client, with these credentials. */
export async function askServer(url: string, credentials: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...credentials,
    },
    body: JSON.stringify(initialize),
  });
  await response.text();
  const retryAfter = response.headers.get('retry-after');
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    retryAfter: retryAfter === null ? undefined : Number(retryAfter),
  };
}

export type Refusal = Extract<MCPAuthEvent, { outcome: 'deny' }>;

/** The last denied request, as its owner was told. */
export function lastRefusal(events: readonly MCPAuthEvent[]): Refusal | undefined {
  return events.filter((event) => event.type === 'decision' && event.outcome === 'deny').at(-1);
}

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestIssuer } from '@mcp-auth/testing';
import { vi } from 'vitest';

export const resource = 'https://api.example.com/mcp';
export const issuer = 'https://auth.example.com';
export const wellKnown = '/.well-known/oauth-protected-resource';

const testIssuer = createTestIssuer({ issuer, audience: resource });

/** The documents of the issuer, in the place of the network. */
export const fetchOfIssuer = testIssuer.fetch;

/** The configuration of somebody who has read the first page and nothing else: no listener, no log. */
export const config = { resource, ...testIssuer.mcpAuthOptions };

export const now = (): number => Math.floor(Date.now() / 1000);

/** An access token with the usual claims and these instead; `undefined` removes a claim. */
export function sign(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return testIssuer.mintToken({
    subject: 'alice',
    clientId: 'claude-desktop',
    header: { typ: 'JWT' },
    claims,
  });
}

/** Headers of a request with a token. */
export async function authorized(
  claims: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await sign(claims)}` };
}

/** What a call to a server in this process needs of it. */
export type Call = (target: string, init?: RequestInit) => Promise<Response>;

/** Serves an application of Node while `use` runs. */
export async function serving<T>(listener: RequestListener, use: (call: Call) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await use(async (target, init) => {
      const response = await fetch(origin + target, init);
      await response.clone().arrayBuffer();
      // Express tells of an error once the exchange is over
      await new Promise((resolve) => setImmediate(resolve));
      return response;
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What whoever made a mistake gets to read: the lines of the console, and the error that stops the program. */
export async function readOutput(make: () => unknown): Promise<readonly string[]> {
  const lines: string[] = [];
  const note = (...given: readonly unknown[]) => void lines.push(given.map(String).join(' '));
  const spies = (['log', 'info', 'warn', 'error'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation(note),
  );
  try {
    await make();
  } catch (error) {
    lines.push(String(error));
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.flatMap((line) => line.split('\n'));
}

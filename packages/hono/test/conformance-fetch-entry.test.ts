/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { registerConformance, type ApplicationSetup, type RunningSubject } from '@mcp-auth/conformance';
import {
  MCPAuth,
  type FetchHandler,
  type FetchRouter,
  type ProtectedFetchHandler,
} from '@mcp-auth/core/fetch';
import { MCPAuth as LegacyMCPAuth } from '@mcp-auth/core/legacy';
import { describe, test } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';

const handlerOf = ({ handle }: ApplicationSetup): FetchHandler => ({
  fetch: async (request, handed) => Response.json(handle(handed?.authInfo, readBody(await request.text()))),
});

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

/** The host for Node that Get started uses. */
async function start(
  { openPath, frontHeaders }: ApplicationSetup,
  answerMetadata: FetchRouter,
  handlers: ReadonlyMap<string, ProtectedFetchHandler>,
): Promise<RunningSubject> {
  const answer = async (request: Request, env: unknown): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const open = request.method === 'GET' && pathname === openPath ? new Response('open') : undefined;
    const response =
      (await answerMetadata(request)) ??
      open ??
      (await handlers.get(pathname)?.fetch(request, env)) ??
      new Response('Not found', { status: 404 });
    for (const [name, value] of frontHeaders) response.headers.append(name, value);
    return response;
  };
  const listener = getRequestListener(
    (request, env) => answer(request, env).catch(() => new Response('failed', { status: 500 })),
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  return { origin: await listen(server), close: () => closeServer(server) };
}

describe('fetch entry on Node', () => {
  registerConformance(
    {
      name: 'fetch entry on Node',
      start: (setup) => {
        const mcpAuth = new MCPAuth(setup.config);
        const handlers = setup.routes.map(
          ({ path, mode, options }) =>
            [path, mcpAuth.protect(handlerOf(setup), mode, { ...options, path })] as const,
        );
        return start(setup, mcpAuth.protectedResourceMetadataRouter(), new Map(handlers));
      },
      startLegacy: (setup) => {
        const mcpAuth = new LegacyMCPAuth(setup.config);
        const handlers = setup.routes.map(
          ({ path, mode, options }) => [path, mcpAuth.protect(handlerOf(setup), mode, options)] as const,
        );
        return start(setup, mcpAuth.delegatedRouter(), new Map(handlers));
      },
    },
    test,
  );
});

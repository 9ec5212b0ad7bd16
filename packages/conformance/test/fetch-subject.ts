/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import {
  MCPAuth,
  type FetchHandler,
  type FetchRouter,
  type ProtectedFetchHandler,
} from '@mcp-auth/core/fetch';
import { MCPAuth as LegacyMCPAuth } from '@mcp-auth/core/legacy';
import {
  serveFetch,
  type ApplicationSetup,
  type ConformanceSubject,
  type RunningSubject,
} from '../src/index.js';

const handlerOf = ({ handle }: ApplicationSetup): FetchHandler => ({
  fetch: async (request, handed) => Response.json(handle(handed?.authInfo, readBody(await request.text()))),
});

function start(
  { openPath, frontHeaders }: ApplicationSetup,
  answerMetadata: FetchRouter,
  handlers: ReadonlyMap<string, ProtectedFetchHandler>,
): Promise<RunningSubject> {
  return serveFetch(async (request, host) => {
    const { pathname } = new URL(request.url);
    const open = request.method === 'GET' && pathname === openPath ? new Response('open') : undefined;
    const response =
      (await answerMetadata(request)) ??
      open ??
      (await handlers.get(pathname)?.fetch(request, host)) ??
      new Response('Not found', { status: 404 });
    for (const [name, value] of frontHeaders) response.headers.append(name, value);
    return response;
  });
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

/** The fetch entry of the core: an adapter without a framework. */
export const fetchSubject: ConformanceSubject = {
  name: 'fetch entry',
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
};

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
  fetch: async (request, handed) =>
    Response.json(await handle(handed?.authInfo, readBody(await request.text()))),
});

/** Answers a request; what the platform hands over with it goes to the gate. */
export type FetchAnswer = (request: Request, host: unknown) => Promise<Response>;

function createAnswer(
  { openPath, frontHeaders }: ApplicationSetup,
  answerMetadata: FetchRouter,
  handlers: ReadonlyMap<string, ProtectedFetchHandler>,
): FetchAnswer {
  return async (request, host) => {
    const { pathname } = new URL(request.url);
    const open = request.method === 'GET' && pathname === openPath ? new Response('open') : undefined;
    const response =
      (await answerMetadata(request)) ??
      open ??
      (await handlers.get(pathname)?.fetch(request, host)) ??
      new Response('Not found', { status: 404 });
    for (const [name, value] of frontHeaders) response.headers.append(name, value);
    return response;
  };
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

/** The fetch entry of the core, an adapter without a framework, on a platform that serves such an answer. */
export function createFetchSubject(
  name: string,
  serve: (answer: FetchAnswer) => Promise<RunningSubject>,
): ConformanceSubject {
  return {
    name,
    start: (setup) => {
      const mcpAuth = new MCPAuth(setup.config);
      const handlers = setup.routes.map(
        ({ path, mode, options }) =>
          [path, mcpAuth.protect(handlerOf(setup), mode, { ...options, path })] as const,
      );
      return serve(createAnswer(setup, mcpAuth.protectedResourceMetadataRouter(), new Map(handlers)));
    },
    startLegacy: (setup) => {
      const mcpAuth = new LegacyMCPAuth(setup.config);
      const handlers = setup.routes.map(
        ({ path, mode, options }) => [path, mcpAuth.protect(handlerOf(setup), mode, options)] as const,
      );
      return serve(createAnswer(setup, mcpAuth.delegatedRouter(), new Map(handlers)));
    },
  };
}

export const fetchSubject = createFetchSubject('fetch entry', serveFetch);

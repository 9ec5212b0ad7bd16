import { MCPAuth } from '@mcp-auth/core/fetch';
import type { ConformanceSubject, RunningSubject } from '@mcp-auth/conformance';

/** As in the recipes: one function for every method of every path. */
export type Answer = (request: Request, host?: unknown) => Promise<Response>;

/** The fetch entry, as a framework serves it. */
export function createSubject(
  name: string,
  serve: (answer: Answer) => Promise<RunningSubject>,
): ConformanceSubject {
  return {
    name,
    start: ({ config, routes, openPath, frontHeaders, handle }) => {
      const mcpAuth = new MCPAuth(config);
      const handlers = new Map(
        routes.map(({ path, mode, options }) => [
          path,
          mcpAuth.protect(
            {
              fetch: async (request, handed) =>
                Response.json(await handle(handed?.authInfo, read(await request.text()))),
            },
            mode,
            { ...options, path },
          ),
        ]),
      );
      const answerMetadata = mcpAuth.protectedResourceMetadataRouter();
      return serve(async (request, host) => {
        const { pathname } = new URL(request.url);
        const response =
          (await answerMetadata(request)) ??
          (pathname === openPath && request.method === 'GET' ? new Response('open') : undefined) ??
          (await handlers.get(pathname)?.fetch(request, host)) ??
          new Response('Not found', { status: 404 });
        for (const [header, value] of frontHeaders) response.headers.append(header, value);
        return response;
      });
    },
  };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

import type { SubjectSetup } from '@mcp-auth/conformance';
import { getAuth, MCPAuth } from '../../src/index.js';
import { createAppRouter, type RouteExports } from './app-router.js';

/** An application with a file for each route, as the README says, and one function for all that is tried. */
export function createApp({ config, routes, openPath, frontHeaders, handle }: SubjectSetup) {
  const mcpAuth = new MCPAuth(config);
  const answer = async (request: Request) =>
    Response.json(await handle(getAuth(request), readBody(await request.text())));
  const files = routes.map(
    ({ path, mode, options }): [string, RouteExports] => [path, mcpAuth.protect(answer, mode, options)],
  );
  const { GET, OPTIONS } = mcpAuth.protectedResourceMetadataRouter();
  const route = createAppRouter(
    new Map([...files, ['/.well-known/*', { GET, OPTIONS }], [openPath, { GET: () => new Response('open') }]]),
  );
  return async (request: Request, host: object): Promise<Response> => {
    const response = await route(request, host);
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

import { MCPAuth } from '@mcp-auth/core/fetch';
import { describe, test } from 'vitest';
import { registerConformance, serveFetch, type ConformanceSubject } from '../src/index.js';

const subject: ConformanceSubject = {
  name: 'fetch entry',
  async start({ config, router, routes, openPath, frontHeaders, handle }) {
    const mcpAuth = new MCPAuth(config);
    const answerMetadata = mcpAuth[router]();
    const handlers = new Map(
      routes.map(({ path, mode, options }) => [
        path,
        mcpAuth.protect(
          {
            fetch: async (request, handed) =>
              Response.json(handle(handed?.authInfo, readBody(await request.text()))),
          },
          mode,
          { ...options, path },
        ),
      ]),
    );
    return serveFetch(async (request) => {
      const { pathname } = new URL(request.url);
      const open = request.method === 'GET' && pathname === openPath ? new Response('open') : undefined;
      const response =
        (await answerMetadata(request)) ??
        open ??
        (await handlers.get(pathname)?.fetch(request)) ??
        new Response('Not found', { status: 404 });
      for (const [name, value] of frontHeaders) response.headers.append(name, value);
      return response;
    });
  },
};

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

describe('fetch entry', () => {
  registerConformance(subject, test);
});

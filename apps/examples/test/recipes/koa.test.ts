import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { cases, coveringCases, registerConformance, type ConformanceSubject } from '@mcp-auth/conformance';
import { isAuthInfo } from '@mcp-auth/core/adapter';
import Koa, { type Context } from 'koa';
import { describe, test } from 'vitest';
import { MCPAuth } from '../../src/recipes/koa-mcp-auth.js';

const subject: ConformanceSubject = {
  name: 'Koa',
  start: async ({ config, routes, openPath, frontHeaders, handle }) => {
    const mcpAuth = new MCPAuth(config);
    const router = new Router().get(openPath, (context) => void (context.body = 'open'));
    for (const { path, mode, options } of routes) {
      router.all(path, mcpAuth.bearerAuth(mode, options), async (context) => {
        const { auth } = context.state as { readonly auth?: unknown };
        context.body = await handle(isAuthInfo(auth) ? auth : undefined, await readBody(context));
      });
    }
    const app = new Koa();
    app.silent = true;
    app.use((context, next) => {
      for (const [name, value] of frontHeaders) context.set(name, value);
      return next();
    });
    app.use(mcpAuth.protectedResourceMetadataRouter()).use(router.routes());
    const answer = app.callback();
    const server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
};

/** What `operations` has read, or else the body. */
async function readBody({ req }: Context): Promise<unknown> {
  if ('body' in req) return req.body;
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

describe('Koa', () => {
  registerConformance(subject, test, process.env.SOAK === 'full' ? cases : coveringCases);
});

import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import type { MCPAuthConfig, MCPAuthEvent } from '@mcp-auth/core';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import express, { Router } from 'express';
import Fastify, { type FastifyInstance } from 'fastify';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { config, resource, serving, wellKnown } from './support/mistake-world.js';

const document = `${wellKnown}/mcp`;

/** Makes an application of this configuration, asks it, and gives the status. */
type Ask = (given: MCPAuthConfig) => Promise<number>;

/** The warnings that a program with a listener hears, apart from those about the documents of the provider. */
async function warningsOf(ask: Ask): Promise<readonly [number, readonly string[]]> {
  const events: MCPAuthEvent[] = [];
  const status = await ask({ ...config, onEvent: (event) => void events.push(event) });
  const messages = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return [status, messages.filter((message) => message.includes(wellKnown) || message.includes('Router()'))];
}

async function askFastify(app: FastifyInstance, url: string): Promise<number> {
  const { statusCode } = await app.inject({ method: 'GET', url });
  await app.close();
  return statusCode;
}

describe('a document that bearerAuth denies is told once, with where to mount what', () => {
  const denied: Readonly<Record<string, Ask>> = {
    Express: (given) => {
      const mcpAuth = new ExpressMCPAuth(given);
      const app = express();
      app.use(mcpAuth.bearerAuth());
      app.use(mcpAuth.protectedResourceMetadataRouter());
      return serving(app, async (call) => {
        await call(document);
        return (await call(document)).status;
      });
    },
    Hono: async (given) => {
      const mcpAuth = new HonoMCPAuth(given);
      const app = new Hono();
      app.use(mcpAuth.bearerAuth());
      app.route('/', mcpAuth.protectedResourceMetadataRouter());
      await app.request(document);
      return (await app.request(document)).status;
    },
    Fastify: async (given) => {
      const mcpAuth = new FastifyMCPAuth(given);
      const app = Fastify();
      await app.register(mcpAuth.bearerAuth().plugin);
      await app.register(mcpAuth.protectedResourceMetadataRouter());
      app.post('/mcp', () => ({}));
      await app.inject({ method: 'GET', url: document });
      return askFastify(app, document);
    },
  };

  test.each(Object.entries(denied))('%s', async (_name, ask) => {
    expect(await warningsOf(ask)).toEqual([
      401,
      [
        `bearerAuth denied a request for https://api.example.com${document}, which must be public. Mount protectedResourceMetadataRouter() in front of bearerAuth, or bearerAuth on the path of ${resource} alone.`,
      ],
    ]);
  });

  test('fetch: the document is answered in front of the handler, so there is nothing to tell', async () => {
    const ask: Ask = async (given) => {
      const mcp = new FetchMCPAuth(given).protect({ fetch: () => Response.json({}) });
      return (await mcp.fetch(new Request(`https://api.example.com${document}`))).status;
    };
    expect(await warningsOf(ask)).toEqual([200, []]);
  });
});

describe('a document under a prefix is told with the first request that passes there', () => {
  const below: Readonly<Record<string, readonly [ask: Ask, says: string]>> = {
    Express: [
      (given) => {
        const mcpAuth = new ExpressMCPAuth(given);
        const [app, api] = [express(), Router()];
        api.use(mcpAuth.protectedResourceMetadataRouter());
        api.post('/mcp', mcpAuth.bearerAuth(), () => undefined);
        app.use('/api', api);
        return serving(app, async (call) => {
          await call('/api/mcp', { method: 'POST' });
          return (await call(document)).status;
        });
      },
      `answers below "/api" only, so no client finds https://api.example.com${document}. Mount it at the root of the host`,
    ],
    Hono: [
      async (given) => {
        const mcpAuth = new HonoMCPAuth(given);
        const app = new Hono().basePath('/api').route('/', mcpAuth.protectedResourceMetadataRouter());
        app.post('/mcp', mcpAuth.bearerAuth(), (c) => c.json({}));
        await app.request('/api/mcp', { method: 'POST' });
        return (await app.request(document)).status;
      },
      `answers below "/api" only, so no client finds https://api.example.com${document}. Mount it at the root of the host`,
    ],
    Fastify: [
      async (given) => {
        const app = Fastify();
        app.register(
          async (api) => {
            await api.register(new FastifyMCPAuth(given).protectedResourceMetadataRouter());
          },
          { prefix: '/api' },
        );
        return askFastify(app, document);
      },
      'is registered inside a plugin with the prefix "/api"',
    ],
    fetch: [
      async (given) => {
        const mcp = new FetchMCPAuth(given).protect({ fetch: () => Response.json({}) });
        return (await mcp.fetch(new Request(`https://api.example.com/api${document}`))).status;
      },
      `Metadata was asked for at "/api${document}", where there is none`,
    ],
  };

  test.each(Object.entries(below))('%s', async (_name, [ask, says]) => {
    const [status, warnings] = await warningsOf(ask);
    expect(status).toBe(404);
    expect(warnings).toEqual([expect.stringContaining(says)]);
  });

  test('Fastify: at the root a prefix does no harm', async () => {
    const ask: Ask = async (given) => {
      const app = Fastify();
      await app.register(new FastifyMCPAuth(given).protectedResourceMetadataRouter(), { prefix: '/api' });
      return askFastify(app, document);
    };
    expect(await warningsOf(ask)).toEqual([200, []]);
  });
});

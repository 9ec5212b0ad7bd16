import type { IncomingMessage } from 'node:http';
import { allowedHostnames, type Sample, type SampleConfig } from '@mcp-auth/app-sample-kit';
import { MCPAuth } from '@mcp-auth/fastify';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import Fastify from 'fastify';
import { createServer } from './server.js';
import { createOperations } from './operations.js';
import { TaskList } from './task-list.js';
import { TodoStore } from './todo-store.js';

/** An MCP server on Fastify that keeps to-do items: everybody's own, and all of them for administrators. */
export async function createApp({
  issuer,
  resource,
  fetch,
  onEvent,
  checkAtStart,
}: SampleConfig): Promise<Sample> {
  const mcpAuth = new MCPAuth({
    fetch,
    onEvent,
    checkAtStart,
    protectedResources: {
      metadata: {
        resource,
        resourceName: 'To-do manager',
        authorizationServers: [{ issuer }],
        // What everybody needs; clients ask for todo:admin only when a tool names it
        scopesSupported: ['todo:read', 'todo:write'],
      },
    },
  });
  const todos = new TodoStore();
  const operations = createOperations(todos);
  const tasks = new TaskList();
  const handles = mcpAuth.handles({ resource, operations, secrets: readSecrets() });
  const mcp = toNodeHandler(createMcpHandler(() => createServer(todos, tasks, handles)));
  const hostnames = allowedHostnames(resource);

  const { onRequest, preHandler } = mcpAuth.bearerAuth('jwt', { resource, operations });

  const app = Fastify();
  app.addHook('onRequest', hostHeaderValidation(hostnames));
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: new URL(resource).pathname,
    onRequest: [originValidation(hostnames), onRequest],
    preHandler,
    handler: async (request, reply) => {
      reply.hijack();
      await mcp(request.raw as ServerRequest, reply.raw, request.body);
    },
  });
  await app.ready();
  return {
    listener: (request, response) => app.routing(request, response),
    ready: () => mcpAuth.ready(),
    close: () => mcpAuth.close(),
  };
}

/** The first one seals, all of them open. Without any, handles end with the process, and a line says so. */
function readSecrets(): readonly string[] | undefined {
  return process.env.HANDLE_SECRETS?.split(',');
}

/** Node leaves `method` and `url` open because responses have neither; the SDK's types want them settled. */
type ServerRequest = IncomingMessage & { method: string; url: string };

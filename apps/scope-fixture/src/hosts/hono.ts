import { getRequestListener } from '@hono/node-server';
import { getAuth, MCPAuth } from '@mcp-auth/hono';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import { createVerifier } from '../contract.js';
import { getChallenges, getRouteOptions } from '../mechanism.js';
import { createServer } from '../server.js';
import type { CreateHost } from './host.js';

export const createHonoHost: CreateHost = ({ resource, mechanism, config }) => {
  const mcpAuth = new MCPAuth(config);
  const challenges = getChallenges(mechanism, resource, mcpAuth);
  const mcp = createMcpHandler(() => createServer(challenges));
  const app = new Hono();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    mcpAuth.bearerAuth(createVerifier(resource), getRouteOptions(mechanism, resource)),
    (context) => {
      const authInfo = getAuth(context);
      return mcp.fetch(context.req.raw, authInfo && { authInfo });
    },
  );
  const listener = getRequestListener(app.fetch);
  return (request, response) => void listener(request, response);
};

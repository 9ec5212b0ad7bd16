import { MCPAuth } from '@mcp-auth/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import express from 'express';
import { createVerifier } from '../contract.js';
import { getChallenges, getRouteOptions } from '../mechanism.js';
import { createServer } from '../server.js';
import type { CreateHost } from './host.js';

export const createExpressHost: CreateHost = ({ resource, mechanism, config }) => {
  const mcpAuth = new MCPAuth(config);
  const challenges = getChallenges(mechanism, resource, mcpAuth);
  const mcp = toNodeHandler(createMcpHandler(() => createServer(challenges)));
  const app = express();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    mcpAuth.bearerAuth(createVerifier(resource), getRouteOptions(mechanism, resource)),
    (request, response) => mcp(request, response, request.body),
  );
  return app;
};

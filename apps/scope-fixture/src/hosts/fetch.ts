import { getRequestListener } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createVerifier } from '../contract.js';
import { getChallenges, getRouteOptions } from '../mechanism.js';
import { createServer } from '../server.js';
import type { CreateHost } from './host.js';

/** As on Workers, Deno and Bun: a `fetch` and nothing else. */
export const createFetchHost: CreateHost = ({ resource, mechanism, config }) => {
  const mcpAuth = new MCPAuth(config);
  const challenges = getChallenges(mechanism, resource, mcpAuth);
  const mcp = createMcpHandler(() => createServer(challenges));
  const options = getRouteOptions(mechanism, resource);
  const handler = mcpAuth.protect(mcp, createVerifier(resource), options);
  const listener = getRequestListener((request, env) => handler.fetch(request, env));
  return (request, response) => void listener(request, response);
};

import type { IncomingMessage } from 'node:http';
import { MCPAuth } from '@mcp-auth/app-node-http-adapter';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createVerifier } from '../contract.js';
import { getChallenges, getRouteOptions } from '../mechanism.js';
import { createServer } from '../server.js';
import type { CreateHost } from './host.js';

/** Node leaves `method` and `url` open because responses have neither; the SDK's types want them settled. */
type ServerRequest = IncomingMessage & { method: string; url: string };

export const createNodeHttpHost: CreateHost = ({ resource, mechanism, config }) => {
  const mcpAuth = new MCPAuth(config);
  const challenges = getChallenges(mechanism, resource, mcpAuth);
  const handle = toNodeHandler(createMcpHandler(() => createServer(challenges)));
  const publish = mcpAuth.protectedResourceMetadataRouter();
  const mcp = mcpAuth.bearerAuth(
    createVerifier(resource),
    getRouteOptions(mechanism, resource),
    (request, response) => handle(request as ServerRequest, response, request.body),
  );
  return (request, response) => {
    if (!publish(request, response)) mcp(request, response);
  };
};

import type { EventListener } from '@mcp-auth/core';
import { EventSink, runEndpoint, type Endpoint } from '@mcp-auth/core/adapter';
import type { FastifyPluginCallback } from 'fastify';
import { binding } from './binding.js';
import { inContext, RouteNet } from './route-net.js';

/** What sees to the hooks of all routes of one `MCPAuth`. */
export function createRouteNet(onEvent: EventListener | undefined): RouteNet {
  const events = new EventSink(onEvent);
  return new RouteNet((message) => {
    events.warn(message);
  });
}

/** A plugin that answers what the endpoint answers, and sees to the routes that are made after it. */
export function createPlugin(endpoint: Endpoint, net: RouteNet): FastifyPluginCallback {
  return inContext((app, _options, registered) => {
    app.addHook('onRequest', (request, reply, done) => {
      void runEndpoint(endpoint, binding, { request, reply, done }, done);
    });
    net.install(app);
    registered();
  });
}

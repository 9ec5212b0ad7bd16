import { describeOtherFramework, runEndpoint, type Endpoint, type EventSink } from '@mcp-auth/core/adapter';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import { binding } from './binding.js';
import { inContext, RouteNet } from './route-net.js';
import manifest from '../package.json' with { type: 'json' };

/** What sees to the hooks of all routes of one `MCPAuth`. */
export function createRouteNet(events: EventSink): RouteNet {
  return new RouteNet((message) => {
    events.warn(message);
  });
}

/**
 * A plugin that answers what the endpoint answers, and sees to the routes that are made after it.
 *
 * @param router - the call that makes it, for warnings
 */
export function createPlugin(endpoint: Endpoint, net: RouteNet, router: string): FastifyPluginCallback {
  return inContext((app, _options, registered) => {
    const other = describeOther(app);
    if (other !== undefined) net.warn(other);
    if (isInsidePlugin(app)) net.warn(explainInside(router, app.prefix));
    app.addHook('onRequest', (request, reply, done) => {
      void runEndpoint(endpoint, binding, { request, reply, done }, done);
    });
    net.install(app);
    registered();
  });
}

/** An application tells its version, so no other Fastify is looked at. */
function describeOther({ version }: FastifyInstance): string | undefined {
  return describeOtherFramework(manifest, {
    name: 'fastify',
    version,
    range: manifest.peerDependencies.fastify,
  });
}

/** The context of a plugin has that around it as its prototype; hooks there are not called for paths without a route. */
function isInsidePlugin(app: FastifyInstance): boolean {
  const around: unknown = Object.getPrototypeOf(app);
  return typeof around === 'object' && around !== null && 'addHook' in around;
}

function explainInside(router: string, prefix: string): string {
  const where = prefix === '' ? 'a plugin' : `a plugin with the prefix ${JSON.stringify(prefix)}`;
  return `${router} is registered inside ${where}, where Fastify shows it no requests but those for the routes of that plugin, so no client finds the metadata. Register it on the application itself, without a prefix: await app.register(mcpAuth.${router}). Or wrap the plugin with fastify-plugin.`;
}

import { MCPAuthConfigError } from '@mcp-auth/core';
import { explainUncalled, type Gate } from '@mcp-auth/core/adapter';
import type { FastifyInstance, FastifyPluginCallback, RouteOptions } from 'fastify';
import { hooksAt, leaveBodies, placeHooks, stages, type Guard } from './guard.js';
import { createHooks, createLooseHooks } from './hooks.js';
import { Protection } from './protection.js';
import type { BearerAuthRouteOptions } from './route-options.js';

/**
 * Sees to it that all hooks of a gate stand on its routes, no matter what an application does with its route options: the `onRoute`
 * hook of Fastify shows every route before it is made, and may change it.
 *
 * Does not see: routes from before the plugin, and those written after a plugin that is not awaited.
 */
export class RouteNet {
  /** By the mark in route options, which is not lost when a hook is; each has its own, so that none hides another. */
  readonly #guards = new Map<symbol, Guard>();
  readonly #guardOf = new WeakMap<object, Guard>();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Tells the owner. */
  warn(message: string): void {
    this.#warn(message);
  }

  /** Route options for a gate. */
  protect(gate: Gate): BearerAuthRouteOptions {
    const protection = new Protection(gate);
    const guard: Guard = { protection, hooks: createHooks(protection), isPlaced: false };
    const loose = createLooseHooks(protection);
    const mark = Symbol('mcp-auth');
    this.#guards.set(mark, guard);
    for (const hook of [loose, guard.hooks].flatMap((hooks) => Object.values(hooks) as object[])) {
      this.#guardOf.set(hook, guard);
    }
    const options = { ...loose, [mark]: true, plugin: createContextPlugin(guard) };
    // Not for a route, so not among what is copied into its options
    return Object.defineProperty(options, 'plugin', { enumerable: false });
  }

  /** To be called with the application that is to be seen. */
  install(app: FastifyInstance): void {
    const placed = new Map<RouteOptions, readonly Guard[]>();
    app.addHook('onRoute', (route) => {
      const guards = this.#find(route);
      for (const guard of guards) {
        placeHooks(route, guard, (hook) => this.#guardOf.get(hook) === guard);
        guard.isPlaced = true;
      }
      leaveBodies(route, guards, app);
      placed.set(route, guards);
    });
    app.addHook('onReady', (done) => {
      done(findLostHook(placed) ?? this.#findUnseen());
      placed.clear();
    });
  }

  /** The guards that a route names, by their marks or by hooks. */
  #find(route: RouteOptions): readonly Guard[] {
    this.#refuseMisplaced(route);
    const hooks = stages.flatMap((stage) => hooksAt(route, stage));
    const named = hooks.flatMap((hook) => this.#guardOf.get(hook) ?? []);
    return [...new Set([...this.#marked(route), ...named])];
  }

  #marked(value: object): readonly Guard[] {
    return Object.getOwnPropertySymbols(value).flatMap((mark) => this.#guards.get(mark) ?? []);
  }

  /** What would not be called, or fail with each request. */
  #refuseMisplaced(route: RouteOptions): void {
    for (const [name, value] of Object.entries(route) as [string, unknown][]) {
      for (const entry of [value].flat()) {
        const problem = explainUncalled(entry)?.message ?? this.#explainUnspread(entry);
        if (problem === undefined) continue;
        throw new MCPAuthConfigError('invalid_option', name, problem, {
          of: `${name} of ${describe(route)}`,
        });
      }
    }
  }

  #explainUnspread(value: unknown): string | undefined {
    if (typeof value !== 'object' || value === null || this.#marked(value).length === 0) return undefined;
    return "is what bearerAuth returns, which is route options and no hook. Spread it: { ...mcpAuth.bearerAuth('jwt', { resource }) }.";
  }

  /**
   * Guards that nobody has seen on a route. Where operations are judged, every request would be answered with 500, so the
   * application does not start; other guards work without this net, but nobody puts back what gets lost.
   */
  #findUnseen(): MCPAuthConfigError | undefined {
    const unseen = [...this.#guards.values()].filter(({ isPlaced }) => !isPlaced);
    // Once each, however many applications there are
    for (const guard of unseen) guard.isPlaced = true;
    const closed = unseen.find(({ protection }) => protection.gate.judgesOperations);
    if (closed !== undefined)
      return new MCPAuthConfigError('invalid_option', 'operations', explainUnseen(closed));
    for (const guard of unseen) this.#warn(explainUnseen(guard));
    return undefined;
  }
}

function createContextPlugin(guard: Guard): FastifyPluginCallback {
  return inContext((app, _options, registered) => {
    guard.isPlaced = true;
    const { onRequest, preParsing, preHandler } = guard.hooks;
    app.addHook('onRequest', onRequest);
    if (preParsing !== undefined) app.addHook('preParsing', preParsing);
    if (preHandler !== undefined) app.addHook('preHandler', preHandler);
    app.addHook('onRoute', (route) => leaveBodies(route, [guard], app));
    registered();
  });
}

/** What fastify-plugin does: the hooks belong to the context where the plugin is registered, not to a new one. */
export function inContext(plugin: FastifyPluginCallback): FastifyPluginCallback {
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}

/** A hook that stood on a route and was replaced since, by a plugin that changes routes too. */
function findLostHook(placed: ReadonlyMap<RouteOptions, readonly Guard[]>): MCPAuthConfigError | undefined {
  for (const [route, guards] of placed) {
    const missing = stages.find((stage) => {
      const present: readonly unknown[] = hooksAt(route, stage);
      return guards.some(
        ({ hooks }) => stage in hooks && !present.includes(hooks[stage as keyof typeof hooks]),
      );
    });
    if (missing !== undefined) {
      const problem =
        'is without its hook of bearerAuth, which an onRoute hook behind the one of MCP Auth has replaced. Register that plugin before protectedResourceMetadataRouter(), or let it add to the hooks that are there.';
      return new MCPAuthConfigError('invalid_option', missing, problem, {
        of: `${missing} of ${describe(route)}`,
      });
    }
  }
  return undefined;
}

function describe({ method, url }: RouteOptions): string {
  return `${[method].flat().join(', ')} ${url}`;
}

function explainUnseen({ protection: { gate } }: Guard): string {
  return (
    `bearerAuth for ${gate.resource} stands on no route that protectedResourceMetadataRouter() has seen` +
    (gate.judgesOperations ? ', so operations could not be judged. ' : '. ') +
    'Register that plugin before the routes and await it: await app.register(mcpAuth.protectedResourceMetadataRouter()). ' +
    'For a whole context, write context.register(mcpAuth.bearerAuth(…).plugin) instead of addHook.'
  );
}

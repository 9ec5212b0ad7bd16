import { MCPAuthConfigError } from '@mcp-auth/core';
import type { RouteArguments } from '@mcp-auth/core/adapter';
import type { ExecutionContext, Type } from '@nestjs/common';
import { MetadataScanner, type DiscoveryService } from '@nestjs/core';
import type { FoundRoute, FoundRoutes, Handler, PlatformMCPAuth } from './platform.js';
import { isGuardedBy, isHandler, markHandler, readRules, type Rule } from './rules.js';

interface ProtectedRoute extends FoundRoute {
  /** `McpController.serve()`, for messages. */
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** The handlers of one application that are protected, each with its token check, and the requests that have passed one. */
export class ProtectedRoutes implements FoundRoutes {
  readonly #routes = new Map<unknown, ProtectedRoute>();
  readonly #open = new Map<unknown, string>();
  readonly #found = new Set<FoundRoute>();
  readonly #admitted = new WeakMap<object, FoundRoute>();

  /**
   * Makes a token check for each handler that has one.
   *
   * @throws {MCPAuthConfigError} where something is decorated that would not be guarded, or that cannot be
   */
  collect(discovery: DiscoveryService, guard: object, mcpAuth: PlatformMCPAuth): void {
    for (const { metatype } of discovery.getControllers()) {
      for (const [name, handler] of listMethods(metatype)) {
        this.#addHandler(metatype as Type, name, handler, guard, mcpAuth);
      }
    }
    for (const { metatype } of discovery.getProviders()) {
      for (const [name, method] of listMethods(metatype)) {
        if (isGuardedBy(guard, method) || isGuardedBy(guard, metatype as Type)) throw notAHandler(name);
      }
    }
  }

  find(handler: unknown): ProtectedRoute | undefined {
    const route = this.#routes.get(handler);
    if (route !== undefined) this.#found.add(route);
    return route;
  }

  admit(request: object, route: FoundRoute): void {
    this.#admitted.set(request, route);
  }

  /** @throws {MCPAuthConfigError} where the request has not passed the check of the handler that is to run */
  demandAdmission(context: ExecutionContext): void {
    const request = context.switchToHttp().getRequest<{ readonly raw?: object }>();
    const route = this.#routes.get(context.getHandler());
    if (route !== undefined && this.#admitted.get(request.raw ?? request) === route) return;
    const name = `${context.getClass().name}.${context.getHandler().name}()`;
    throw refuse(
      name,
      'got a request that its token check has not seen, which is answered with 500. McpAuthGuard protects HTTP handlers of controllers, where it stands by name and not for all; and middleware must not rewrite the URL of a request behind the check.',
    );
  }

  /** @throws {MCPAuthConfigError} for a handler that no platform has made a route of */
  demandRoutes(): void {
    for (const route of this.#routes.values()) {
      if (this.#found.has(route)) continue;
      throw refuse(
        route.name,
        'is to be protected, and no route of the application leads to it that could be. A decorator or constructor that replaces the method must leave its metadata on it.',
      );
    }
  }

  #addHandler(type: Type, name: string, handler: Handler, guard: object, mcpAuth: PlatformMCPAuth): void {
    const own = readRules(handler);
    const rules = [...readRules(type), ...own];
    const isGuarded = isGuardedBy(guard, type) || isGuardedBy(guard, handler);
    if (!isHandler(handler)) {
      if (own.length > 0 || isGuardedBy(guard, handler)) throw notAHandler(name);
      return;
    }
    const base = isGuardedBy(guard, handler) ? undefined : findGuardedBase(type, name, guard);
    if (base !== undefined) throw overrides(name, base);
    const known = this.#routes.get(handler);
    if (!isGuarded) {
      if (rules.length > 0)
        throw refuse(
          name,
          'asks for the caller with @Auth(), and nothing checks tokens. Add @BearerAuth() or @RequireScopes(…).',
        );
      if (known !== undefined) throw protectedTwice(known.name, name);
      this.#open.set(handler, name);
      return;
    }
    const open = this.#open.get(handler);
    if (open !== undefined) throw protectedTwice(open, name);
    if (known !== undefined) {
      // A method of a base class, whose own rules are all there are
      if (known.rules.length === rules.length && rules.every((rule) => known.rules.includes(rule))) return;
      throw protectedTwice(known.name, name);
    }
    const { mode, options } = readArguments(name, rules);
    markHandler(handler);
    this.#routes.set(handler, { name, rules, gate: mcpAuth.bearerAuth(mode, options) });
  }
}

/** The methods of a class and of its base classes, by the names that messages have for them. */
function listMethods(type: unknown): readonly (readonly [name: string, method: Handler])[] {
  const prototype =
    typeof type === 'function' ? (type.prototype as Record<string, Handler> | undefined) : undefined;
  if (prototype === undefined) return [];
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const method = prototype[name];
    return method === undefined ? [] : [[`${(type as Type).name}.${name}()`, method] as const];
  });
}

/** The method of a base class that this one replaces, where decorators protect that one by itself: they are not inherited. */
function findGuardedBase(type: Type, name: string, guard: object): string | undefined {
  const method = name.slice(name.indexOf('.') + 1, -2);
  for (
    let base: unknown = Object.getPrototypeOf(type.prototype);
    isPrototype(base);
    base = Object.getPrototypeOf(base)
  ) {
    const handler: unknown = Object.hasOwn(base, method) ? base[method] : undefined;
    if (typeof handler === 'function' && isGuardedBy(guard, handler))
      return `${base.constructor.name}.${method}()`;
  }
  return undefined;
}

function isPrototype(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What `bearerAuth` is called with: one set of options, and all scopes that are demanded. */
function readArguments(name: string, rules: readonly Rule[]): RouteArguments {
  const routes = rules.flatMap((rule) => (rule.kind === 'route' ? [rule.route] : []));
  if (routes.length > 1) {
    throw refuse(
      name,
      'has more than one @BearerAuth(…), of which one would count. Write one, on the method or on its controller; @RequireScopes(…) adds to it.',
    );
  }
  const { mode, options } = routes[0] ?? { mode: 'jwt', options: {} };
  const scopes = rules.flatMap((rule) => (rule.kind === 'scopes' ? rule.scopes : []));
  if (scopes.length === 0) return { mode, options };
  const requiredScopes = [...new Set([...(options.requiredScopes ?? []), ...scopes])];
  return { mode, options: { ...options, requiredScopes } };
}

function refuse(name: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', name, problem);
}

function notAHandler(name: string): MCPAuthConfigError {
  return refuse(
    name,
    'is decorated to be protected, and is not an HTTP handler of a controller, so nothing would check tokens. Move the decorator to one, with @Get(), @Post() or @All().',
  );
}

function overrides(name: string, base: string): MCPAuthConfigError {
  return refuse(
    name,
    `replaces ${base}, whose own check is lost: decorators of a method are not inherited. Add @BearerAuth(…) or @RequireScopes(…), or give the method another name.`,
  );
}

function protectedTwice(one: string, other: string): MCPAuthConfigError {
  return refuse(
    other,
    `is the same method as ${one}, and what decorators say of the two differs. Say it on the method of the base class, or write two methods.`,
  );
}

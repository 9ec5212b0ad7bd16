import type { RouteArguments } from '@mcp-auth/core/adapter';
import { SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/** What one decorator says of a handler, or of all handlers of a controller. */
export type Rule =
  | { readonly kind: 'route'; readonly route: RouteArguments }
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'caller' };

const key = 'mcp-auth:rules';
const reflector = new Reflector();

/** What decorators have said of a class, those of its base classes included, or of a method. */
export function readRules(target: object): readonly Rule[] {
  return (readMetadata(key, target) as readonly Rule[] | undefined) ?? [];
}

/** Adds to what is there: of two decorators of a kind none is lost. */
export function addRule(target: object, rule: Rule): void {
  setMetadata(key, [...readRules(target), rule], target);
}

function readMetadata(name: string, target: object): unknown {
  return reflector.get<unknown>(name, target as () => void);
}

function setMetadata(name: string, value: unknown, target: object): void {
  SetMetadata(name, value)(target as () => void);
}

/** Whether a guard stands on a class or method, under the name that `UseGuards` has for it. */
export function isGuardedBy(guard: object, target: object): boolean {
  const guards = readMetadata('__guards__', target);
  return Array.isArray(guards) && guards.includes(guard);
}

/** Whether a method is a handler of HTTP requests, by the name that `@Get()` and its like have for the path. */
export function isHandler(method: object): boolean {
  return readMetadata('path', method) !== undefined;
}

/** Under which a route has the handler that it leads to. */
const handlerKey = Symbol('mcp-auth:handler');
const metadataOfHandler = 'mcp-auth:handler';

/** As `@RouteConfig()` of Nest's platform for Fastify has it. */
const routeConfig = '__fastify_route_config__';

/**
 * Makes a handler known by its routes. Nest copies what is written on it to the function that it gives to Express; around the one that it gives
 * to Fastify it may put another, but the configuration of a route goes with the route.
 */
export function markHandler(handler: object): void {
  setMetadata(metadataOfHandler, handler, handler);
  setMetadata(
    routeConfig,
    { ...(readMetadata(routeConfig, handler) as object | undefined), [handlerKey]: handler },
    handler,
  );
}

/** The handler by the function that Express has, and Fastify from Nest 11 for a route of all methods, which has no configuration there. */
export function readHandler(callback: object | undefined): unknown {
  return callback && readMetadata(metadataOfHandler, callback);
}

/** The handler by the configuration of a route of Fastify. */
export function readConfiguredHandler(config: object | undefined): unknown {
  return (config as Readonly<Record<symbol, unknown>> | undefined)?.[handlerKey];
}

import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Hooks } from './hooks.js';
import { createErrorHandler } from './parser-errors.js';
import { defaultBodyLimit, hasKnownParsers } from './parser-limits.js';
import type { Protection } from './protection.js';

/** What one call of `bearerAuth` has made. */
export interface Guard {
  readonly protection: Protection;
  /** What stands on a route, or in a context, in the end. */
  readonly hooks: Hooks;
  /** Whether a route or context is known to have it. */
  isPlaced: boolean;
}

/** Where a route may name hooks of a gate, and where the gate has its own. */
export const stages = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const;

type Hook = (...given: never) => unknown;

/** The hooks of a route at one stage, which may be one or many. */
export function hooksAt(route: RouteOptions, stage: (typeof stages)[number]): readonly Hook[] {
  return [route[stage] ?? []].flat();
}

/**
 * Puts the hooks of a guard on a route: where one of them was named, and in front of all others where none was.
 *
 * @param isOwn - tells hooks of this guard from others
 */
export function placeHooks(route: RouteOptions, { hooks }: Guard, isOwn: (hook: Hook) => boolean): void {
  const given: Readonly<Partial<Record<string, Hook>>> = { ...hooks };
  for (const stage of stages) {
    const present = hooksAt(route, stage);
    const hook = given[stage];
    const at = Math.max(present.findIndex(isOwn), 0);
    const kept = present.map((each) => (isOwn(each) ? undefined : each));
    const front = kept.slice(0, at);
    const list = [...front, hook, ...kept.slice(at)].filter((each) => each !== undefined);
    // No matter what it is, a hook of this stage
    Object.assign(route, { [stage]: list });
  }
}

/** Leaves the bodies of a route to the gates that read them, as far as the application has said nothing else. */
export function leaveBodies(route: RouteOptions, guards: readonly Guard[], app: FastifyInstance): void {
  const readers = guards.map(({ protection }) => protection).filter(({ gate }) => gate.judgesOperations);
  if (readers.length === 0) return;
  const limit = Math.max(...readers.map(({ maxBodyBytes }) => maxBodyBytes));
  const isDefault = app.initialConfig.bodyLimit === defaultBodyLimit && hasKnownParsers(app);
  if (isDefault && limit > defaultBodyLimit) route.bodyLimit ??= limit;
  route.errorHandler ??= createErrorHandler(readers);
}

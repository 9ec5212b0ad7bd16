import { MCPAuthConfigError } from '@mcp-auth/core';
import {
  isAuthInfo,
  readRoute,
  type ModeOrOptions,
  type OptionsFor,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import { createParamDecorator, UseGuards, type ExecutionContext } from '@nestjs/common';
import { McpAuthGuard } from './guard.js';
import { addRule, isGuardedBy, type Rule } from './rules.js';

/**
 * Protects a handler, or all handlers of a controller, with a token check. Takes what `bearerAuth` of the other adapters takes, and is
 * said once for a handler: on it or on its controller.
 *
 * Checks: credentials, token, audience, scopes and operations, before the handler, other guards and pipes, and before the body is read.
 * Does not check: Origin and Host, which belong to the official SDK or the application.
 *
 * @throws {MCPAuthConfigError} for an option that cannot work, when the application starts
 * @see RFC 6750 §3
 * @see RFC 9728 §5.1
 * @example
 * ```ts
 * import { BearerAuth } from '@mcp-auth/nest';
 * import { All, Controller } from '@nestjs/common';
 *
 * @Controller('mcp')
 * @BearerAuth({ operations: { tools: { erase: ['notes:write'], '*': [] } } })
 * export class McpController {
 *   @All()
 *   serve() {
 *     return {};
 *   }
 * }
 * ```
 */
export function BearerAuth<Mode extends VerificationMode>(
  mode: Mode,
  options?: OptionsFor<Mode>,
): ClassDecorator & MethodDecorator;
/** Protects a handler, or all handlers of a controller, with JWTs. */
export function BearerAuth(options?: OptionsFor<'jwt'>): ClassDecorator & MethodDecorator;
export function BearerAuth(
  first?: ModeOrOptions,
  second?: OptionsFor<VerificationMode>,
): ClassDecorator & MethodDecorator {
  return protect({ kind: 'route', route: readRoute(first, second) });
}

/**
 * Protects a handler, or all handlers of a controller, and demands scopes, all of them, in addition to what other decorators of the same
 * handler and controller demand.
 *
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { RequireScopes } from '@mcp-auth/nest';
 * import { Controller, Get } from '@nestjs/common';
 *
 * @Controller('notes')
 * @RequireScopes('notes:read')
 * export class NotesController {
 *   @Get()
 *   list() {
 *     return [];
 *   }
 * }
 * ```
 */
export function RequireScopes(...scopes: readonly string[]): ClassDecorator & MethodDecorator {
  return protect({ kind: 'scopes', scopes });
}

/**
 * A parameter that is the caller: `AuthInfo`, or nothing where anonymous access was permitted. The application does not start where a handler
 * asks for the caller and nothing checks tokens.
 *
 * @see {@link AuthInfo}
 * @example
 * ```ts
 * import type { AuthInfo } from '@mcp-auth/core';
 * import { Auth, RequireScopes } from '@mcp-auth/nest';
 * import { Controller, Get } from '@nestjs/common';
 *
 * @Controller('notes')
 * export class NotesController {
 *   @Get()
 *   @RequireScopes('notes:read')
 *   list(@Auth() caller: AuthInfo) {
 *     return { notesOf: caller.subject };
 *   }
 * }
 * ```
 */
export function Auth(): ParameterDecorator {
  return (target, name, index) => {
    const handler: unknown = name === undefined ? undefined : Reflect.get(target, name);
    if (name === undefined || typeof handler !== 'function') {
      throw new MCPAuthConfigError('invalid_option', '@Auth()', 'is for parameters of handlers.');
    }
    addRule(handler, { kind: 'caller' });
    callerParameter()(target, name, index);
  };
}

const callerParameter = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { auth } = context.switchToHttp().getRequest<{ readonly auth?: unknown }>();
  return isAuthInfo(auth) ? auth : undefined;
});

function protect(rule: Rule): ClassDecorator & MethodDecorator {
  return (target: object, _name?: string | symbol, descriptor?: { readonly value?: unknown }) => {
    const place = (descriptor === undefined ? target : descriptor.value) as () => void;
    addRule(place, rule);
    if (!isGuardedBy(McpAuthGuard, place)) UseGuards(McpAuthGuard)(place);
  };
}

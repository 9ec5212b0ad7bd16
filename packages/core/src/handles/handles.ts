import type { AuthInfo } from '../caller/auth-info.js';
import { object } from '../config/check-options.js';
import { kind } from '../config/kinds.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import type { SdkHandlerContext } from '../sdk/auth-info-of.js';
import type { MakingRequest } from './needed-scopes.js';
import type { StateCodec, StateCodecFactory } from './request-state.js';
import type { TaskHandler } from './task-handler.js';
import type { GuardedTaskStore, SdkTaskStore } from './task-store.js';

/** What a handle is sealed with. */
export interface SealOptions {
  /** Whose it is: the caller of the request that makes it. */
  readonly caller: AuthInfo | undefined;
  /**
   * What a token has to cover for the handle to open; `[]`: any token of its owner. Required where there is no `operation`. Default: what
   * `operation` needs.
   */
  readonly requirement?: ScopeRequirement | undefined;
  /**
   * The request that makes it, `{ method: 'tools/call', params: { name: 'export' } }`: what the `operations` of these handles say
   * that it needs. Default: none.
   */
  readonly operation?: MakingRequest | undefined;
  /** When it ends, in seconds since the epoch. Default: after `lifetimeSeconds`. */
  readonly expiresAt?: number | undefined;
}

export const sealOptions = object<SealOptions>({
  caller: kind('an AuthInfo', () => true),
  requirement: kind('a list of scopes, { allOf } or { anyOf }', () => true),
  operation: kind('an object with method and params', (value) => typeof value === 'object' && value !== null),
  expiresAt: kind('seconds since the epoch', Number.isFinite, { shown: true }),
});

/**
 * Handles that belong to who made them: the identifier of the server's own, and a keyed tag over it, the principal, the resource, the
 * requirement and the end. Nothing is stored.
 */
export interface Handles {
  /**
   * Makes a handle of an identifier. It hides nothing of it: clients can read the identifier and the scopes.
   *
   * Does not check: that identifiers cannot be guessed, or that the caller may have what they name. The gate has let the caller's
   * request pass.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` for a caller who cannot be told from others: anonymous, or with a token
   *   that names neither subject nor client
   * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `invalid_scope`; `invalid_option` for a handle that would be too long
   */
  seal(id: string, options: SealOptions): Promise<string>;
  /**
   * The identifier in a handle; nothing for one that is another's, altered, cut, made up or expired, and for a caller whose token does
   * not cover its requirement any more, or does not state a login (`acr`) that `operation` demanded.
   *
   * Checks: the tag, in constant time, with each of the secrets; then end, login and requirement.
   *
   * Does not check: whether what it names is still there; how long ago the login was, for a task may outlive the `maxAgeSeconds` of a rule.
   */
  open(handle: unknown, caller: AuthInfo | undefined): Promise<string | undefined>;
  /**
   * A handler for requests with a `taskId`, of both versions of the official SDK: it gets the identifier of the server's own instead
   * of the handle, and one that nothing has where the handle does not open. So its answer about a task that does not exist is the answer
   * to a handle of somebody else. In results the handle stands again.
   *
   * Does not check: that the handler answers so; look tasks up by their identifiers and by nothing else.
   */
  taskHandler<Params extends object, Context extends SdkHandlerContext, Result>(
    handler: TaskHandler<Params, Context, Result>,
  ): TaskHandler<Params, Context, Promise<Awaited<Result>>>;
  /**
   * The task store of version 1 of the official SDK (`experimental/tasks`), with handles instead of its identifiers. Needs `operations`.
   *
   * A handle that does not open is asked for as an identifier that no task has, so that the store itself gives its answer. The store gets
   * a name of the owner instead of the session, so that no store mixes tasks of two. `listTasks` lists what this process has made, as
   * far as the caller's token covers it.
   *
   * Does not check: callers. `caller` says who is asking; it has to be `getAuthInfo` on a route with `asyncContext`. Where it says nobody,
   * no task is made and none found.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` where these handles have no `operations`
   */
  taskStore<Store extends SdkTaskStore>(
    store: Store,
    caller: () => AuthInfo | undefined,
  ): GuardedTaskStore<Store>;
  /**
   * The codec of the official server for `requestState` (version 2, `createRequestStateCodec`), bound to the caller, for each of the
   * secrets: the first one mints, all verify. What is minted is signed and can be read by the client.
   *
   * @param create - `createRequestStateCodec` itself, or a function that calls it with `key`, `bind` and further options
   */
  requestState<Payload, Context extends SdkHandlerContext>(
    create: StateCodecFactory<Payload, Context>,
  ): StateCodec<Payload, Context>;
  /**
   * The `bind` option of `createRequestStateCodec`, for a codec of the owner's own making: caller, resource, method, and the target where the
   * client's headers say it (`Mcp-Name`, which servers of MCP 2026-07-28 compare with the body).
   *
   * @throws {MCPAuthConfigError} `unsupported_option` for a caller who cannot be told from others; the SDK answers -32602 to a state, and
   *   a tool error where one is minted
   */
  bind(context: SdkHandlerContext): string;
}

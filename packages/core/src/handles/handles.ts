import type { AuthInfo } from '../caller/auth-info.js';
import { checkOptions, object } from '../config/check-options.js';
import { kind } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { checkedClock } from '../net/environment.js';
import type { OperationRules } from '../operation/operation-rules.js';
import {
  checkRequirement,
  judgeScopes,
  type ScopeRequirement,
  splitRequirement,
} from '../scopes/scope-requirement.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import type { SdkHandlerContext } from '../sdk/auth-info-of.js';
import {
  formatContent,
  type HandleContent,
  joinHandle,
  maxHandleLength,
  parseContent,
  splitHandle,
} from './handle-text.js';
import { type HandleOptions, readSecrets } from './handle-options.js';
import { Keyring } from './keyring.js';
import { findNeeds, type MakingRequest, noRules } from './needed-scopes.js';
import { principalOf } from './principal.js';
import { bindState, type StateCodec, rotateState, type StateCodecFactory } from './request-state.js';
import { guardHandler, type TaskHandler } from './task-handler.js';
import { guardTaskStore, type GuardedTaskStore, type SdkTaskStore } from './task-store.js';

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
   * not cover its requirement any more.
   *
   * Checks: the tag, in constant time, with each of the secrets; then end and requirement.
   *
   * Does not check: whether what it names is still there.
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
  ): TaskHandler<Params, Context, Promise<Result>>;
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

/** What handles need of a resource. */
export interface HandlePlace {
  readonly resource: string;
  readonly scopeChecks: ScopeChecks;
  readonly rules: OperationRules | undefined;
  /** Tells the owner, once: the SDKs keep to themselves what handlers and stores throw. */
  readonly advise: (message: string) => void;
}

/** @param options - checked */
export function createHandles(options: HandleOptions, place: HandlePlace): Handles {
  return new SealedHandles(options, place);
}

class SealedHandles implements Handles {
  readonly #keyring: Keyring;
  readonly #options: HandleOptions;
  readonly #place: HandlePlace;
  readonly #resource: string;
  readonly #seconds: () => number;

  constructor(options: HandleOptions, place: HandlePlace) {
    this.#options = options;
    this.#place = place;
    this.#keyring = new Keyring(readSecrets(options.secrets));
    this.#resource = new URL(place.resource).href;
    const now = checkedClock(options.now);
    this.#seconds = () => now() / 1000;
  }

  async seal(id: string, options: SealOptions): Promise<string> {
    return (await this.#prepare(options))(id);
  }

  /** All that can go wrong before there is an identifier. */
  async #prepare(options: SealOptions): Promise<(id: string) => Promise<string>> {
    checkOptions(options, sealOptions, '');
    const principal = this.#principalOf(options.caller);
    if (principal === undefined) throw this.#nobody();
    const now = this.#seconds();
    const { lifetimeSeconds = 86_400 } = this.#options;
    const { expiresAt = Math.ceil(now + lifetimeSeconds) } = options;
    checkEnd(expiresAt, now);
    const { allOf, anyOf } = await this.#readNeeds(options);
    return async (id) => {
      const content = formatContent({ id, expiresAt, allOf, anyOf });
      const handle = joinHandle(content, await this.#keyring.sign(this.#signed(principal, content)));
      if (typeof (id as unknown) === 'string' && id !== '' && handle.length <= maxHandleLength) return handle;
      throw new MCPAuthConfigError(
        'invalid_option',
        'id',
        `must be a non-empty string that makes, with the scopes it needs, a handle of at most ${maxHandleLength} characters.`,
      );
    };
  }

  async open(handle: unknown, caller: AuthInfo | undefined): Promise<string | undefined> {
    const { content, tag } = splitHandle(handle);
    // Nobody's handles have this principal: seal() makes none without one
    const principal = this.#principalOf(caller) ?? '';
    const isOwn = await this.#keyring.verify(tag, this.#signed(principal, content));
    if (!isOwn || caller === undefined) return undefined;
    const read = parseContent(content);
    return this.#seconds() < read.expiresAt && this.#covers(read, caller) ? read.id : undefined;
  }

  taskHandler<Params extends object, Context extends SdkHandlerContext, Result>(
    handler: TaskHandler<Params, Context, Result>,
  ): TaskHandler<Params, Context, Promise<Result>> {
    return guardHandler(this, handler);
  }

  taskStore<Store extends SdkTaskStore>(
    store: Store,
    caller: () => AuthInfo | undefined,
  ): GuardedTaskStore<Store> {
    if (this.#place.rules === undefined) throw noRules();
    return guardTaskStore(store, {
      caller,
      open: (handle, auth) => this.open(handle, auth),
      prepare: (auth, operation) => this.#prepare({ caller: auth, operation }),
      ownerOf: (auth) => this.#principalOf(auth),
    });
  }

  requestState<Payload, Context extends SdkHandlerContext>(
    create: StateCodecFactory<Payload, Context>,
  ): StateCodec<Payload, Context> {
    const purpose = this.#label('request-state', '');
    return rotateState(
      () => this.#keyring.derive(purpose),
      (context: Context) => this.bind(context),
      create,
    );
  }

  bind(context: SdkHandlerContext): string {
    return bindState(context, (caller) => {
      const principal = this.#principalOf(caller);
      if (principal === undefined) throw this.#nobody();
      return principal;
    });
  }

  #principalOf(caller: AuthInfo | undefined): string | undefined {
    return principalOf(caller, this.#resource, this.#options.bindTo ?? 'subject');
  }

  async #readNeeds({
    caller,
    requirement,
    operation,
  }: SealOptions): Promise<Omit<HandleContent, 'id' | 'expiresAt'>> {
    if (requirement !== undefined) checkRequirement(requirement, 'requirement');
    if (requirement === undefined && operation === undefined) {
      throw new MCPAuthConfigError(
        'invalid_option',
        'requirement',
        'is missing. Say which scopes the tool needs that makes this handle, [] for none, or which operation it is.',
      );
    }
    const needs = [
      ...(requirement === undefined ? [] : [requirement]),
      ...(operation === undefined ? [] : await findNeeds(this.#place.rules, operation, caller)),
    ].map(splitRequirement);
    return {
      allOf: [...new Set(needs.flatMap(({ allOf }) => allOf))],
      anyOf: needs.flatMap(({ anyOf }) => (anyOf === undefined ? [] : [anyOf])),
    };
  }

  #covers({ allOf, anyOf }: HandleContent, { scopes, issuer }: AuthInfo): boolean {
    const needs = [allOf, ...anyOf.map((each) => ({ anyOf: each }))];
    return judgeScopes(needs, scopes, this.#place.scopeChecks.of(issuer)).covered;
  }

  #nobody(): MCPAuthConfigError {
    const error = new MCPAuthConfigError(
      'unsupported_option',
      'caller',
      'cannot own a handle: it is anonymous, was not accepted for this resource by bearerAuth, or its token names no subject and no client (with bindTo: "client", no client). Let no anonymous caller make handles; pass getAuth(request), authInfoOf(context), or getAuthInfo() on a route with the asyncContext option.',
    );
    this.#place.advise(`A handle was not made. ${error.message}`);
    return error;
  }

  /** What a tag is over. The principal names the resource. */
  #signed(principal: string, content: string): string {
    return this.#label('handle', JSON.stringify([this.#options.purpose ?? 'tasks', principal, content]));
  }

  /** Nothing that is signed for one use can be taken for another. */
  #label(use: string, text: string): string {
    return `mcp-auth/${use}/1\n${text}`;
  }
}

/** As long as `lifetimeSeconds` may be. */
const maxLifetimeSeconds = 31_536_000;

function checkEnd(expiresAt: number, now: number): void {
  if (expiresAt <= now + maxLifetimeSeconds + 1) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    'expiresAt',
    `must be seconds since the epoch, at most a year from now, but is ${expiresAt}. Divide milliseconds by 1000.`,
  );
}

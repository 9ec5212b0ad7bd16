import type { AuthInfo } from '../caller/auth-info.js';
import { checkOptions } from '../config/check-options.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';
import type { Observer } from '../gate/observer.js';
import { reportRule, type RuleError } from '../gate/rule-error.js';
import { checkedClock } from '../net/environment.js';
import { checkLogin } from '../policy/check-login.js';
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
import { readSecrets } from '../secrets/read-secrets.js';
import type { HandleOptions } from './handle-options.js';
import { type Handles, type SealOptions, sealOptions } from './handles.js';
import { Keyring } from '../secrets/keyring.js';
import { findNeeds, type FoundNeeds, type MakingRequest, noRules } from './needed-scopes.js';
import { principalOf } from './principal.js';
import { bindState, rotateState, type StateCodec, type StateCodecFactory } from './request-state.js';
import { guardHandler, type TaskHandler } from './task-handler.js';
import { type GuardedTaskStore, guardTaskStore, type SdkTaskStore } from './task-store.js';

/** What handles need of a resource. */
export interface HandlePlace {
  readonly resource: string;
  readonly scopeChecks: ScopeChecks;
  readonly rules: OperationRules | undefined;
  /** The SDKs keep to themselves what handlers and stores throw: the owner hears of it here. */
  readonly events: EventSink;
  /** Says what opens though the token lacks scopes. */
  readonly observer?: Observer | undefined;
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
    const needs = await this.#readNeeds(options);
    return async (id) => {
      const content = formatContent({ id, expiresAt, ...needs });
      const handle = joinHandle(content, await this.#keyring.sign(this.#signed(principal, content)));
      if (typeof (id as unknown) === 'string' && id !== '' && handle.length <= maxHandleLength) return handle;
      throw new MCPAuthConfigError(
        'invalid_option',
        'id',
        `must be a non-empty string that makes, with the scopes it needs, a handle of at most ${maxHandleLength} characters.`,
      );
    };
  }

  open(handle: unknown, caller: AuthInfo | undefined): Promise<string | undefined> {
    return this.#open(handle, caller, (needs) => this.#place.observer?.passes(caller, needs) === true);
  }

  /** @param observes - whether it opens though these needs are not covered */
  async #open(
    handle: unknown,
    caller: AuthInfo | undefined,
    observes: (needs: readonly ScopeRequirement[]) => boolean,
  ): Promise<string | undefined> {
    const { content, tag } = splitHandle(handle);
    // Nobody's handles have this principal: seal() makes none without one
    const principal = this.#principalOf(caller) ?? '';
    const isOwn = await this.#keyring.verify(tag, this.#signed(principal, content));
    if (!isOwn || caller === undefined) return undefined;
    const read = parseContent(content);
    return this.#seconds() < read.expiresAt && this.#covers(read, caller, observes) ? read.id : undefined;
  }

  taskHandler<Params extends object, Context extends SdkHandlerContext, Result>(
    handler: TaskHandler<Params, Context, Result>,
  ): TaskHandler<Params, Context, Promise<Awaited<Result>>> {
    return guardHandler(this, handler);
  }

  taskStore<Store extends SdkTaskStore>(
    store: Store,
    caller: () => AuthInfo | undefined,
  ): GuardedTaskStore<Store> {
    if (this.#place.rules === undefined) throw noRules();
    if (typeof (caller as unknown) !== 'function') {
      throw new MCPAuthConfigError(
        'invalid_option',
        'caller',
        'must be a function that says who is asking: getAuthInfo, on a route with the asyncContext option.',
      );
    }
    return guardTaskStore(store, {
      caller,
      open: (handle, auth) => this.open(handle, auth),
      shows: (handle, auth) =>
        this.#open(handle, auth, (needs) => this.#place.observer?.shows(auth, needs) === true),
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
    const found = operation === undefined ? undefined : await this.#findNeeds(operation, caller);
    const needs = [...(requirement === undefined ? [] : [requirement]), ...(found?.requirements ?? [])].map(
      splitRequirement,
    );
    return {
      allOf: [...new Set(needs.flatMap(({ allOf }) => allOf))],
      anyOf: needs.flatMap(({ anyOf }) => (anyOf === undefined ? [] : [anyOf])),
      acrValues: found?.acrValues ?? [],
    };
  }

  #findNeeds(operation: MakingRequest, caller: AuthInfo | undefined): Promise<FoundNeeds> {
    const { rules, resource, events } = this.#place;
    const report = (error: RuleError) => reportRule({ events, resource }, error, caller?.token);
    return findNeeds(rules, operation, caller, report);
  }

  #covers(
    { allOf, anyOf, acrValues }: HandleContent,
    { scopes, issuer, claims }: AuthInfo,
    observes: (needs: readonly ScopeRequirement[]) => boolean,
  ): boolean {
    const now = this.#seconds() * 1000;
    if (acrValues.some((values) => checkLogin({ acrValues: values }, claims, now) !== undefined))
      return false;
    const needs = [allOf, ...anyOf.map((each) => ({ anyOf: each }))];
    // All of them are of rules: the first place is that of the route
    return judgeScopes(needs, scopes, this.#place.scopeChecks.of(issuer)).covered || observes([[], ...needs]);
  }

  #nobody(): MCPAuthConfigError {
    const error = new MCPAuthConfigError(
      'unsupported_option',
      'caller',
      'cannot own a handle: it is anonymous, was not accepted for this resource by bearerAuth, or its token names no subject and no client (with bindTo: "client", no client). Let no anonymous caller make handles; pass getAuth(request), authInfoOf(context), or getAuthInfo() on a route with the asyncContext option.',
    );
    this.#place.events.advise(`A handle was not made. ${error.message}`);
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

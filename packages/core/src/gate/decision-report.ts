import type {
  DecisionCaller,
  DecisionOperation,
  DeniedDecision,
  DenialCode,
  TokenStatement,
} from '../events/decision-event.js';
import { describeDenial } from '../events/describe-decision.js';
import { isEveryday } from '../events/events.js';
import { printable } from '../events/facts.js';
import type { RequestHead } from '../http/request-head.js';
import type { Timing } from '../events/timing.js';
import type { Operation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import { type ScopeRequirement, scopesOf } from '../scopes/scope-requirement.js';
import type { EventSink } from '../events/event-sink.js';
import type { RejectedToken } from '../token/verification.js';
import { OwnToken } from './own-token.js';
import { TokenIds } from './token-ids.js';

/** A caller whose token was verified. */
interface KnownCaller {
  readonly issuer: string;
  readonly subject?: string | undefined;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What a gate knows of a request when it decides. */
export interface Circumstances {
  readonly head: RequestHead;
  readonly caller?: KnownCaller | undefined;
  readonly isRemembered?: boolean | undefined;
  readonly verification?: Timing | undefined;
  readonly rules?: Timing | undefined;
  /** Default: what the route demands. */
  readonly required?: readonly ScopeRequirement[] | undefined;
  readonly operations?: readonly Operation[] | undefined;
}

/** The same where somebody else's gate asks, and shows no request. */
type Known = Omit<Circumstances, 'head'> & { readonly head?: RequestHead | undefined };

/** What speaks against a request, in addition to the code. */
export interface DenialFacts extends Partial<
  Pick<DeniedDecision, 'via' | 'claim' | 'expected' | 'actual' | 'claimed' | 'hint'>
> {
  /** What the issuer of the token says of it, where the gate knows no more. */
  readonly vouched?: TokenStatement | undefined;
}

/** What a report says of each request. */
export interface ReportOptions {
  readonly resource: string;
  readonly requiredScopes: readonly string[];
  readonly events: EventSink;
  /** By the value a token may carry as `iss`. */
  readonly audiences: ReadonlyMap<string, unknown>;
  readonly operations?: Pick<OperationRules, 'names'> | undefined;
  readonly tokenHeader?: string | undefined;
}

/** Tells the owner what one gate decided: one event for each request. */
export class DecisionReport {
  /** Filled while somebody hears of allowed requests. */
  readonly tokenIds: TokenIds | undefined;
  readonly #options: ReportOptions;
  readonly #route: string;
  readonly #ownToken: OwnToken;
  /** Of tokens that were denied for a reason that every login knows, since the last one that was good. */
  #inVain = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
    this.#route = new URL(options.resource).pathname;
    this.#ownToken = new OwnToken(options.tokenHeader);
    if (options.events.hearsOfAllowed) this.tokenIds = new TokenIds();
  }

  allow(circumstances: Known): void {
    const { events } = this.#options;
    if (circumstances.caller !== undefined) this.#inVain = 0;
    if (!events.hearsOfAllowed) return;
    const via = circumstances.caller === undefined ? 'anonymous' : 'bearer';
    events.emit({ outcome: 'allow', via, ...this.#describe(circumstances) });
  }

  deny(circumstances: Known, status: number, code: DenialCode, facts: DenialFacts = {}): void {
    const { vouched, ...shown } = facts;
    const caller = circumstances.caller === undefined ? toCaller(vouched) : undefined;
    const denial = {
      outcome: 'deny',
      status,
      code,
      via: circumstances.caller === undefined && caller === undefined ? 'none' : 'bearer',
      ...this.#describe(circumstances, (caller ?? shown.claimed)?.issuer),
      ...(caller === undefined ? undefined : { caller }),
      ...shown,
    } as const;
    this.#options.events.emit(denial);
    if (isEveryday(code) && code !== 'missing_credentials') this.#countInVain(denial);
  }

  /** One expired token is how logins go on; where no client gets further, somebody should look. */
  #countInVain(denial: DeniedDecision): void {
    if (++this.#inVain !== enoughInVain) return;
    const { events, resource } = this.#options;
    events.advise(
      `The last ${enoughInVain} tokens for ${resource} were denied with a reason that a client settles on its own, and none was good since: ${describeDenial(events.stamp(denial))}`,
    );
  }

  #describe(
    { head, caller, isRemembered, verification, rules, required, operations }: Known,
    issuer = caller?.issuer,
  ) {
    const { resource, requiredScopes, audiences } = this.#options;
    return {
      type: 'decision',
      resource,
      route: this.#route,
      ...(head === undefined
        ? undefined
        : { httpMethod: printable(head.method, 20), ...this.#readTrace(head) }),
      ...(operations === undefined ? undefined : { operations: this.#toOperations(operations, head) }),
      binding: 'none',
      ...(issuer !== undefined && audiences.has(issuer) ? { configuredIssuer: issuer } : undefined),
      ...(isRemembered === undefined
        ? undefined
        : ({ memory: isRemembered ? 'remembered' : 'first-sight' } as const)),
      ...(verification === undefined ? undefined : { verification }),
      ...(rules === undefined ? undefined : { rules }),
      required: required === undefined ? requiredScopes : [...new Set(required.flatMap(scopesOf))],
      ...(caller === undefined
        ? undefined
        : { granted: toScopes(caller.scopes), caller: this.#toCaller(caller) }),
    } as const;
  }

  #toOperations(
    operations: readonly Operation[],
    head: RequestHead | undefined,
  ): readonly DecisionOperation[] {
    const show = (text: string, limit?: number) => printable(this.#ownToken.hide(text, head), limit);
    return operations.slice(0, maxOperations).map((operation) => {
      const { method, target } = operation;
      return {
        method: show(method),
        ...(target === undefined ? undefined : { target: show(target, 500) }),
        ...(this.#options.operations?.names(operation) === true ? { isNamed: true } : undefined),
      };
    });
  }

  /** Where a client or a proxy names the request. What has another form is not repeated. */
  #readTrace(head: RequestHead): { readonly requestId?: string; readonly traceparent?: string } {
    const read = (name: string, form: RegExp) => {
      const value = head.header(name);
      return value !== undefined && form.test(value) && !this.#ownToken.isIn(value, head) ? value : undefined;
    };
    const id = read('x-request-id', requestId);
    const trace = read('traceparent', traceparent);
    return {
      ...(id === undefined ? undefined : { requestId: id }),
      ...(trace === undefined ? undefined : { traceparent: trace }),
    };
  }

  #toCaller(known: KnownCaller): DecisionCaller {
    const tokenId = this.tokenIds?.of(known);
    return {
      issuer: printable(known.issuer),
      ...(known.subject === undefined ? undefined : { subject: printable(known.subject) }),
      ...(known.clientId === '' ? undefined : { clientId: printable(known.clientId) }),
      expiresAt: known.expiresAt,
      ...(tokenId === undefined ? undefined : { tokenId }),
    };
  }
}

const enoughInVain = 3;

/** The caller of a token that is genuine and refused. */
function toCaller(vouched: TokenStatement | undefined): DecisionCaller | undefined {
  if (vouched?.issuer === undefined || vouched.expiresAt === undefined) return undefined;
  const { issuer, subject, clientId, expiresAt } = vouched;
  return {
    issuer,
    ...(subject === undefined ? undefined : { subject }),
    ...(clientId === undefined ? undefined : { clientId }),
    expiresAt,
  };
}

function toScopes(scopes: readonly string[]): readonly string[] {
  return scopes.length <= 50 ? scopes : [...scopes.slice(0, 50), `… ${scopes.length - 50} more`];
}

/** A batch may hold many; the first ones tell what it is about. */
const maxOperations = 10;

const requestId = /^[\w.:/+=-]{1,128}$/;
/** W3C Trace Context §3.2: version, trace, parent, flags. */
const traceparent = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** What a verifier says against a token, for the owner. */
export function toFacts({
  claim,
  expected,
  actual,
  hint,
  statement,
  isGenuine = false,
}: RejectedToken): DenialFacts {
  return {
    via: 'bearer',
    ...(claim === undefined ? undefined : { claim }),
    ...(expected === undefined ? undefined : { expected }),
    ...(actual === undefined ? undefined : { actual }),
    ...(hint === undefined ? undefined : { hint }),
    ...(isGenuine ? { vouched: statement } : statement === undefined ? undefined : { claimed: statement }),
  };
}

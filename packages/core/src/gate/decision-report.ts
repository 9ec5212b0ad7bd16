import type {
  DecisionCaller,
  DecisionEvent,
  DecisionFacts,
  DecisionOperation,
  DenialCode,
  ObservedDenial,
  TokenStatement,
} from '../events/decision-event.js';
import { mapText } from '../errors/shown-text.js';
import { describeDenial, type DenialEvent } from '../events/describe-decision.js';
import { type EventStamp, isEveryday, levelOf } from '../events/events.js';
import { printable } from '../events/facts.js';
import { showHttpMethod } from '../events/shown-method.js';
import { factsOf } from '../caller/auth-info.js';
import type { RequestHead } from '../http/request-head.js';
import type { Operation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import { scopesOf } from '../scopes/scope-requirement.js';
import type { EventSink } from '../events/event-sink.js';
import type { RejectedToken } from '../token/verification.js';
import type { Circumstances, DenialFacts } from './circumstances.js';
import { hidePartOf, OwnToken } from './own-token.js';
import { type KnownCaller, ShownCallers } from './shown-caller.js';
import { TokenIds } from './token-ids.js';

/** The same where somebody else's gate asks, and shows no request. */
type Known = Omit<Circumstances, 'head'> & {
  readonly head?: RequestHead | undefined;
  /** Where there is no request. */
  readonly token?: string | undefined;
};

/** What a report says of each request. */
export interface ReportOptions {
  readonly resource: string;
  readonly requiredScopes: readonly string[];
  readonly events: EventSink;
  /** By the value a token may carry as `iss`. */
  readonly audiences: Pick<ReadonlySet<string>, 'has'>;
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
  /** Of the route. Frozen: listeners get it. */
  readonly #required: readonly string[];
  readonly #callers: ShownCallers;
  /** Of tokens that were denied for a reason that every login knows, since the last one that was good. */
  #inVain = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
    this.#route = new URL(options.resource).pathname;
    this.#ownToken = new OwnToken(options.tokenHeader);
    this.#required = Object.freeze([...options.requiredScopes]);
    if (options.events.hearsOfAllowed) this.tokenIds = new TokenIds();
    this.#callers = new ShownCallers(this.tokenIds);
  }

  /** @param observed - why it would have been denied, where that is only observed: its owner hears of it in any case */
  allow(circumstances: Known, observed?: ObservedDenial): void {
    const { events } = this.#options;
    if (circumstances.caller !== undefined) this.#inVain = 0;
    if (!events.hearsOfAllowed && observed === undefined) return;
    this.#tellAllowed(circumstances, observed);
  }

  #tellAllowed(circumstances: Known, observed: ObservedDenial | undefined): void {
    const via = circumstances.caller === undefined ? 'anonymous' : 'bearer';
    const event = this.#begin(circumstances, 'allow', via);
    if (event === undefined) return;
    this.#options.events.tell(observed === undefined ? event : { ...event, level: 'warn', observed });
  }

  deny(circumstances: Known, status: number, code: DenialCode, facts: DenialFacts = {}): void {
    const { vouched, ...shown } = this.#conceal(facts, circumstances);
    const caller = circumstances.caller === undefined ? toCaller(vouched) : undefined;
    const via = circumstances.caller === undefined && caller === undefined ? 'none' : 'bearer';
    const issuer = (caller ?? shown.claimed ?? circumstances.caller)?.issuer;
    const event = this.#begin(circumstances, 'deny', via, issuer);
    if (event === undefined) return;
    const denial = Object.assign(
      event,
      { status, code },
      caller === undefined ? undefined : { caller },
      shown,
    );
    denial.level = levelOf(denial);
    this.#options.events.tell(denial);
    if (isEveryday(code) && code !== 'missing_credentials') this.#countInVain(denial);
  }

  /** Answers about opaque tokens, functions that verify them, and rules may name the token itself, and so may the URI that a proof has to name. */
  #conceal(facts: DenialFacts, { head, token }: Known): DenialFacts {
    const show = (text: string) =>
      head === undefined ? hidePartOf(text, token) : this.#ownToken.hidePart(text, head);
    const { claimed, expected, actual, vouched, reason } = facts;
    const shown: Writable<DenialFacts> = { ...facts };
    if (expected !== undefined) shown.expected = mapText(expected, show);
    if (actual !== undefined) shown.actual = mapText(actual, show);
    if (claimed !== undefined) shown.claimed = mapText(claimed, show);
    if (vouched !== undefined) shown.vouched = mapText(vouched, show);
    if (reason !== undefined) shown.reason = show(reason);
    return shown;
  }

  /** One expired token is how logins go on; where no client gets further, somebody should look. */
  #countInVain(denial: DenialEvent): void {
    if (++this.#inVain !== enoughInVain) return;
    const { events, resource } = this.#options;
    events.advise(
      `The last ${enoughInVain} tokens for ${resource} were denied with a reason that a client settles on its own, and none was good since: ${describeDenial(denial)}`,
      // Times differ, and an old token is easy to come by
      `in vain: ${denial.code} ${resource}`,
      1,
    );
  }

  /**
   * What both outcomes have in common. Member by member, and with all that every event has: it is made for each request that somebody
   * hears of, and objects that are spread into one another take ten times as long.
   */
  #begin<Outcome extends DecisionEvent['outcome']>(
    { head, caller, isRemembered, verification, rules, required, operations }: Known,
    outcome: Outcome,
    via: DecisionFacts['via'],
    issuer = caller?.issuer,
  ): (Writable<DecisionFacts & EventStamp> & { readonly outcome: Outcome }) | undefined {
    const { events, resource, audiences } = this.#options;
    const time = events.time();
    if (time === undefined) return undefined;
    const facts: Writable<DecisionFacts & EventStamp> & { readonly outcome: Outcome } = {
      version: 1,
      time,
      level: 'info',
      type: 'decision',
      outcome,
      resource,
      route: this.#route,
      via,
      binding: bindingOf(caller),
      required: required === undefined ? this.#required : [...new Set(required.flatMap(scopesOf))],
    };
    if (head !== undefined) this.#describeHead(facts, head);
    if (operations !== undefined) facts.operations = this.#toOperations(operations, head);
    if (issuer !== undefined && audiences.has(issuer)) facts.configuredIssuer = issuer;
    if (isRemembered !== undefined) facts.memory = isRemembered ? 'remembered' : 'first-sight';
    if (verification !== undefined) facts.verification = verification;
    if (rules !== undefined) facts.rules = rules;
    if (caller !== undefined) {
      const { granted, caller: shown } = this.#callers.of(caller);
      facts.granted = granted;
      facts.caller = shown;
    }
    return facts;
  }

  #toOperations(
    operations: readonly Operation[],
    head: RequestHead | undefined,
  ): readonly DecisionOperation[] {
    const show = (text: string, limit = 200) => printable(this.#ownToken.hide(text, head, limit), limit);
    return operations.slice(0, maxOperations).map((operation) => {
      const { method, target } = operation;
      return {
        method: show(method),
        ...(target === undefined ? undefined : { target: show(target, 500) }),
        ...(this.#options.operations?.names(operation) === true ? { isNamed: true } : undefined),
      };
    });
  }

  #describeHead(facts: Writable<DecisionFacts>, head: RequestHead): void {
    const { method } = head;
    facts.httpMethod = showHttpMethod(method);
    const id = this.#readName(head, 'x-request-id', requestId);
    if (id !== undefined) facts.requestId = id;
    const trace = this.#readName(head, 'traceparent', traceparent);
    if (trace !== undefined) facts.traceparent = trace;
  }

  /** What a client or a proxy calls the request. What has another form is not repeated. */
  #readName(head: RequestHead, header: string, form: RegExp): string | undefined {
    const value = head.header(header);
    return value !== undefined && form.test(value) && this.#ownToken.hide(value, head) === value
      ? value
      : undefined;
  }
}

/** An auth info shows nothing of it. */
function bindingOf(caller: KnownCaller | undefined): DecisionFacts['binding'] {
  const confirmation = caller && (factsOf(caller) ?? caller).confirmation;
  if (confirmation === undefined) return 'none';
  return confirmation.jkt === undefined ? 'mtls' : 'dpop';
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

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
  const facts: Writable<DenialFacts> = { via: 'bearer' };
  if (claim !== undefined) facts.claim = claim;
  if (expected !== undefined) facts.expected = expected;
  if (actual !== undefined) facts.actual = actual;
  if (hint !== undefined) facts.hint = hint;
  if (statement !== undefined && isGenuine) facts.vouched = statement;
  if (statement !== undefined && !isGenuine) facts.claimed = statement;
  return facts;
}

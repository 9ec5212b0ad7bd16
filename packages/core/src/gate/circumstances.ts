import type { TokenScheme } from '../credentials/read-credentials.js';
import type { ToolCall } from '../challenge/tool-challenge.js';
import type { DeniedDecision, TokenStatement } from '../events/decision-event.js';
import type { Timing } from '../events/timing.js';
import type { RequestHead } from '../http/request-head.js';
import type { Operation } from '../operation/operation.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import type { KnownCaller } from './shown-caller.js';

/** What a gate knows of a request when it decides. */
export interface Circumstances {
  readonly head: RequestHead;
  /** What the token came with. Default: Bearer. */
  readonly scheme?: TokenScheme | undefined;
  readonly caller?: KnownCaller | undefined;
  readonly isRemembered?: boolean | undefined;
  readonly verification?: Timing | undefined;
  readonly rules?: Timing | undefined;
  /** Default: what the route demands. */
  readonly required?: readonly ScopeRequirement[] | undefined;
  readonly operations?: readonly Operation[] | undefined;
  /** The call whose result a challenge is to be; asked only where there is something to challenge. */
  readonly answeredCall?: AnsweredCall | undefined;
}

/** What a token grants, and who issued it: each issuer has its own names for scopes. */
export interface GrantedScopes {
  readonly issuer: string;
  readonly clientId?: string | undefined;
  readonly scopes: readonly string[];
}

/** Nothing where a challenge is an HTTP answer. */
export type AnsweredCall = () => ToolCall | undefined;

/** What speaks against a request, in addition to the code. */
export interface DenialFacts extends Partial<
  Pick<DeniedDecision, 'via' | 'claim' | 'expected' | 'actual' | 'claimed' | 'hint' | 'reason'>
> {
  /** What the issuer of the token says of it, where the gate knows no more. */
  readonly vouched?: TokenStatement | undefined;
}

import type { HeaderList, RefuseDecision } from '../http/answer.js';
import { mergeHeaders } from '../http/merge-headers.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import type { AuthInfo } from '../caller/auth-info.js';
import type { Message } from '../operation/operation.js';
import type { AnsweredCall } from './circumstances.js';

/** The request may go on. `auth` is absent when anonymous access was permitted. */
export interface AllowDecision {
  readonly kind: 'allow';
  readonly auth: AuthInfo | undefined;
  /** Headers that a successful answer must carry. */
  readonly headers: HeaderList;
  /** `authorize`: the body decides, so the gate's second question must be asked before anything runs. */
  readonly next: 'proceed' | 'authorize';
  /** What the request was found to need so far, so that a later challenge can name it too. */
  readonly requirements: readonly ScopeRequirement[];
  /** What the body holds, where it was read. */
  readonly messages?: readonly Message[] | undefined;
  /** The call whose result a challenge of its handler is to be. */
  readonly answeredCall?: AnsweredCall | undefined;
}

/** What a gate concluded about a request. */
export type Decision = AllowDecision | RefuseDecision;

/** The same with more headers. */
export function withHeaders<D extends Decision>(decision: D, headers: HeaderList): D {
  return { ...decision, headers: mergeHeaders(decision.headers, headers) };
}

const noHeaders: HeaderList = Object.freeze([]);

/** A decision to let a request go on, whose answer adds no headers. */
export function allow(
  auth: AuthInfo | undefined,
  requirements: readonly ScopeRequirement[],
  next: AllowDecision['next'] = 'proceed',
  messages?: AllowDecision['messages'],
): AllowDecision {
  return { kind: 'allow', auth, headers: noHeaders, next, requirements, messages };
}

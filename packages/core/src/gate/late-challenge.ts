import { refuseScope, refuseWithoutCredentials } from '../challenge/refusals.js';
import { ActiveCall, type LateChallenge } from '../context/auth-context.js';
import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import { judgeScopes, type ScopeRequirement } from '../scopes/scope-requirement.js';
import type { ScopeCheck } from '../scopes/scopes.js';
import type { AnsweredCall, GrantedScopes } from './circumstances.js';
import { type AllowDecision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import { judgeInCall } from './judge-in-call.js';
import type { GateRefusals } from './gate-refusals.js';

/** A call in whose handler scopes may turn out to be missing. `headers` are what a refusal must carry then. */
export function openCall(
  options: GateOptions,
  refusals: GateRefusals,
  head: RequestHead,
  { auth, requirements, answeredCall }: AllowDecision,
  headers: HeaderList,
): ActiveCall {
  const granted = auth && { issuer: auth.issuer, scopes: [...auth.scopes] };
  const form = { head, answeredCall: once(answeredCall) };
  return new ActiveCall(auth, {
    covers: (scopes) => checkOf(options, granted).covers(granted?.scopes ?? [], scopes),
    judge: (method, params) => judgeInCall(options, refusals, { head, auth }, method, params),
    refuse: (scopes) => {
      const all = [...requirements, scopes];
      const { decision, ...challenge } =
        granted === undefined
          ? challengeAnonymous(options, refusals, form, all)
          : challengeForScopes(options, refusals, form, granted, all);
      return { ...challenge, decision: withHeaders(decision, headers) };
    },
    report: (status, scopes) =>
      refusals.tell(
        { head, caller: auth, required: [...requirements, scopes] },
        status,
        auth === undefined ? 'missing_credentials' : 'insufficient_scope',
      ),
  });
}

/** A handler may ask for scopes many times, and one response has one form. */
function once(find: AnsweredCall | undefined): AnsweredCall | undefined {
  if (find === undefined) return undefined;
  let found: { readonly call: ReturnType<AnsweredCall> } | undefined;
  return () => (found ??= { call: find() }).call;
}

/** What decides about the form of the answer. */
interface Form {
  readonly head: RequestHead;
  readonly answeredCall: AnsweredCall | undefined;
}

function challengeAnonymous(
  { requiredScopes, scopeChecks: { first } }: GateOptions,
  refusals: GateRefusals,
  form: Form,
  requirements: readonly ScopeRequirement[],
): LateChallenge {
  const { needed } = judgeScopes(requirements, [], first);
  const scopes = first.publish([...new Set([...requiredScopes, ...needed])]);
  const challenge = challengeOf(refuseWithoutCredentials({ ...refusals.contextOf(form.head), scopes }));
  return { status: 401, decision: refusals.challengeAnonymous(form, scopes), scopes, challenge };
}

function challengeForScopes(
  options: GateOptions,
  refusals: GateRefusals,
  form: Form,
  granted: GrantedScopes,
  requirements: readonly ScopeRequirement[],
): LateChallenge {
  const { needed } = judgeScopes(requirements, granted.scopes, checkOf(options, granted));
  const scopes = refusals.selectScopes(form.head, needed, granted);
  const challenge = challengeOf(refuseScope(refusals.contextOf(form.head), scopes));
  return { status: 403, decision: refusals.challengeScopes(form, scopes), scopes, challenge };
}

function checkOf({ scopeChecks }: GateOptions, granted: GrantedScopes | undefined): ScopeCheck {
  return granted === undefined ? scopeChecks.first : scopeChecks.of(granted.issuer);
}

function challengeOf({ headers }: RefuseDecision): string {
  return headers.find(([name]) => name === 'WWW-Authenticate')?.[1] ?? '';
}

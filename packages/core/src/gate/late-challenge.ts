import { refuseScope, refuseWithoutCredentials } from '../challenge/refusals.js';
import { ActiveCall, type LateChallenge } from '../context/auth-context.js';
import type { HeaderList } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import { judgeScopes, type ScopeRequirement } from '../scopes/scope-requirement.js';
import type { ScopeCheck } from '../scopes/scopes.js';
import { type AllowDecision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import { judgeInCall } from './judge-in-call.js';
import type { GateRefusals, GrantedScopes } from './gate-refusals.js';

/** A call in whose handler scopes may turn out to be missing. `headers` are what a refusal must carry then. */
export function openCall(
  options: GateOptions,
  refusals: GateRefusals,
  head: RequestHead,
  { auth, requirements }: AllowDecision,
  headers: HeaderList,
): ActiveCall {
  const granted = auth && { issuer: auth.issuer, scopes: [...auth.scopes] };
  return new ActiveCall(auth, {
    covers: (scopes) => checkOf(options, granted).covers(granted?.scopes ?? [], scopes),
    judge: (method, params) => judgeInCall(options, refusals, { head, auth }, method, params),
    refuse: (scopes) => {
      const all = [...requirements, scopes];
      const { decision, ...challenge } =
        granted === undefined
          ? challengeAnonymous(options, all)
          : challengeForScopes(options, refusals, head, granted, all);
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

function challengeAnonymous(
  { resourceMetadataUrl, requiredScopes, scopeChecks: { first } }: GateOptions,
  requirements: readonly ScopeRequirement[],
): LateChallenge {
  const { needed } = judgeScopes(requirements, [], first);
  const scopes = first.publish([...new Set([...requiredScopes, ...needed])]);
  return toChallenge(refuseWithoutCredentials({ resourceMetadataUrl, scopes }), scopes);
}

function challengeForScopes(
  options: GateOptions,
  refusals: GateRefusals,
  head: RequestHead,
  granted: GrantedScopes,
  requirements: readonly ScopeRequirement[],
): LateChallenge {
  const { resourceMetadataUrl, requiredScopes } = options;
  const { needed } = judgeScopes(requirements, granted.scopes, checkOf(options, granted));
  const scopes = refusals.selectScopes(head, needed, granted);
  return toChallenge(refuseScope({ resourceMetadataUrl, scopes: requiredScopes }, scopes), scopes);
}

function checkOf({ scopeChecks }: GateOptions, granted: GrantedScopes | undefined): ScopeCheck {
  return granted === undefined ? scopeChecks.first : scopeChecks.of(granted.issuer);
}

function toChallenge(decision: LateChallenge['decision'], scopes: readonly string[]): LateChallenge {
  const challenge = decision.headers.find(([name]) => name === 'WWW-Authenticate')?.[1] ?? '';
  return { decision, scopes, challenge };
}

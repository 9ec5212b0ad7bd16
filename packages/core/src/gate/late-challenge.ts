import { refuseScope, refuseWithoutCredentials } from '../challenge/refusals.js';
import { ActiveCall, type LateChallenge } from '../context/auth-context.js';
import type { HeaderList } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import { judgeScopes, type ScopeRequirement } from '../scopes/scope-requirement.js';
import { type AllowDecision, withHeaders } from './decision.js';
import type { GateOptions } from './gate.js';
import type { GateRefusals } from './gate-refusals.js';

/** A call in whose handler scopes may turn out to be missing. `headers` are what a refusal must carry then. */
export function openCall(
  options: GateOptions,
  refusals: GateRefusals,
  head: RequestHead,
  { auth, requirements }: AllowDecision,
  headers: HeaderList,
): ActiveCall {
  const granted = [...(auth?.scopes ?? [])];
  return new ActiveCall(auth, {
    covers: (scopes) => options.scopeCheck.covers(granted, scopes),
    refuse: (scopes) => {
      const all = [...requirements, scopes];
      const { decision, ...challenge } =
        auth === undefined
          ? challengeAnonymous(options, all)
          : challengeForScopes(options, refusals, head, granted, all);
      return { ...challenge, decision: withHeaders(decision, headers) };
    },
    report: (status) =>
      refusals.tell(status, auth === undefined ? 'missing_credentials' : 'insufficient_scope'),
  });
}

function challengeAnonymous(
  { resourceMetadataUrl, requiredScopes, scopeCheck }: GateOptions,
  requirements: readonly ScopeRequirement[],
): LateChallenge {
  const { needed } = judgeScopes(requirements, [], scopeCheck);
  const scopes = [...new Set([...requiredScopes, ...needed])];
  return toChallenge(refuseWithoutCredentials({ resourceMetadataUrl, scopes }), scopes);
}

function challengeForScopes(
  { resourceMetadataUrl, requiredScopes, scopeCheck }: GateOptions,
  refusals: GateRefusals,
  head: RequestHead,
  granted: readonly string[],
  requirements: readonly ScopeRequirement[],
): LateChallenge {
  const { needed } = judgeScopes(requirements, granted, scopeCheck);
  const scopes = refusals.selectScopes(head, needed, granted);
  return toChallenge(refuseScope({ resourceMetadataUrl, scopes: requiredScopes }, scopes), scopes);
}

function toChallenge(decision: LateChallenge['decision'], scopes: readonly string[]): LateChallenge {
  const challenge = decision.headers.find(([name]) => name === 'WWW-Authenticate')?.[1] ?? '';
  return { decision, scopes, challenge };
}

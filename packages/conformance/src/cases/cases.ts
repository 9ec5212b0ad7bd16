import type { ConformanceCase } from '../case.js';
import { acceptedCredentialsCases } from './accepted-credentials.js';
import { audienceCases } from './audience.js';
import { browserCases } from './browser.js';
import { counterpartCases } from './counterparts.js';
import { customVerifierCases } from './custom-verifier.js';
import { decisionCases } from './decisions.js';
import { dpopAcceptedCases } from './dpop-accepted.js';
import { dpopChallengeCases } from './dpop-challenges.js';
import { dpopLimitCases } from './dpop-limits.js';
import { dpopNonceCases } from './dpop-nonces.js';
import { dpopProofCases } from './dpop-proofs.js';
import { dpopTokenCases } from './dpop-tokens.js';
import { handlerCases } from './handler.js';
import { hostileHeaderCases } from './hostile-header.js';
import { introspectionAnswerCases } from './introspection-answers.js';
import { introspectionFloodCases } from './introspection-floods.js';
import { introspectionModeCases } from './introspection-modes.js';
import { introspectionSignedCases } from './introspection-signed.js';
import { introspectionCases } from './introspection.js';
import { issuerCases } from './issuer.js';
import { keyCases } from './keys.js';
import { legacyCases } from './legacy.js';
import { limitCases } from './limits.js';
import { localServerCases } from './local-server.js';
import { malformedCredentialsCases } from './malformed-credentials.js';
import { matrixCases } from './matrix.js';
import { metadataCases } from './metadata.js';
import { metadataLocationCases } from './metadata-location.js';
import { methodCases } from './methods.js';
import { mutualTlsCases } from './mutual-tls.js';
import { observeCases } from './observe.js';
import { operationCases } from './operations.js';
import { operationBodyCases } from './operations-bodies.js';
import { operationChallengeCases } from './operations-challenges.js';
import { operationComputedCases } from './operations-computed.js';
import { operationPolicyCases } from './operations-policy.js';
import { operationRuleCases } from './operations-rules.js';
import { operationSpellingCases } from './operations-spellings.js';
import { operationUnknownCases } from './operations-unknown.js';
import { operationWireCases } from './operations-wires.js';
import { outageCases } from './outage.js';
import { refusalCases } from './refusals.js';
import { scopeHierarchyCases } from './scope-hierarchy.js';
import { scopeCases } from './scopes.js';
import { sdkVerifierCases } from './sdk-verifier.js';
import { signatureCases } from './signature.js';
import { stepUpRuleCases } from './step-up-rules.js';
import { stepUpCases } from './step-up.js';
import { timeCases } from './time.js';
import { scopeNameCases } from './scope-names.js';
import { tokenHeaderCases } from './token-header.js';
import { tokenKindCases } from './token-kind.js';
import { tokenSyntaxCases } from './token-syntax.js';
import { withoutCredentialsCases } from './without-credentials.js';

/** Everything an adapter must show. */
export const cases: readonly ConformanceCase[] = [
  ...withoutCredentialsCases,
  ...malformedCredentialsCases,
  ...acceptedCredentialsCases,
  ...counterpartCases,
  ...methodCases,
  ...tokenHeaderCases,
  ...tokenSyntaxCases,
  ...hostileHeaderCases,
  ...tokenKindCases,
  ...issuerCases,
  ...signatureCases,
  ...timeCases,
  ...audienceCases,
  ...scopeCases,
  ...scopeHierarchyCases,
  ...scopeNameCases,
  ...operationCases,
  ...operationRuleCases,
  ...operationUnknownCases,
  ...operationSpellingCases,
  ...operationComputedCases,
  ...operationPolicyCases,
  ...stepUpCases,
  ...stepUpRuleCases,
  ...mutualTlsCases,
  ...operationChallengeCases,
  ...operationWireCases,
  ...operationBodyCases,
  ...handlerCases,
  ...dpopProofCases,
  ...dpopAcceptedCases,
  ...dpopTokenCases,
  ...dpopChallengeCases,
  ...dpopLimitCases,
  ...dpopNonceCases,
  ...outageCases,
  ...customVerifierCases,
  ...sdkVerifierCases,
  ...introspectionCases,
  ...introspectionAnswerCases,
  ...introspectionSignedCases,
  ...introspectionFloodCases,
  ...introspectionModeCases,
  ...metadataCases,
  ...metadataLocationCases,
  ...localServerCases,
  ...legacyCases,
  ...browserCases,
  ...refusalCases,
  ...limitCases,
  ...keyCases,
  ...observeCases,
  ...decisionCases,
  ...matrixCases,
];

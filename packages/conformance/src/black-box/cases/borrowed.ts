import type { ConformanceCase } from '../../case.js';
import { acceptedCredentialsCases } from '../../cases/accepted-credentials.js';
import { audienceCases } from '../../cases/audience.js';
import { counterpartCases } from '../../cases/counterparts.js';
import { dpopAcceptedCases } from '../../cases/dpop-accepted.js';
import { dpopChallengeCases } from '../../cases/dpop-challenges.js';
import { dpopProofCases } from '../../cases/dpop-proofs.js';
import { dpopTokenCases } from '../../cases/dpop-tokens.js';
import { hostileHeaderCases } from '../../cases/hostile-header.js';
import { introspectionAnswerCases } from '../../cases/introspection-answers.js';
import { introspectionCases } from '../../cases/introspection.js';
import { introspectionSignedCases } from '../../cases/introspection-signed.js';
import { issuerCases } from '../../cases/issuer.js';
import { malformedCredentialsCases } from '../../cases/malformed-credentials.js';
import { signatureCases } from '../../cases/signature.js';
import { timeCases } from '../../cases/time.js';
import { tokenKindCases } from '../../cases/token-kind.js';
import { tokenSyntaxCases } from '../../cases/token-syntax.js';
import { withoutCredentialsCases } from '../../cases/without-credentials.js';
import { borrowCases } from '../borrow-cases.js';
import type { BlackBoxCase } from '../model.js';
import { whyNoIntrospection, whyNoProofs, whyNoSignedAnswers, whyNoToken } from './preconditions.js';

/** What a server has seen of an outage may decide for some seconds how it answers: outages come last. */
const outagesOf = (test: ConformanceCase): number =>
  [...(test.before ?? []), test].filter(({ issuers }) => issuers?.primary?.introspection !== undefined)
    .length;

const presenting =
  'Read one Authorization header with one scheme, spaces and one token; everything else is malformed or no credential at all.';
const verifying =
  'Verify signature, issuer, audience, times and type of every token against what is configured, and refuse with 401 what does not fit.';
const proving = 'Check every proof as RFC 9449 §4.3 says, and the key of the token with it.';
const asking = 'Let in what is active: true for this resource now; answer 503 when the endpoint cannot say.';

/** What the adapter form shows of adapters, asked of any server. */
export const borrowedCases: readonly BlackBoxCase[] = [
  ...borrowCases({
    area: 'credentials',
    cases: [
      ...withoutCredentialsCases,
      ...malformedCredentialsCases,
      ...acceptedCredentialsCases.filter(({ id }) => id !== 'good-token'),
    ],
    fix: presenting,
    hostile: true,
    precondition: whyNoToken,
  }),
  ...borrowCases({
    area: 'tokens',
    cases: [
      ...tokenSyntaxCases,
      ...hostileHeaderCases,
      ...tokenKindCases,
      ...issuerCases,
      ...signatureCases,
      ...timeCases,
      ...audienceCases,
      ...counterpartCases.filter(({ id }) => id !== 'sound-token'),
    ],
    fix: verifying,
    hostile: true,
    needs: 'issuer',
    precondition: whyNoToken,
  }),
  ...borrowCases({
    area: 'proofs',
    cases: [...dpopProofCases, ...dpopAcceptedCases, ...dpopTokenCases, ...dpopChallengeCases],
    fix: proving,
    hostile: true,
    needs: 'issuer',
    precondition: whyNoProofs,
  }),
  ...borrowCases({
    area: 'introspection',
    cases: [...introspectionCases, ...introspectionAnswerCases].sort(
      (one, other) => outagesOf(one) - outagesOf(other),
    ),
    fix: asking,
    needs: 'issuer',
    precondition: whyNoIntrospection,
  }),
  ...borrowCases({
    area: 'introspection',
    cases: introspectionSignedCases,
    fix: 'Verify signed answers as RFC 9701 §5 says: key, issuer, audience, type.',
    needs: 'issuer',
    precondition: whyNoSignedAnswers,
  }),
];

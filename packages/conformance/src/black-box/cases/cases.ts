import type { BlackBoxCase } from '../model.js';
import { authorizationServerCases } from './authorization-server.js';
import { borrowedCases } from './borrowed.js';
import { challengeCases } from './challenges.js';
import { forgedCases } from './forged.js';
import { hostileInputCases } from './hostile-input.js';
import { metadataMemberCases } from './metadata-members.js';
import { metadataPlaceCases } from './metadata-places.js';
import { metadataResourceCases } from './metadata-resource.js';
import { operationScopeCases } from './operation-scopes.js';
import { outageCases } from './outage.js';
import { introspectionScopeCases, proofCases } from './proofs.js';
import { scopeChallengeCases } from './scope-challenges.js';
import { sessionCases } from './sessions.js';
import { transportCases } from './transport.js';

/** Changes with the cases: results of two versions are not to be compared. */
export const blackBoxVersion = '1.0.0';

/** What any protected MCP server must show to whoever calls it, in the order in which it is asked. */
export const blackBoxCases: readonly BlackBoxCase[] = [
  ...metadataResourceCases,
  ...metadataMemberCases,
  ...metadataPlaceCases,
  ...challengeCases,
  ...transportCases,
  ...forgedCases,
  ...sessionCases,
  ...proofCases,
  ...introspectionScopeCases,
  ...borrowedCases,
  ...operationScopeCases,
  ...scopeChallengeCases,
  ...outageCases,
  ...hostileInputCases,
  ...authorizationServerCases,
];

import type { BlackBoxCase } from '../model.js';
import { authorizationServerCases } from './authorization-server.js';
import { borrowedCases } from './borrowed.js';
import { challengeCases } from './challenges.js';
import { forgedCases } from './forged.js';
import { hostileInputCases } from './hostile-input.js';
import { metadataDocumentCases } from './metadata-document.js';
import { metadataPlaceCases } from './metadata-places.js';
import { outageCases } from './outage.js';
import { introspectionScopeCases, proofCases } from './proofs.js';
import { scopeCases } from './scopes.js';
import { sessionCases } from './sessions.js';
import { transportCases } from './transport.js';

/** Changes with the cases: results of two versions are not to be compared. */
export const blackBoxVersion = '1.0.0';

/** What any protected MCP server must show to whoever calls it, in the order in which it is asked. */
export const blackBoxCases: readonly BlackBoxCase[] = [
  ...metadataDocumentCases,
  ...metadataPlaceCases,
  ...challengeCases,
  ...transportCases,
  ...forgedCases,
  ...sessionCases,
  ...proofCases,
  ...introspectionScopeCases,
  ...borrowedCases,
  ...scopeCases,
  ...outageCases,
  ...hostileInputCases,
  ...authorizationServerCases,
];

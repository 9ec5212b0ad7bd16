import { algorithmCases } from './cases/algorithm.js';
import { audienceCases } from './cases/audience.js';
import { claimsCases, scopeCases } from './cases/claims-and-scope.js';
import { credentialCases } from './cases/credentials.js';
import { headerCases } from './cases/header.js';
import { issuerCases, keyCases } from './cases/issuer.js';
import { syntaxCases } from './cases/jwt-syntax.js';
import { signatureCases } from './cases/signature.js';
import { timeCases } from './cases/time.js';
import { kindCases, typeCases } from './cases/token-type.js';
import type { HostileCase } from './hostile-case.js';

/** Every attack of the corpus. None may pass any adapter. */
export const hostileCases: readonly HostileCase[] = [
  credentialCases,
  syntaxCases,
  algorithmCases,
  signatureCases,
  headerCases,
  typeCases,
  kindCases,
  issuerCases,
  keyCases,
  audienceCases,
  timeCases,
  claimsCases,
  scopeCases,
].flat();

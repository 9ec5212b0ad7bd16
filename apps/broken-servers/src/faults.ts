import type { Behaviour } from './behaviour.js';
import { credentialFaults } from './faults/credentials.js';
import { metadataFaults } from './faults/metadata.js';
import { refusalFaults } from './faults/refusals.js';
import { tokenFaults } from './faults/tokens.js';
import { operationFaults } from './faults/operations.js';

/** One mistake that servers make. */
export interface Fault {
  /** What the server does. */
  readonly says: string;
  /** The case of the audit that names it. */
  readonly caughtBy: string;
  /** Takes seconds to be seen. */
  readonly slow?: true;
  readonly change: Partial<Behaviour>;
}

/** Many servers, each with one mistake. */
export const faults: Readonly<Record<string, Fault>> = {
  ...metadataFaults,
  ...refusalFaults,
  ...credentialFaults,
  ...tokenFaults,
  ...operationFaults,
};

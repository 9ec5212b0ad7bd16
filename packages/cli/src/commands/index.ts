import type { AddCommand } from './command.js';
import { addAudit } from './audit.js';
import { addExplain } from './explain.js';

/** In the order of the help. */
export const commands: readonly AddCommand[] = [addAudit, addExplain];

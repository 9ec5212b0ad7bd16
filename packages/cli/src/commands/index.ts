import { addAudit } from './audit.js';
import { addCheck } from './check.js';
import type { AddCommand } from './command.js';
import { addDoctor } from './doctor.js';
import { addExplain } from './explain.js';
import { addValidate } from './validate.js';

/** In the order of the help. */
export const commands: readonly AddCommand[] = [addDoctor, addAudit, addExplain, addCheck, addValidate];

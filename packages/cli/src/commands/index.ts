import type { AddCommand } from './command.js';
import { addDoctor } from './doctor.js';
import { addExplain } from './explain.js';

/** In the order of the help. */
export const commands: readonly AddCommand[] = [addDoctor, addExplain];

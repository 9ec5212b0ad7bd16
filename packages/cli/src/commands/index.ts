import { addDoctor } from './doctor.js';
import type { AddCommand } from './command.js';

/** In the order of the help. */
export const commands: readonly AddCommand[] = [addDoctor];

import { callProblems } from './call-problems.js';
import { issuerProblems } from './issuer-problems.js';
import { loginProblems } from './login-problems.js';
import type { Problem } from './problem.js';
import { serverProblems } from './server-problems.js';

const all = { ...serverProblems, ...issuerProblems, ...loginProblems, ...callProblems };

export type ProblemId = keyof typeof all;

/** Everything that a walk can find, by the id of the finding. Ids are stable; new ones may come. */
export const problems: Readonly<Record<ProblemId, Problem>> = all;

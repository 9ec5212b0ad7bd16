export { controlCases, type ControlCase } from './control-group.js';
export { hostileCases } from './corpus.js';
export type { ExpectedRefusal, HostileCase, HostileGroup, HostileRequest } from './hostile-case.js';
export { HostileTrial, type HostileTrialOptions } from './hostile-trial.js';
export { registerHostileTrial } from './register-hostile-trial.js';

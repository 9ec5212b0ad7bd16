export { controlCases, type ControlCase } from './control-group.js';
export { hostileCases } from './corpus.js';
export type { ExpectedRefusal, HostileCase, HostileGroup, HostileRequest } from './hostile-case.js';
export { HostileTrial } from './hostile-trial.js';
export { type HostileRoutes } from './hostile-world.js';
export { type HostileSelection, registerHostileTrial } from './register-hostile-trial.js';

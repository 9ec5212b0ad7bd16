export type { Behaviour, Setup } from './behaviour.js';
export { faults, type Fault } from './faults.js';
export { otherSound, type OtherSound } from './other-sound.js';
export { scopes, sound } from './sound.js';
export { startServer, type RunningServer } from './start-server.js';

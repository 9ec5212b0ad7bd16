export { tokens } from './contract.js';
export { hosts, type HostName } from './hosts/hosts.js';
export { startFixture, type RunningFixture } from './start-fixture.js';

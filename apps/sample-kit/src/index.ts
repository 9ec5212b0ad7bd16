export { allowedHostnames } from './allowed-hostnames.js';
export { listen, type RunningServer } from './listen.js';
export { readEnvironment, type SampleEnvironment } from './read-environment.js';
export { runSample } from './run-sample.js';
export type { Sample, SampleConfig } from './sample.js';
export { StartupError } from './startup-error.js';

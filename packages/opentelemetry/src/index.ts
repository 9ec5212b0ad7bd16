export { combine } from './combine.js';
export { telemetry, type TelemetryOptions } from './telemetry.js';

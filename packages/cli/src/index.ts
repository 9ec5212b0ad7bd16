export type { ExitCode, Io, TextSink } from './io.js';
export type { Exchange, HeaderLine, DoorFailure } from './net/exchange.js';
export type { Finding, Outcome, Report, Revision, Severity, Totals } from './report/report.js';
export { run } from './run.js';

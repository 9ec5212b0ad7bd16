import { linkLine, logLines } from '../errors/documentation.js';
import { ignoreRejection } from '../errors/promises.js';
import type { EventStamp, MCPAuthEvent } from './events.js';
import { printable } from './facts.js';
import { environment } from './process-environment.js';

/**
 * A logger such as `pino`: the event first, then the line. What it throws or rejects with is ignored.
 *
 * The event comes without `level` and `time`: loggers write their own under these names. It holds personal data (`caller.subject`,
 * `claimed.subject`) that the line leaves out.
 */
export interface EventLogger {
  warn(event: object, line: string): unknown;
  error(event: object, line: string): unknown;
}

/**
 * What is logged, and where: `true` for the console, `'all'` for the console with the denials that every login begins with as well
 * (`missing_credentials`, `token_expired`, `insufficient_scope`), a logger for the same lines somewhere else, {@link LogSettings} for any
 * of it together, `false` for nothing.
 */
export type LogOption = boolean | 'all' | EventLogger | LogSettings;

/** What is logged, and where. */
export interface LogSettings {
  /** Whether denials that every login begins with are logged too. Default: false. */
  readonly all?: boolean | undefined;
  /** Whether the line about a denied request names the user (`sub`): personal data. Default: false. */
  readonly subject?: boolean | undefined;
  /** Where lines go. Default: the console. */
  readonly logger?: EventLogger | undefined;
}

/** An option as settings. */
export function toLogSettings(option: Exclude<LogOption, false>): LogSettings {
  if (option === true) return {};
  if (option === 'all') return { all: true };
  return isEventLogger(option) ? { logger: option } : option;
}

export function isEventLogger(value: unknown): value is EventLogger {
  const { warn, error } = Object(value) as { readonly warn?: unknown; readonly error?: unknown };
  return typeof warn === 'function' && typeof error === 'function';
}

/** Where lines go. */
export interface LogSink {
  warn(line: string, event?: MCPAuthEvent): void;
  error(line: string, event?: MCPAuthEvent): void;
}

/** Without the link behind it. */
const maxLineLength = 4000;

/**
 * Each line that tells of a problem ends with the address where it is explained.
 *
 * Lines are printed from a timer and from `close()` too, where nobody catches what a logger throws.
 */
export function toLogSink({ logger }: LogSettings): LogSink {
  const write = logger === undefined ? toConsole() : toLogger(logger);
  const print =
    (level: 'warn' | 'error') =>
    (line: string, event?: MCPAuthEvent): void => {
      try {
        const shown = printable(line, maxLineLength);
        const isProblem = event?.level !== 'info';
        ignoreRejection(write(level, isProblem ? linkLine(shown, findSection(event)) : shown, event));
      } catch {
        // Who logs must not be able to end the process
      }
    };
  return { warn: print('warn'), error: print('error') };
}

/** The section about what has happened; lines without an event sum up others. */
function findSection(event: MCPAuthEvent | undefined): string {
  switch (event?.type) {
    case 'decision':
      return (event.outcome === 'deny' ? event.code : event.observed?.code) ?? logLines;
    case 'fault':
    case 'policy':
      return event.error.code;
    case 'limit':
      return 'too_many_attempts';
    case undefined:
    case 'warning':
    case 'outage':
    case 'keys':
    case 'dependency':
    case 'cache':
    case 'store':
    case 'stream':
      return logLines;
  }
}

type Write = (level: 'warn' | 'error', line: string, event: MCPAuthEvent | undefined) => unknown;

function toLogger(logger: EventLogger): Write {
  return (level, line, event) => logger[level](toMembers(event), line);
}

function toConsole(): Write {
  const [yellow, red, plain] = isTerminal() ? ['\x1b[33m', '\x1b[31m', '\x1b[39m'] : ['', '', ''];
  const colors = { warn: yellow, error: red };
  return (level, line) => console[level](`${colors[level]}[mcp-auth]${plain} ${line}`);
}

/** What a logger writes itself: a line of JSON that had them twice would be read with the level of the event. */
const ofLoggers: ReadonlySet<string> = new Set(['level', 'time'] satisfies readonly (keyof EventStamp)[]);

function toMembers(event: MCPAuthEvent | undefined): object {
  return Object.fromEntries(Object.entries(event ?? {}).filter(([name]) => !ofLoggers.has(name)));
}

interface Process {
  readonly stderr?: { readonly isTTY?: boolean };
}

/** Both streams of the console in Node. Elsewhere nobody can tell. */
function isTerminal(): boolean {
  // Node throws where the stream is closed
  try {
    return isTerminalStream();
  } catch {
    return false;
  }
}

function isTerminalStream(): boolean {
  const { process } = globalThis as { readonly process?: Process };
  return process?.stderr?.isTTY === true && environment('NO_COLOR') === undefined;
}

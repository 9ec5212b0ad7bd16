import { resolve } from 'node:path';
import { checkOptions, type Described, object, withDefaults } from '../config/check-options.js';
import { callable, number, oneOf, synchronous, text } from '../config/kinds.js';
import { linkLine, logLines } from '../errors/documentation.js';
import { ignoreRejection } from '../errors/promises.js';
import type { MCPAuthEvent } from '../events/events.js';
import { printable } from '../events/facts.js';
import { AuditWriter } from './audit-writer.js';
import { type AuditedDecision, describeDroppedAsOcsf, toOcsf } from './ocsf.js';
import { RotatingFile } from './rotating-file.js';

/** Where decisions are kept, and how much of them. */
export interface AuditLogOptions {
  /** Path of the file that is appended to; its folder must exist. A file is for one process alone, and its owner alone may read it. */
  readonly file: string;
  /** Size in bytes at which a file is renamed and a new one begun. Default: 104857600 (100 MiB). */
  readonly maxBytes?: number | undefined;
  /** Files in all: `file`, `file.1` and so on; the oldest is deleted. Default: 10. */
  readonly maxFiles?: number | undefined;
  /** Most bytes that wait to be written; beyond them decisions are dropped and counted. Default: 8388608 (8 MiB). */
  readonly maxPendingBytes?: number | undefined;
  /** `json`: events as they are. `ocsf`: events of the Open Cybersecurity Schema Framework, see {@link toOcsf}. Default: `json`. */
  readonly format?: 'json' | 'ocsf' | undefined;
  /**
   * What is kept of a decision: the same, one with less in it, or nothing. Called while the request waits. Where it throws, or returns something else, the
   * decision is dropped and counted. Default: the decision as it is.
   */
  readonly keep?: ((decision: AuditedDecision) => AuditedDecision | undefined) | undefined;
  /** Told when the disk does not work, once until it works again. Default: `console.error`. */
  readonly onError?: ((error: Error) => unknown) | undefined;
}

export const auditLogOptions = {
  file: { ...text, required: true },
  maxBytes: number({ unit: 'bytes', min: 4096, whole: true, default: 104_857_600 }),
  maxFiles: number({ min: 2, max: 1000, whole: true, default: 10 }),
  maxPendingBytes: number({ unit: 'bytes', min: 4096, whole: true, default: 8_388_608 }),
  format: oneOf<'json' | 'ocsf'>(['json', 'ocsf']),
  keep: synchronous<(decision: AuditedDecision) => AuditedDecision | undefined>(),
  onError: callable<(error: Error) => unknown>(),
} satisfies Described<AuditLogOptions>;

const options = object<AuditLogOptions>(auditLogOptions);

/** A listener that keeps decisions. */
export interface AuditLog {
  /** For `onEvent`. */
  (event: MCPAuthEvent): void;
  /** Decisions that are not in the file: dropped, or lost when the disk failed. */
  readonly dropped: number;
  /** Writes what waits and closes the file. What the disk does not take then, and what comes later, is dropped. */
  close(): Promise<void>;
}

/**
 * Keeps each decision, allowed and denied alike, as one line of JSON in a file that is only appended to.
 *
 * Requests never wait for the disk, and never fail with it: what it does not take in time is dropped, and a line says how many
 * decisions are missing in that place. Node only.
 *
 * *Does not check*: who can read or change the file. Ship its lines to where the server cannot change them.
 *
 * @throws {MCPAuthConfigError} `invalid_option`, `unknown_option`
 * @see {@link AuditLogOptions}
 * @example
 * ```ts
 * import { auditLog } from '@mcp-auth/core/audit';
 * import { MCPAuth } from '@mcp-auth/express';
 * import express from 'express';
 *
 * const audit = auditLog({ file: '/var/log/notes/audit.log' });
 *
 * const mcpAuth = new MCPAuth({
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: ['https://auth.example.com'],
 *   onEvent: audit,
 *   log: true,
 * });
 *
 * const server = express().use(mcpAuth.protectedResourceMetadataRouter()).listen(3000);
 * process.once('SIGTERM', () => server.close(() => void Promise.all([mcpAuth.close(), audit.close()])));
 * ```
 */
export function auditLog(given: AuditLogOptions): AuditLog {
  checkOptions(given, options, '');
  const { maxBytes, maxFiles, maxPendingBytes } = withDefaults(given, auditLogOptions);
  const { file, format = 'json', keep, onError = tellConsole } = given;
  const writer = new AuditWriter({
    file: new RotatingFile({ path: resolve(file), maxBytes, maxFiles }),
    maxPendingBytes,
    onError,
    describeDropped: format === 'ocsf' ? (count) => toLine(describeDroppedAsOcsf(count)) : describeDropped,
  });
  const listener = (event: MCPAuthEvent): void => {
    if (event.type !== 'decision') return;
    try {
      const kept = keep === undefined ? event : checkKept(keep(event));
      if (kept !== undefined) writer.add(toLine(format === 'ocsf' ? toOcsf(kept) : kept));
    } catch {
      writer.drop();
    }
  };
  return Object.defineProperties(listener, {
    dropped: { get: () => writer.dropped },
    close: { value: () => writer.close() },
  }) as AuditLog;
}

/** For callers without TypeScript: of a promise, JSON makes an empty object. @throws {TypeError} for what is not a decision */
function checkKept(kept: AuditedDecision | undefined): AuditedDecision | undefined {
  if (kept === undefined) return kept;
  ignoreRejection(kept);
  if ((kept as { readonly type?: unknown } | null)?.type !== 'decision') throw new TypeError('no decision');
  return kept;
}

function describeDropped(count: number): string {
  return toLine({ version: 1, type: 'dropped', time: Date.now(), level: 'error', count });
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function tellConsole(error: Error): void {
  const problem = printable(error.message);
  console.error(linkLine(`[mcp-auth] decisions cannot be written to the audit log: ${problem}`, logLines));
}

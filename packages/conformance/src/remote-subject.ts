import type { MCPAuthEvent } from '@mcp-auth/core';
import type { ProfileName } from './profiles/profiles.js';
import type { World } from './runner/world.js';
import type { Emissions } from './secrets/emissions.js';
import type { RunningSubject } from './subject.js';

/** What an application in another process or runtime is built from: data alone. */
export interface RemoteWorld extends World {
  readonly profile: ProfileName;
  readonly nowMs: number;
}

/** What happened in an application since it was last asked. */
export interface RemoteReport {
  /** Times the protected handler ran. */
  readonly handled: number;
  readonly events: readonly MCPAuthEvent[];
  /** Lines of the log. */
  readonly lines: readonly string[];
}

/** An application in another process or runtime. */
export interface RunningRemoteSubject extends RunningSubject {
  /** Hands `nowMs` to `RemoteApplication.sync` over there, and brings back what that returns. */
  sync(nowMs: number): Promise<string>;
}

/** An adapter under test in another process or runtime, such as workerd. */
export interface RemoteConformanceSubject {
  readonly name: string;
  readonly emissions?: Emissions;
  /** Has a `RemoteApplication` made of `world`, and its application listen on 127.0.0.1. */
  startRemote(world: RemoteWorld): Promise<RunningRemoteSubject>;
}

/** JSON has no numbers without an end, and an event may have one that a token says. */
const endless = ['Infinity', '-Infinity', 'NaN'];

/** @see {@link readReport} */
export function writeReport(report: RemoteReport): string {
  return JSON.stringify(report, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
}

/** A report as it was, from its text. */
export function readReport(text: string): RemoteReport {
  return JSON.parse(text, (_name, value: unknown) => {
    const { number } = Object(value) as { readonly number?: unknown };
    return typeof number === 'string' && endless.includes(number) ? Number(number) : value;
  }) as RemoteReport;
}

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
  /** Sets its clock, and gives what `RemoteApplication.sync` returns there. */
  sync(nowMs: number): Promise<RemoteReport>;
}

/** An adapter under test in another process or runtime, such as workerd. */
export interface RemoteConformanceSubject {
  readonly name: string;
  readonly emissions?: Emissions;
  /** Has a `RemoteApplication` made of `world`, and its application listen on 127.0.0.1. */
  startRemote(world: RemoteWorld): Promise<RunningRemoteSubject>;
}

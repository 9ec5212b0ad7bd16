import type { MCPAuthEvent } from '@mcp-auth/core';
import type { Profile } from './profiles/profile.js';
import { profiles } from './profiles/profiles.js';
import type { RemoteReport, RemoteWorld } from './remote-subject.js';
import { createSetup, type Observations } from './runner/create-setup.js';
import type { SubjectSetup } from './subject.js';

export type { RemoteReport, RemoteWorld } from './remote-subject.js';

/**
 * The application under test where it runs: in its own process or runtime. It needs nothing of Node but `node:async_hooks`.
 *
 * Does not check: anything. Whoever holds the world, `runConformance`, sends the requests and judges the answers.
 *
 * @see {@link RemoteWorld}
 * @example
 * ```ts
 * import { RemoteApplication, type RemoteWorld } from '@mcp-auth/conformance/remote';
 *
 * export function begin(world: RemoteWorld) {
 *   const remote = new RemoteApplication(world);
 *   console.log(remote.setup.routes.length);
 *   return (nowMs: number) => remote.sync(nowMs);
 * }
 * ```
 */
export class RemoteApplication {
  /** What to build, as `start` of a subject gets it. */
  readonly setup: SubjectSetup;
  readonly #observations: Observations = { handled: 0, events: [] };
  #lines: string[] = [];
  #nowMs: number;

  constructor(world: RemoteWorld) {
    this.#nowMs = world.nowMs;
    const profile: Profile = profiles[world.profile];
    setEnvironment(profile.nodeEnv);
    const keep = (_event: object, line: string) => this.#lines.push(line);
    this.setup = createSetup(profile, world, () => this.#nowMs, this.#observations, {
      onEvent: (event: MCPAuthEvent) => this.#observations.events.push(event),
      log: { warn: keep, error: keep },
    });
  }

  /** Sets the clock, and gives what happened since the last call. */
  sync(nowMs: number): RemoteReport {
    this.#nowMs = nowMs;
    const { handled, events } = this.#observations;
    const report = { handled, events: events.splice(0), lines: this.#lines };
    this.#observations.handled = 0;
    this.#lines = [];
    return report;
  }
}

function setEnvironment(nodeEnv: Profile['nodeEnv']): void {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };
  if (process !== undefined) process.env.NODE_ENV = nodeEnv ?? 'test';
}

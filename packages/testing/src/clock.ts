import { refuseProduction } from './refuse-production.js';

/** A clock that stands still until a test moves it. */
export interface TestClock {
  /** Milliseconds since the epoch: the option `now` of `new MCPAuth`. */
  readonly now: () => number;
  /** Moves the clock ahead; a negative number moves it back. */
  advanceSeconds(seconds: number): void;
  /** Moves the clock to a moment. */
  setTo(time: Date): void;
}

/**
 * Makes a clock for a test issuer and the server under test.
 *
 * Give it to both: `createTestIssuer({ clock })` dates tokens by it, and `issuer.mcpAuthOptions` hands it to `new MCPAuth` as `now`.
 *
 * Does not check: other clocks. Timers of the platform run on by themselves; what MCP Auth decides goes by this clock.
 *
 * @param start - default: the present time
 * @throws {Error} with `NODE_ENV=production`; for a start or a step that is not a time
 * @see RFC 7519 §4.1.4
 * @example
 * ```ts
 * import { createTestClock } from '@mcp-auth/testing';
 *
 * const clock = createTestClock(new Date('2027-01-01'));
 * clock.advanceSeconds(3600);
 * console.log(new Date(clock.now()).toISOString());
 * ```
 */
export function createTestClock(start: Date = new Date()): TestClock {
  refuseProduction('createTestClock');
  let time = readTime(start.getTime());
  return {
    now: () => time,
    advanceSeconds: (seconds) => {
      time = readTime(time + seconds * 1000);
    },
    setTo: (moment) => {
      time = readTime(moment.getTime());
    },
  };
}

function readTime(milliseconds: number): number {
  if (Number.isFinite(milliseconds)) return milliseconds;
  throw new RangeError('A test clock needs a valid Date, and a finite number of seconds to move by.');
}

import type { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import type { KeyLookup } from '../../src/keys/key-source.js';
import type { RemoteKeySourceOptions } from '../../src/keys/kept-key-set.js';
import { RemoteKeySource } from '../../src/keys/remote-key-source.js';
import { createClock, type TestClock } from './clock.js';
import type { SigningKey } from './keys.js';
import { TestIssuer } from './test-issuer.js';

export interface RemoteKeys {
  readonly clock: TestClock;
  readonly issuer: TestIssuer;
  readonly source: RemoteKeySource;
  readonly faults: MCPAuthAuthServerError[];
  readonly warnings: string[];
  /** Looks a key up by its identifier: `found`, `unknown`, `unsuitable`, or `unavailable`. */
  readonly ask: (key: SigningKey | string, iat?: number) => Promise<KeyLookup['kind']>;
  readonly lookup: (key: SigningKey | string, iat?: number) => Promise<KeyLookup>;
}

/** A remote key source with the defaults of the library, under a clock of the test's own. */
export async function remoteKeys(options: Partial<RemoteKeySourceOptions> = {}): Promise<RemoteKeys> {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const faults: MCPAuthAuthServerError[] = [];
  const warnings: string[] = [];
  const source = new RemoteKeySource(`${issuer.issuer}/jwks`, {
    fetch: issuer.fetch,
    now: clock.now,
    timeoutMs: 5000,
    maxBytes: 512 * 1024,
    headers: undefined,
    allowInsecure: false,
    maxAgeMs: 600_000,
    staleMs: 7_200_000,
    cooldownMs: 5000,
    maxKeys: 100,
    onFault: (fault) => faults.push(fault),
    onWarning: (message) => warnings.push(message),
    ...options,
  });
  const lookup = async (key: SigningKey | string, iat?: number) =>
    source.lookup({ kid: typeof key === 'string' ? key : key.kid, alg: 'ES256', iat });
  return {
    clock,
    issuer,
    source,
    faults,
    warnings,
    lookup,
    ask: async (...query) => (await lookup(...query)).kind,
  };
}

/** Counts equal values. */
export function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

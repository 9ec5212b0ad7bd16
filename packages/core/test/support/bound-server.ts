import type { MCPAuthConfig } from '../../src/config/mcp-auth.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { TestClock } from './clock.js';
import { createKey, type SigningKey, signRaw } from './keys.js';
import { resource, thumbprintOf } from './proofs.js';

export const issuer = 'https://as.example.com';
/** For nonces and stores. */
export const secret = 'a secret of 32 bytes or more, for tests';

/** Whoever issues tokens, and whoever they are bound to. */
export interface BoundKeys {
  readonly issuerKey: SigningKey;
  readonly key: SigningKey;
}

export async function createBoundKeys(): Promise<BoundKeys> {
  const [issuerKey, key] = await Promise.all([createKey({ kid: 'k1' }), createKey({ kid: null })]);
  return { issuerKey, key };
}

export type BoundServerChanges = Partial<Pick<MCPAuthConfig, 'proofs' | 'stores' | 'limits' | 'now'>> & {
  /** Default: `{ mode: 'dpop-optional' }`; without a mode the resource takes no proofs. */
  readonly dpop?: object;
  /** Of the resource. */
  readonly more?: object;
};

/** A server of one resource that takes proofs. */
export function createBoundServer(
  { issuerKey }: BoundKeys,
  clock: TestClock,
  { dpop = { mode: 'dpop-optional' }, more, ...changes }: BoundServerChanges = {},
  events: MCPAuthEvent[] = [],
): ResourceServer {
  const server = {
    metadata: {
      issuer,
      authorizationEndpoint: `${issuer}/a`,
      tokenEndpoint: `${issuer}/t`,
      responseTypesSupported: ['code'],
    },
    jwks: { keys: [issuerKey.publicJwk] },
    type: 'oauth' as const,
  };
  return new ResourceServer({
    protectedResources: {
      metadata: { resource, authorizationServers: [server] },
      ...((dpop as { mode?: string }).mode === undefined ? undefined : { dpop }),
      ...more,
    },
    now: clock.now,
    onEvent: (event: MCPAuthEvent) => void events.push(event),
    ...changes,
  } as never);
}

/** A token for the resource, bound to the key unless told otherwise. */
export function mintBound(
  { issuerKey, key }: BoundKeys,
  clock: TestClock,
  isBound = true,
  lifetimeSeconds = 60,
): Promise<string> {
  const claims = {
    ...{ iss: issuer, aud: resource, sub: 'u', client_id: 'c' },
    exp: clock.seconds() + lifetimeSeconds,
    iat: clock.seconds(),
  };
  return signRaw(issuerKey, isBound ? { ...claims, cnf: { jkt: thumbprintOf(key) } } : claims);
}

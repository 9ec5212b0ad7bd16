import { expect, onTestFinished } from 'vitest';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { MCPAuth } from '../../src/fetch.js';
import type { JwtBearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import { createClock, type TestClock } from '../support/clock.js';
import type { SigningKey } from '../support/keys.js';
import { MisbehavingIssuer } from './misbehaving-issuer.js';

export const resource = 'https://api.example.com/mcp';

/** A protected server and the issuer that it depends on. */
export interface UnderFault {
  readonly issuer: MisbehavingIssuer;
  readonly clock: TestClock;
  readonly events: MCPAuthEvent[];
  /** URLs that the server asked for, whether or not anybody answered. */
  readonly asked: string[];
  /** Status of a request with this token, or with a good one of this key. */
  readonly ask: (token?: string | SigningKey) => Promise<number>;
  readonly send: (token: string | undefined) => Promise<Response>;
  readonly token: (claims?: Readonly<Record<string, unknown>>, key?: SigningKey) => Promise<string>;
  /** Codes of the faults that operators were told of. */
  readonly faults: () => readonly string[];
}

/** Starts an issuer, and a server behind the fetch entry that discovers it on first use. */
export async function underFault(
  remoteJwkSet?: NonNullable<JwtBearerAuthOptions['remoteJwkSet']>,
  atTheEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<UnderFault> {
  const issuer = await MisbehavingIssuer.start();
  atTheEnd(() => issuer.stop());
  const clock = createClock();
  const events: MCPAuthEvent[] = [];
  const asked: string[] = [];
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers: [{ issuer: issuer.issuer, type: 'oauth' }] },
    },
    now: clock.now,
    onEvent: (event) => events.push(event),
    fetch: (url, init) => {
      asked.push(url);
      return fetch(url, init);
    },
  });
  const handler = mcpAuth.protect({ fetch: () => new Response('passed') }, 'jwt', { resource, remoteJwkSet });
  const token: UnderFault['token'] = (claims, key) => {
    const now = clock.seconds();
    const usual = { iss: issuer.issuer, aud: resource, sub: 'user-1', iat: now, exp: now + 300 };
    return issuer.sign({ ...usual, ...claims }, key);
  };
  const send: UnderFault['send'] = (value) => {
    const headers = new Headers(value === undefined ? {} : { authorization: `Bearer ${value}` });
    return handler.fetch(new Request(resource, { method: 'POST', headers }));
  };
  return {
    issuer,
    clock,
    events,
    asked,
    send,
    token,
    ask: async (value) => {
      const response = await send(typeof value === 'string' ? value : await token({}, value));
      await response.body?.cancel();
      return response.status;
    },
    faults: () => events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : [])),
  };
}

/** Our failure, not the client's: 503 with a time to come back, nothing that makes it drop its token (RFC 6750 §3.1). */
export async function expectOutage(response: Response): Promise<number> {
  expect(response.status).toBe(503);
  expect(response.headers.get('www-authenticate')).toBeNull();
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d{0,3}$/);
  expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
  return Number(response.headers.get('retry-after'));
}

/** The first request after the promised time finds the server recovered. */
export async function expectRecovery(server: UnderFault, retryAfterSeconds: number): Promise<void> {
  server.clock.advance(retryAfterSeconds);
  expect(await server.ask()).toBe(200);
}

import { describe, expect, test } from 'vitest';
import { AuthorizationServer } from '../../src/authorization-server/authorization-server.js';
import { EventSink } from '../../src/events/event-sink.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { resolveKeySetSettings } from '../../src/config/jwt-verify-options.js';
import { createClock } from '../support/clock.js';
import { TestIssuer } from '../support/test-issuer.js';

async function create() {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const events: MCPAuthEvent[] = [];
  const environment = {
    fetch: issuer.fetch,
    now: clock.now,
    events: new EventSink({ onEvent: (event) => events.push(event) }),
  };
  const server = new AuthorizationServer({ issuer: issuer.issuer, type: 'oauth' }, 'servers[0]', environment);
  const keys = server.keys(resolveKeySetSettings());
  const query = { kid: issuer.key.kid, alg: 'ES256' };
  return { clock, issuer, keys, query, events, server };
}

describe('keys whose address has to be discovered first', () => {
  test('hold nothing before, and exactly what was found after', async () => {
    const { keys, query } = await create();
    expect(keys.holds({ kty: 'EC' })).toBe(false);
    const found = await keys.lookup(query);
    if (found.kind !== 'found' || found.keys[0] === undefined) throw new Error('not found');
    expect(keys.holds(found.keys[0])).toBe(true);
    expect(keys.holds({ ...found.keys[0] })).toBe(false);
  });

  test('are found at once when everything is there already', async () => {
    const { keys, query } = await create();
    await keys.ready();
    expect(keys.lookup(query)).toMatchObject({ kind: 'found' });
  });

  test('and in an outage nothing is held, and nothing more is found', async () => {
    const { issuer, keys, query } = await create();
    issuer.down = true;
    expect(await keys.lookup(query)).toMatchObject({ kind: 'unavailable' });
    expect(await keys.lookupAgain(query, [])).toEqual([]);
    expect(keys.holds({ kty: 'EC' })).toBe(false);
    await expect(keys.ready()).rejects.toMatchObject({ code: 'request_failed' });
  });

  test('routes with the same settings share a source, others have their own', async () => {
    const { issuer, server, query } = await create();
    await server.keys(resolveKeySetSettings({})).lookup(query);
    await server.keys(resolveKeySetSettings()).lookup(query);
    expect(issuer.keySetRequests).toBe(1);
    await server.keys(resolveKeySetSettings({ headers: { 'x-key': 'k' } })).lookup(query);
    expect(issuer.keySetRequests).toBe(2);
    expect(issuer.metadataRequests).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { AudienceOption, MCPAuthEvent } from '../../src/index.js';
import { configError } from '../support/config-error.js';
import { createClock } from '../support/clock.js';
import { protect, resource, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

const until = '2026-01-31';
const old = 'api://old';
const daySeconds = 86_400;

type Entries = Exclude<AudienceOption, string>;

async function accepting(audiences: Entries | undefined, audience?: AudienceOption) {
  const world = await protect({
    servers: ({ issuer }) => [{ issuer, type: 'oauth', ...(audiences && { audiences }) }],
    options: { audience },
  });
  const send = async (aud: string) => statusOf(await world.ask(await world.issuer.sign({ aud })));
  const warnings = () =>
    world.events.flatMap((event: MCPAuthEvent) => (event.type === 'warning' ? [event.message] : []));
  return { ...world, send, warnings };
}

describe('an audience with an end is refused when it is written', () => {
  test.each<[title: string, entry: unknown, path: string]>([
    ['without an end', { value: old }, 'authorizationServers[0].audiences[0].until'],
    ['without a value', { until }, 'authorizationServers[0].audiences[0].value'],
    ['with an empty value', { value: '', until }, 'authorizationServers[0].audiences[0].value'],
    [
      'with an end that is no day',
      { value: old, until: 'soon' },
      'authorizationServers[0].audiences[0].until',
    ],
    ['with more than that', { value: old, until, from: until }, 'authorizationServers[0].audiences[0].from'],
  ])('%s', (_title, entry, path) => {
    const authorizationServers = [{ issuer: 'https://auth.example.com', audiences: [entry as never] }];
    expect(configError(() => new ResourceServer({ resource, authorizationServers, log: false })).path).toBe(
      path,
    );
  });

  test('where a function is said to check it', () => {
    const server = new ResourceServer({
      resource,
      authorizationServers: ['https://auth.example.com'],
      log: false,
    });
    const verifierChecks = { issuer: 'https://auth.example.com', audience: [{ value: old, until }] as never };
    const verify = () => ({ clientId: 'c', scopes: [] });
    expect(configError(() => server.createGate(verify, { verifierChecks })).path).toBe(
      'verifierChecks.audience[0]',
    );
  });
});

describe('a token for an audience with an end', () => {
  test('is denied once the day is over, with that day, and the owner hears once', async () => {
    const { send, clock, events, warnings } = await accepting([{ value: old, until }]);
    clock.advance(31 * daySeconds);
    expect([await send(old), await send(old)]).toEqual([401, 401]);
    expect(events.at(-1)).toMatchObject({
      code: 'wrong_audience',
      hint: expect.stringContaining(until) as string,
    });
    expect(warnings().filter((message) => message.includes('are denied now'))).toHaveLength(1);
    clock.advance(-31 * daySeconds);
    expect(await send(old)).toBe(401);
  });

  test('is denied from the start where the day was over before, and the start says so', async () => {
    const { send, warnings } = await accepting([{ value: old, until: '2025-12-31' }]);
    expect(warnings()).toEqual([expect.stringContaining('2025-12-31')]);
    expect(await send(old)).toBe(401);
  });

  test('is denied where the route names its audiences, and not this one', async () => {
    const { send } = await accepting([{ value: old, until }], 'api://notes');
    expect([await send(old), await send('api://notes')]).toEqual([401, 200]);
  });

  test('is accepted on a day before, in addition to the resource, and the owner hears that it is in use', async () => {
    const { send, warnings } = await accepting([{ value: old, until }]);
    expect([await send(resource), await send(old), await send(old), await send('api://other')]).toEqual([
      200, 200, 200, 401,
    ]);
    expect(warnings()).toEqual([expect.stringContaining('are still in use')]);
  });

  test('is accepted beside audiences without an end, which replace the resource', async () => {
    const { send } = await accepting(['api://notes', { value: old, until }]);
    expect([await send('api://notes'), await send(old), await send(resource)]).toEqual([200, 200, 401]);
  });

  test('may be named on a route alone, in addition to what the configuration says', async () => {
    const { send } = await accepting(['api://notes'], [{ value: old, until }]);
    expect([await send('api://notes'), await send(old), await send(resource)]).toEqual([200, 200, 401]);
  });
});

describe('with several authorization servers', () => {
  test('each vouches for its own audiences only, and a route narrows', async () => {
    const clock = createClock();
    const other = await TestIssuer.create(clock, 'https://other.example.com');
    const world = await protect({
      clock,
      others: [other],
      servers: ({ issuer }) => [
        { issuer, type: 'oauth', audiences: ['api://a', { value: old, until }] },
        { issuer: other.issuer, type: 'oauth', audiences: ['api://b'] },
      ],
      options: { audience: ['api://a', old, { value: 'api://b', until }] },
    });
    const send = async (issuer: TestIssuer, aud: string) =>
      statusOf(await world.ask(await issuer.sign({ aud })));
    expect(await send(world.issuer, 'api://a')).toBe(200);
    expect(await send(world.issuer, old)).toBe(200);
    expect(await send(world.issuer, 'api://b')).toBe(401);
    expect(await send(other, old)).toBe(401);
    expect(await send(other, 'api://b')).toBe(200);
    clock.advance(31 * daySeconds);
    expect(await send(world.issuer, old)).toBe(401);
    expect(await send(other, 'api://b')).toBe(401);
    expect(await send(world.issuer, 'api://a')).toBe(200);
  });
});

import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { AuthInfo } from '../../src/caller/auth-info.js';
import { MCPAuthSessionError } from '../../src/errors/session-error.js';
import { createSessionRegistry, type SessionRegistryOptions } from '../../src/sessions/session-registry.js';
import { propertyRuns } from '../support/property.js';

const caller = (subject: string | undefined, clientId = 'client', issuer = 'https://as.example.com') =>
  new AuthInfo({
    token: 'token',
    issuer,
    clientId,
    scopes: [],
    audience: undefined,
    subject,
    expiresAt: 0,
    claims: {},
    resource: 'https://api.example.com/mcp',
    resourceMetadataUrl: undefined,
  });

const ended: string[] = [];
beforeEach(() => void ended.splice(0));

function create(options: SessionRegistryOptions<string>) {
  const sessions = createSessionRegistry<string>({ onEvict: (_transport, id) => ended.push(id), ...options });
  const open = (id: string, auth: AuthInfo | undefined) => sessions.open(id, auth, id);
  return { sessions, open };
}

const refusal = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('a full registry refuses', () => {
  test("a newcomer, where everybody has one session: nobody's only session ends for somebody else", () => {
    const { sessions, open } = create({ maxSessions: 2 });
    open('a', caller('a'));
    open('b', caller('b'));
    expect(sessions.admits(caller('c'))).toBe(false);
    const error = refusal(() => open('c', caller('c')));
    expect(error).toBeInstanceOf(MCPAuthSessionError);
    expect(error).toMatchObject({ code: 'too_many_sessions', status: 503, retryAfterSeconds: 30 });
    expect([ended, sessions.size]).toEqual([[], 2]);
  });

  test('what was refused leaves nothing behind: the place is there once a session is closed', () => {
    const { sessions, open } = create({ maxSessions: 1 });
    open('a', caller('a'));
    refusal(() => open('b', caller('b')));
    sessions.close('a');
    expect(sessions.admits(caller('b'))).toBe(true);
    open('b', caller('b'));
    expect(sessions.find('b', caller('b'))).toBe('b');
  });

  test('nobody without a name: admits says no where open would throw', () => {
    expect(create({ maxSessions: 1 }).sessions.admits(caller(undefined, ''))).toBe(false);
  });
});

describe('whoever fills a registry gives way', () => {
  test('one user with 99 registered clients ends no session of others', () => {
    const { sessions, open } = create({ maxSessions: 100 });
    for (let index = 0; index < 50; index++) open(`user ${index}`, caller(`${index}`));
    for (let round = 0; round < 3; round++) {
      for (let client = 0; client < 99; client++)
        open(`${round} ${client}`, caller('mallory', `client ${client}`));
    }
    for (let index = 0; index < 50; index++) {
      expect(sessions.find(`user ${index}`, caller(`${index}`))).toBe(`user ${index}`);
    }
    expect(sessions.size).toBe(60);
  });

  test('the same without a bound per user: the registry fills up, and the one who fills it loses their own', () => {
    const { sessions, open } = create({ maxSessions: 100, maxSessionsPerUser: 100 });
    open('mine', caller('alice'));
    for (let client = 0; client < 500; client++) open(`${client}`, caller('mallory', `client ${client}`));
    expect(sessions.size).toBe(100);
    expect(sessions.find('mine', caller('alice'))).toBe('mine');
    open('second', caller('alice'));
    expect([sessions.size, ended.at(-1)]).toEqual([100, '401']);
  });

  test('a newcomer takes the least recently used session of the one who holds most', () => {
    const { sessions, open } = create({ maxSessions: 4 });
    open('old', caller('alice'));
    for (const id of ['1', '2', '3']) open(id, caller('bob'));
    sessions.find('1', caller('bob'));
    open('new', caller('carol'));
    expect(ended).toEqual(['2']);
  });

  test('who would hold as many as the greatest gives up their own, so that two cannot chase each other', () => {
    const { open } = create({ maxSessions: 3 });
    for (const id of ['a1', 'a2']) open(id, caller('a'));
    open('b1', caller('b'));
    open('b2', caller('b'));
    expect(ended).toEqual(['b1']);
  });

  test('all anonymous callers are one user', () => {
    const { sessions, open } = create({ maxSessions: 100 });
    open('mine', caller('alice'));
    for (let index = 0; index < 200; index++) open(`${index}`, undefined);
    expect(sessions.size).toBe(11);
  });

  test('a user who is called “anonymous” is none of them', () => {
    const { sessions, open } = create({ maxSessions: 10, maxSessionsPerUser: 1 });
    open('nobody', undefined);
    open('somebody', caller('anonymous'));
    expect([sessions.size, ended]).toEqual([2, []]);
  });
});

describe('the bound of a user', () => {
  test('ends their own least recently used session, through whichever client it came', () => {
    const { sessions, open } = create({ maxSessions: 10, maxSessionsPerUser: 2 });
    open('other', caller('bob'));
    open('1', caller('alice', 'one'));
    open('2', caller('alice', 'two'));
    sessions.find('1', caller('alice', 'one'));
    open('3', caller('alice', 'three'));
    expect(ended).toEqual(['2']);
  });

  test('the same subject at another issuer is another user; so are two clients without users', () => {
    const { open } = create({ maxSessions: 10, maxSessionsPerUser: 1 });
    open('1', caller('alice'));
    open('2', caller('alice', 'client', 'https://other.example.com'));
    open('3', caller(undefined, 'one'));
    open('4', caller(undefined, 'two'));
    expect(ended).toEqual([]);
    open('5', caller(undefined, 'two'));
    expect(ended).toEqual(['4']);
  });

  test.each([
    [5, 5],
    [10, 10],
    [100, 10],
    [1001, 101],
  ])('of %i sessions one user has at most %i, unless told otherwise', (maxSessions, most) => {
    const { sessions, open } = create({ maxSessions });
    for (let index = 0; index < maxSessions + 5; index++) open(`${index}`, caller('alice'));
    expect(sessions.size).toBe(most);
  });
});

describe('the bound of a client', () => {
  test('is none unless asked for: a public client is shared by all', () => {
    const { sessions, open } = create({ maxSessions: 100 });
    for (let index = 0; index < 100; index++) open(`${index}`, caller(`user ${index}`, 'desktop'));
    expect([sessions.size, ended]).toEqual([100, []]);
  });

  test('refuses a newcomer where all its users hold one, and leaves room for other clients', () => {
    const { open } = create({ maxSessions: 10, maxSessionsPerClient: 2 });
    open('a', caller('a'));
    open('b', caller('b'));
    expect(refusal(() => open('c', caller('c')))).toBeInstanceOf(MCPAuthSessionError);
    expect(ended).toEqual([]);
    open('d', caller('c', 'another'));
  });

  test('is shared out fairly: the greatest holder among its users gives way', () => {
    const { open } = create({ maxSessions: 10, maxSessionsPerClient: 3 });
    open('elsewhere', caller('a', 'another'));
    for (const id of ['1', '2', '3']) open(id, caller('a'));
    open('4', caller('a'));
    expect(ended).toEqual(['1']);
    open('5', caller('b'));
    expect(ended).toEqual(['1', '2']);
  });

  test('beside the bound of the user: both are kept', () => {
    const { sessions, open } = create({ maxSessions: 10, maxSessionsPerUser: 2, maxSessionsPerClient: 2 });
    open('a1', caller('a', 'x'));
    open('a2', caller('a', 'x'));
    open('b1', caller('b', 'y'));
    open('b2', caller('b', 'y'));
    open('b3', caller('b', 'x'));
    expect([ended, sessions.size]).toEqual([['a1', 'b1'], 3]);
  });

  test('a token that names no client counts to none', () => {
    const { sessions, open } = create({ maxSessions: 10, maxSessionsPerClient: 1 });
    open('1', caller('a', ''));
    open('2', caller('b', ''));
    expect(sessions.size).toBe(2);
  });
});

test('whatever happens: the bounds hold, nobody loses their only session to another, and what admits says is so', () => {
  const step = fc.record({
    kind: fc.constantFrom('open' as const, 'open' as const, 'find' as const, 'close' as const),
    user: fc.constantFrom('a', 'b', 'c', 'd', undefined),
    client: fc.constantFrom('x', 'y'),
    pick: fc.nat(20),
  });
  const bounds = fc.record({
    maxSessions: fc.integer({ min: 1, max: 6 }),
    maxSessionsPerUser: fc.integer({ min: 1, max: 6 }),
    maxSessionsPerClient: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(bounds, fc.array(step, { maxLength: 60 }), (limits, steps) => {
      const living = new Map<string, { user: string; client: string }>();
      const sessions = createSessionRegistry<string>({
        ...limits,
        onEvict: (_transport, id) => void living.delete(id),
      });
      const count = (key: 'user' | 'client', value: string) =>
        [...living.values()].filter((session) => session[key] === value).length;
      for (const [index, { kind, user: subject, client, pick }] of steps.entries()) {
        const auth = caller(subject, client);
        const user = subject ?? client;
        const ids = [...living.keys()];
        if (kind === 'find') sessions.find(ids[pick % ids.length], auth);
        else if (kind === 'close') {
          const id = ids[pick % ids.length] ?? 'none';
          expect(sessions.close(id)).toBe(living.delete(id));
        } else {
          const before = new Map(living);
          const admitted = sessions.admits(auth);
          const error = refusal(() => sessions.open(`${index}`, auth, 't'));
          expect(error instanceof MCPAuthSessionError).toBe(!admitted);
          if (!admitted) expect([...living]).toEqual([...before]);
          for (const [id, lost] of before) {
            if (living.has(id) || lost.user === user) continue;
            expect(
              [...before.values()].filter((session) => session.user === lost.user).length,
            ).toBeGreaterThan(1);
          }
          if (admitted) living.set(`${index}`, { user, client });
        }
        expect(sessions.size).toBe(living.size);
        expect(living.size).toBeLessThanOrEqual(limits.maxSessions);
        expect(count('user', user)).toBeLessThanOrEqual(limits.maxSessionsPerUser);
        expect(count('client', client)).toBeLessThanOrEqual(limits.maxSessionsPerClient);
      }
    }),
    { numRuns: propertyRuns },
  );
});

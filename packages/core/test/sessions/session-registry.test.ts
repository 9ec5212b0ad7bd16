import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { AuthInfo } from '../../src/caller/auth-info.js';
import { createSessionRegistry, type SessionRegistryOptions } from '../../src/sessions/session-registry.js';
import { createClock } from '../support/clock.js';
import { propertyRuns } from '../support/property.js';

const usual = {
  token: 'token',
  issuer: 'https://as.example.com',
  clientId: 'client',
  scopes: ['read'],
  audience: undefined,
  subject: 'alice' as string | undefined,
  expiresAt: 0,
  claims: {},
  resource: 'https://api.example.com/mcp',
  resourceMetadataUrl: 'https://api.example.com/.well-known/oauth-protected-resource/mcp',
};
const who = (changes: Partial<typeof usual> = {}) => new AuthInfo({ ...usual, ...changes });
const create = (options: Partial<SessionRegistryOptions<string>> = {}) =>
  createSessionRegistry<string>({ maxSessions: 10, ...options });

describe("somebody else's session", () => {
  test.each([
    ['another user', who({ subject: 'bob' })],
    ['another client of the same user', who({ clientId: 'other' })],
    ['the same name at another issuer', who({ issuer: 'https://other.example.com' })],
    ['the same user at another resource', who({ resource: 'https://api.example.com/other' })],
    ['the client itself, without a user', who({ subject: undefined })],
    ['nobody', undefined],
  ])('[MCP-2025-11-25-RS-036] %s finds nothing, as in an unknown one', (_name, stranger) => {
    const sessions = create();
    sessions.open('s', who(), 'transport');
    expect(sessions.find('s', stranger)).toBeUndefined();
    expect(sessions.find('unknown', who())).toBeUndefined();
    expect(sessions.find(undefined, who())).toBeUndefined();
    expect(sessions.find('s', who())).toBe('transport');
  });

  test('[MCP-2025-11-25-RS-036] an anonymous one is not for those who have logged in', () => {
    const sessions = create();
    sessions.open('s', undefined, 'transport');
    expect(sessions.find('s', who())).toBeUndefined();
    expect(sessions.find('s', undefined)).toBe('transport');
  });

  test('[MCP-2025-11-25-RS-036] no two identities are ever taken for one', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('"', ',', '","', 'null', '[]', 'a","b'));
    const identity = fc.record({
      issuer: part,
      subject: fc.option(part, { nil: undefined }),
      clientId: part,
    });
    fc.assert(
      fc.property(identity, identity, (one, other) => {
        fc.pre(one.subject !== undefined || one.clientId !== '');
        const sessions = create();
        sessions.open('s', who(one), 'transport');
        const isSame =
          one.issuer === other.issuer && one.subject === other.subject && one.clientId === other.clientId;
        expect(sessions.find('s', who(other))).toBe(isSame ? 'transport' : undefined);
      }),
      { numRuns: propertyRuns },
    );
  });

  test('[MCP-2025-11-25-RS-037] a token that names nobody cannot open one', () => {
    const open = () => create().open('s', who({ subject: undefined, clientId: '' }), 'transport');
    expect(open).toThrow(MCPAuthConfigError);
    expect(open).toThrow(/neither a subject nor a client/);
  });

  test('[MCP-2025-11-25-RS-037] an identifier in use cannot be taken over', () => {
    const sessions = create();
    sessions.open('s', who(), 'transport');
    expect(() => sessions.open('s', who({ subject: 'mallory' }), 'mine')).toThrow(MCPAuthConfigError);
    expect(sessions.find('s', who())).toBe('transport');
  });
});

test('a session survives the refresh of its token, whatever that changes', () => {
  const sessions = create();
  sessions.open('s', who(), 'transport');
  const refreshed = who({ token: 'another', scopes: ['read', 'admin'], expiresAt: 9, claims: { jti: '2' } });
  expect(sessions.find('s', refreshed)).toBe('transport');
});

test('a closed session is unknown', () => {
  const sessions = create();
  sessions.open('s', who(), 'transport');
  expect([sessions.close('s'), sessions.close('s'), sessions.size]).toEqual([true, false, 0]);
  expect(sessions.find('s', who())).toBeUndefined();
});

describe('bounds', () => {
  const ended: unknown[] = [];
  const onEvict = (...session: unknown[]) => void ended.push(session);

  test('an unused session ends; a used one goes on', () => {
    ended.length = 0;
    const clock = createClock();
    const sessions = create({ idleTimeoutMs: 10_000, now: clock.now, onEvict });
    sessions.open('a', who(), 'A');
    sessions.open('b', who(), 'B');
    clock.advance(6);
    expect(sessions.find('a', who())).toBe('A');
    clock.advance(6);
    expect(sessions.find('b', who())).toBeUndefined();
    expect(sessions.find('a', who())).toBe('A');
    expect(ended).toEqual([['B', 'b', 'idle']]);
  });

  test("a listener that throws does not break somebody else's request", () => {
    const sessions = create({
      maxSessions: 2,
      onEvict: () => {
        throw new Error('of the application');
      },
    });
    sessions.open('a', who({ subject: 'a' }), 'A');
    sessions.open('a2', who({ subject: 'a' }), 'A2');
    sessions.open('b', who({ subject: 'b' }), 'B');
    expect(sessions.find('b', who({ subject: 'b' }))).toBe('B');
  });

  test('a transport that cannot be closed does not end the process', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const sessions = create({ maxSessions: 1, onEvict: () => Promise.reject(new Error('closed before')) });
    sessions.open('a', who({ subject: 'a' }), 'A');
    sessions.open('b', who({ subject: 'a' }), 'B');
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test.each([
    ['maxSessions', { maxSessions: 0 }],
    ['maxSessions', { maxSessions: Number.NaN }],
    ['maxSessions', { maxSessions: '10' as unknown as number }],
    ['maxSessionsPerUser', { maxSessionsPerUser: 0 }],
    ['maxSessionsPerClient', { maxSessionsPerClient: Number.NaN }],
    ['idleTimeoutMs', { idleTimeoutMs: -1 }],
  ])('%s must make sense: %j', (path, options) => {
    expect(() => create(options)).toThrow(expect.objectContaining({ code: 'invalid_option', path }) as Error);
  });
});

import { describe, expect, test } from 'vitest';
import { MCPAuthRevocationError } from '../../src/errors/revocation-error.js';
import { RevocationList } from '../../src/streams/revocation-list.js';
import { createClock } from '../support/clock.js';

const issuer = 'https://as.example.com';
const limits = { maxEntries: 3, longestLifetimeSeconds: 3600 };

function setUp(bounds = limits) {
  const clock = createClock();
  const list = new RevocationList(bounds, clock.now, (claims) =>
    (claims as { jti?: string }).jti === 'raw' ? 'name-in-events' : undefined,
  );
  const token = (claims: Readonly<Record<string, unknown>> = {}, lifetime = 300) => ({
    issuer,
    subject: 'user-1',
    clientId: 'client-1',
    expiresAt: clock.seconds() + lifetime,
    claims: { iat: clock.seconds(), ...claims },
  });
  const revoke = (by: 'subject' | 'client' | 'tokenId', value: string, of = issuer) =>
    list.add(list.describe(of, by, value));
  return { clock, list, token, revoke };
}

describe('a revoked token is refused', () => {
  test.each([
    ['subject', 'user-1'],
    ['client', 'client-1'],
    ['tokenId', 'raw'],
    ['tokenId', 'name-in-events'],
  ] as const)('by %s %s, and another is not', (by, value) => {
    const { list, token, revoke } = setUp();
    const mine = token({ jti: 'raw' });
    expect(list.refuses(mine)).toBe(false);
    revoke(by, value);
    expect(list.refuses(mine)).toBe(true);
    const other = { ...token({ jti: 'other' }), subject: 'user-2', clientId: 'client-2' };
    expect(list.refuses(other)).toBe(false);
    expect(list.refuses({ ...mine, issuer: 'https://other.example.com' })).toBe(false);
  });

  test('by the authorization server that vouches for its issuer', () => {
    const { list, token, revoke } = setUp();
    revoke('subject', 'user-1', 'https://login.example.com');
    expect(list.refuses(token())).toBe(false);
    expect(list.refuses({ ...token(), authorizationServer: 'https://login.example.com' })).toBe(true);
  });

  test('which was issued in the same second; one of the next second is not', () => {
    const { clock, list, token, revoke } = setUp();
    revoke('subject', 'user-1');
    expect(list.refuses(token())).toBe(true);
    clock.advance(1);
    expect(list.refuses(token())).toBe(false);
  });

  test('although the clock of its issuer is ahead: nothing that was seen before passes again', () => {
    const { clock, list, token, revoke } = setUp();
    const early = token({ iat: clock.seconds() + 40 });
    list.note(early);
    clock.advance(10);
    revoke('subject', 'user-1');
    expect(list.refuses(early)).toBe(true);
  });

  test('although another process revoked it, which does not know that the clock of its issuer is ahead', () => {
    const { clock, list, token } = setUp();
    const [early, later] = [token({ iat: clock.seconds() + 40 }), token({ iat: clock.seconds() + 41 })];
    list.note(early);
    const told = { issuer, by: 'subject', value: 'user-1', issuedUpTo: clock.seconds() } as const;
    list.add(told, clock.now());
    expect([list.refuses(early), list.refuses(later)]).toEqual([true, false]);
    list.add({ ...told, issuedUpTo: clock.seconds() + 41 }, clock.now());
    expect(list.refuses(later)).toBe(true);
  });

  test('up to the time of the call, however late another process hears of it', () => {
    const { clock, list, token } = setUp();
    list.note(token({ iat: clock.seconds() + 40 }));
    const made = clock.now();
    clock.advance(60);
    list.add({ issuer, by: 'subject', value: 'user-1', issuedUpTo: made / 1000 }, made);
    expect(list.refuses(token({ iat: made / 1000 + 40 }))).toBe(true);
    expect(list.refuses(token({ iat: made / 1000 + 41 }))).toBe(false);
  });

  test('where it does not say when it was issued: it may be an old one', () => {
    const { list, token, revoke } = setUp();
    revoke('client', 'client-1');
    expect(list.refuses(token({ iat: undefined }))).toBe(true);
  });

  test('without a subject or client of its own it is nobody else', () => {
    const { list, token, revoke } = setUp();
    revoke('subject', 'user-2');
    expect(list.refuses({ ...token(), subject: undefined, clientId: '' })).toBe(false);
  });

  test('by a call that is repeated: the later one counts, and takes no place', () => {
    const { clock, list, token, revoke } = setUp();
    revoke('subject', 'user-1');
    clock.advance(100);
    const between = token();
    revoke('subject', 'user-1');
    expect(list.refuses(between)).toBe(true);
    expect(list.size).toBe(1);
  });
});

describe('a revocation that cannot be made changes nothing', () => {
  test('of a subject or client where tokens of the issuer have no iat; by token id it can', () => {
    const { list, token, revoke } = setUp();
    list.note(token({ iat: undefined }));
    for (const by of ['subject', 'client'] as const) {
      expect(() => revoke(by, 'x')).toThrow(MCPAuthRevocationError);
      expect(() => revoke(by, 'x')).toThrow(/do not say when they were issued \(iat\).*tokenId/s);
    }
    expect(list.size).toBe(0);
    revoke('tokenId', 'raw');
    expect(list.refuses(token({ iat: undefined, jti: 'raw' }))).toBe(true);
  });

  test('in a full list, which forgets nothing for it', () => {
    const { list, token, revoke } = setUp();
    for (const subject of ['user-1', 'b', 'c']) revoke('subject', subject);
    expect(() => revoke('client', 'client-9')).toThrow(
      expect.objectContaining({ code: 'too_many_revocations' }) as Error,
    );
    expect(list.refuses(token())).toBe(true);
    expect(list.refuses({ ...token(), subject: 'user-9', clientId: 'client-9' })).toBe(false);
  });
});

describe('a full list makes room', () => {
  test('when all that was revoked has expired, and not before', () => {
    const { clock, list, revoke } = setUp();
    for (const subject of ['a', 'b', 'c']) revoke('subject', subject);
    clock.advance(3600);
    expect(() => revoke('subject', 'd')).toThrow(MCPAuthRevocationError);
    clock.advance(301);
    revoke('subject', 'd');
    expect(list.size).toBe(1);
  });

  test('later where a token was seen that lives longer', () => {
    const { clock, list, token, revoke } = setUp();
    list.note(token({}, 7200));
    for (const subject of ['a', 'b', 'c']) revoke('subject', subject);
    clock.advance(4000);
    expect(() => revoke('subject', 'd')).toThrow(MCPAuthRevocationError);
    clock.advance(3600);
    revoke('subject', 'd');
    expect(list.size).toBe(1);
  });

  test('and refuses an old token that turns out to live longer than any was known to: nobody can tell any more', () => {
    const { clock, list, token, revoke } = setUp();
    const old = token({}, 100_000);
    for (const subject of ['user-1', 'b', 'c']) revoke('subject', subject);
    clock.advance(4000);
    revoke('subject', 'd');
    list.note(old);
    expect(list.refuses(old)).toBe(true);
    expect(list.refuses(token())).toBe(false);
  });

  test('not while the clock is behind where it was', () => {
    const { clock, revoke } = setUp();
    for (const subject of ['a', 'b', 'c']) revoke('subject', subject);
    clock.advance(-10_000);
    expect(() => revoke('subject', 'd')).toThrow(MCPAuthRevocationError);
  });
});

import { describe, expect, test } from 'vitest';
import { allowed, lastCode, protect, refused, resource } from '../support/protect.js';
import { createKey, type SigningKey } from '../support/keys.js';
import { TestIssuer } from '../support/test-issuer.js';
import { createClock } from '../support/clock.js';
import { kindAtOnce } from '../support/ask-at-once.js';

/** The same key, published with other members. */
const published =
  (members: Readonly<Record<string, unknown>>) =>
  (key: SigningKey): SigningKey => ({ ...key, publicJwk: { ...key.publicJwk, ...members } });

describe('a token that was verified before', () => {
  test('[RFC9068-4-03] is in the hands of its key: a withdrawn one ends it at once', async () => {
    const { clock, issuer, gate, ask, events } = await protect();
    const token = await issuer.sign({ exp: clock.seconds() + 86_400 });
    allowed(await ask(token));
    await issuer.rotate();
    const other = await issuer.sign();
    expect(kindAtOnce(gate, token)).toBe('allow');
    clock.advance(31);
    // Brings the new key set
    allowed(await ask(other));
    expect(kindAtOnce(gate, token)).not.toBe('allow');
    expect(refused(await ask(token)).status).toBe(401);
    expect(lastCode(events)).toBe('unknown_key');
  });

  test('[RFC9068-4-07] goes on when its key stays while another comes', async () => {
    const { clock, issuer, gate, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    const former = issuer.key;
    await issuer.rotate();
    issuer.keys.push(former);
    clock.advance(31);
    allowed(await ask(await issuer.sign()));
    expect(kindAtOnce(gate, token)).toBe('allow');
  });

  test.each([
    ['is another', async ({ kid }: SigningKey) => createKey({ kid: kid ?? '' })],
    ['is for encryption', published({ use: 'enc' })],
    ['must not verify', published({ key_ops: ['encrypt'] })],
    ['is for another algorithm', published({ alg: 'ES384' })],
    ['has another name', published({ kid: 'renamed' })],
  ])('[RFC9068-4-03] ends when the key that signed it %s by now', async (_how, change) => {
    const { clock, issuer, gate, ask } = await protect();
    const token = await issuer.sign({ exp: clock.seconds() + 86_400 });
    allowed(await ask(token));
    const former = issuer.key;
    issuer.keys = [await change(former), await createKey()];
    clock.advance(31);
    await ask(await issuer.sign({}, {}, issuer.keys[1]));
    expect(kindAtOnce(gate, token)).not.toBe('allow');
    expect(refused(await ask(token)).status).toBe(401);
    // Published as it was, it is good again, and needs to be verified for it
    issuer.keys = [former];
    clock.advance(601);
    expect(kindAtOnce(gate, token)).toBe('later');
    allowed(await ask(token));
  });

  test('[RFC9068-4-04] ends when it expires', async () => {
    const { clock, issuer, gate, ask, events } = await protect();
    const token = await issuer.sign({ exp: clock.seconds() + 60 });
    allowed(await ask(token));
    clock.advance(64.9);
    expect(kindAtOnce(gate, token)).toBe('allow');
    clock.advance(0.1);
    expect(kindAtOnce(gate, token)).not.toBe('allow');
    expect(refused(await ask(token)).status).toBe(401);
    expect(lastCode(events)).toBe('token_expired');
  });

  test.each([
    ['nbf', 'token_not_yet_valid'],
    ['iat', 'issued_in_future'],
  ])('[RFC9068-4-04] is not valid before its %s when the clock is set back', async (claim, code) => {
    const { clock, issuer, ask, events } = await protect();
    const start = clock.seconds();
    const token = await issuer.sign({ nbf: undefined, iat: undefined, [claim]: start, exp: start + 86_400 });
    clock.advance(100);
    allowed(await ask(token));
    clock.advance(-200);
    expect(refused(await ask(token)).status).toBe(401);
    expect(lastCode(events)).toBe(code);
  });

  test('is as old as a route accepts and no older', async () => {
    const { clock, issuer, ask, events } = await protect({ options: { jwtVerify: { maxTokenAge: 60 } } });
    const token = await issuer.sign();
    allowed(await ask(token));
    clock.advance(60);
    allowed(await ask(token));
    clock.advance(10);
    expect(refused(await ask(token)).status).toBe(401);
    expect(lastCode(events)).toBe('token_too_old');
  });

  test('[MCP-2026-07-28-RS-030] is verified in full again after five minutes, or after the time that is set', async () => {
    for (const [cache, seconds] of [
      [undefined, 300],
      [{ maxAgeSeconds: 20 }, 20],
    ] as const) {
      const { clock, issuer, gate, ask } = await protect({ config: { cache } });
      const token = await issuer.sign({ exp: clock.seconds() + 86_400 });
      allowed(await ask(token));
      clock.advance(seconds - 1);
      expect(kindAtOnce(gate, token)).toBe('allow');
      clock.advance(1);
      expect(kindAtOnce(gate, token)).toBe('later');
      allowed(await ask(token));
      expect(kindAtOnce(gate, token)).toBe('allow');
    }
  });

  test('[MCP-2026-07-28-RS-030] is verified in full again when the clock was set back: nobody knows how old the verdict is', async () => {
    const { clock, issuer, gate, ask } = await protect({
      options: { jwtVerify: { currentDate: new Date(createClock().now()) } },
    });
    const token = await issuer.sign();
    clock.advance(3600);
    allowed(await ask(token));
    clock.advance(-1800);
    expect(kindAtOnce(gate, token)).toBe('later');
  });

  test('[RFC8414-CACHE-01] keeps the key set of its issuer fresh by being used', async () => {
    const { clock, issuer, gate, ask } = await protect();
    const token = await issuer.sign({ exp: clock.seconds() + 86_400 });
    allowed(await ask(token));
    expect(issuer.keySetRequests).toBe(1);
    clock.advance(460);
    allowed(await ask(token));
    expect(issuer.keySetRequests).toBe(2);
    clock.advance(460);
    // Known still, and the request does not wait for the fetch that it causes
    const before = issuer.keySetRequests;
    allowed(await ask(token));
    expect(kindAtOnce(gate, token)).toBe('allow');
    expect(issuer.keySetRequests).toBe(before + 1);
  });

  test('outlives an outage as long as known keys do, and is answered with 503 after that', async () => {
    const { clock, issuer, gate, ask } = await protect({
      config: { cache: { maxAgeSeconds: 86_400 } },
      options: { remoteJwkSet: { cacheMaxAge: 60_000, staleMaxAge: 3_600_000 } },
    });
    const token = await issuer.sign({ exp: clock.seconds() + 86_400 });
    allowed(await ask(token));
    issuer.down = true;
    clock.advance(61);
    allowed(await ask(token));
    clock.advance(3500);
    expect(kindAtOnce(gate, token)).toBe('allow');
    clock.advance(200);
    expect(kindAtOnce(gate, token)).toBe('later');
    expect(refused(await ask(token)).status).toBe(503);
    issuer.down = false;
    clock.advance(60);
    allowed(await ask(token));
    expect(kindAtOnce(gate, token)).toBe('allow');
  });

  test('[RFC9068-4-07] is verified in full again when the metadata names another key set', async () => {
    const { clock, issuer, gate, ask, events } = await protect({
      config: { cache: { maxAgeSeconds: 86_400 } },
    });
    const token = await issuer.sign({ exp: clock.seconds() + 86_400 });
    allowed(await ask(token));
    issuer.metadata.jwks_uri = `${issuer.issuer}/moved`;
    await issuer.rotate();
    clock.advance(3600);
    // Notices that the metadata is over-age, and has it fetched
    await ask(await issuer.sign());
    allowed(await ask(await issuer.sign()));
    expect(kindAtOnce(gate, token)).not.toBe('allow');
    expect(refused(await ask(token)).status).toBe(401);
    expect(lastCode(events)).toBe('unknown_key');
  });

  test('[MCP-2026-07-28-RS-017] is shown to the policy of its server each time, with its header', async () => {
    const asked: unknown[] = [];
    const revoked = new Set<unknown>();
    const { issuer, gate, ask, events } = await protect({
      servers: ({ issuer: identifier }) => [
        {
          issuer: identifier,
          policy: {
            name: 'revocation list',
            check: (claims, { header }) => {
              asked.push(header.typ);
              return revoked.has(claims.jti) ? 'jti' : undefined;
            },
          },
        },
      ],
    });
    const token = await issuer.sign();
    allowed(await ask(token));
    expect(kindAtOnce(gate, token)).toBe('allow');
    expect(asked).toEqual(['at+jwt', 'at+jwt']);
    revoked.add('token-1');
    expect(refused(await ask(token)).status).toBe(401);
    expect(lastCode(events)).toBe('policy_refused');
  });

  test('goes on without waiting with keys of the configuration', async () => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock);
    const { gate, ask } = await protect({
      clock,
      issuer,
      servers: () => [{ issuer: issuer.issuer, jwks: [issuer.key.publicJwk] }],
    });
    const token = await issuer.sign();
    allowed(await ask(token));
    expect(kindAtOnce(gate, token)).toBe('allow');
    expect(issuer.requests).toEqual([]);
  });

  test('is verified every time where the cache is switched off', async () => {
    const { issuer, gate, ask } = await protect({ config: { cache: false } });
    const token = await issuer.sign();
    allowed(await ask(token));
    expect(kindAtOnce(gate, token)).toBe('later');
  });

  test('is known to the official SDK’s gate too', async () => {
    const asked: unknown[] = [];
    const { issuer, server, gate } = await protect();
    const token = await issuer.sign();
    asked.push(await server.verifier(resource).verifyAccessToken(token));
    expect(asked).toMatchObject([{ subject: 'user-1' }]);
    expect(kindAtOnce(gate, token)).toBe('allow');
  });
});

import { describe, expect, test } from 'vitest';
import { protect, resource } from '../support/protect.js';

const key = 'sk-live-0123456789abcdef';

/** As the errors of some HTTP clients are: with the whole request in them. */
const broken = (token: string) =>
  Object.assign(new TypeError(`GET https://db.example/keys/${token}`), { config: { headers: { token } } });

describe('a request whose verification fails is a decision too: an auditor sees that somebody asked', () => {
  test('a function that verifies tokens throws: 500, and nothing of the token', async () => {
    const { ask, events } = await protect({ mode: (token: string) => Promise.reject(broken(token)) });
    for (let time = 0; time < 2; time++) await expect(ask(key)).rejects.toThrow(TypeError);
    const denial = { outcome: 'deny', status: 500, code: 'verification_failed', via: 'bearer' };
    expect(events).toMatchObject([{ type: 'warning' }, denial, denial]);
    expect(events[1]).not.toHaveProperty('caller');
    expect(JSON.stringify(events)).not.toContain(key.slice(0, 16));
  });

  test('nobody can tell who sent it, so that its failures cannot be counted', async () => {
    const { ask, events, issuer } = await protect({ config: { limits: { failedAttempts: { max: 3 } } } });
    const token = await issuer.sign();
    await expect(async () => ask(token)).rejects.toThrow('limits');
    expect(events).toMatchObject([
      { type: 'warning', message: expect.stringContaining('limits') },
      { code: 'verification_failed', status: 500 },
    ]);
  });

  test('a clock that fails, whether the token is new or remembered', async () => {
    let reading: number | undefined = Date.UTC(2026, 0, 1);
    const { ask, events, issuer } = await protect({ config: { now: () => reading as number } });
    const [token, unseen] = [await issuer.sign({ exp: 2e9 }), await issuer.sign({ exp: 2e9, jti: 'other' })];
    await ask(token);
    reading = undefined;
    for (const each of [token, unseen]) await expect(async () => ask(each)).rejects.toThrow('milliseconds');
    const denial = { outcome: 'deny', status: 500, code: 'verification_failed' };
    expect(events.filter(({ type }) => type === 'decision')).toMatchObject([
      { outcome: 'allow' },
      denial,
      denial,
    ]);
  });

  test('an error that cannot be looked at', async () => {
    const odd = Object.defineProperty(new Error('x'), 'name', {
      get() {
        throw new Error('no name');
      },
    });
    const { ask, events } = await protect({ mode: () => Promise.reject(odd) });
    await expect(ask(key)).rejects.toThrow();
    expect(events).toMatchObject([{ type: 'warning' }, { code: 'verification_failed' }]);
  });
});

describe('behind somebody else’s gate', () => {
  test('an authorization server that is down leaves a decision, and so does a function that throws', async () => {
    const { server, issuer, events } = await protect();
    issuer.down = true;
    const token = await issuer.sign();
    await expect(server.verifier(resource).verifyAccessToken(token)).rejects.toThrow();
    expect(events.filter(({ type }) => type === 'decision')).toMatchObject([
      { outcome: 'deny', status: 500, code: 'authorization_server_unavailable', via: 'bearer' },
    ]);
    const throwing = (given: string) => Promise.reject(broken(given));
    const failing = server.verifier(resource, { mode: throwing as never });
    await expect(failing.verifyAccessToken(key)).rejects.toThrow(TypeError);
    expect(events.at(-1)).toMatchObject({ status: 500, code: 'verification_failed' });
    expect(JSON.stringify(events)).not.toContain(key.slice(0, 16));
  });
});

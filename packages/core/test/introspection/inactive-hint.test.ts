import { describe, expect, test } from 'vitest';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { challengeOf, resource, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';
import { createClock } from '../support/clock.js';
import { introspecting, type Introspecting, opaque } from './support.js';

/** The hints of refusals, in order; `undefined` for one without. */
function hintsOf(events: readonly MCPAuthEvent[]): readonly (string | undefined)[] {
  return events.flatMap((event) =>
    event.type === 'decision' && event.outcome === 'deny' ? [event.hint] : [],
  );
}

/** What the owner hears of a token that the endpoint does not know. */
async function hintFor(token: string, all: Introspecting): Promise<string | undefined> {
  const decision = await all.ask(token);
  expect(statusOf(decision)).toBe(401);
  return hintsOf(all.events).at(-1);
}

describe('a token that its server calls inactive is denied without a hint', () => {
  test('an opaque one, and no keys are fetched for it', async () => {
    const all = await introspecting();
    expect(await hintFor('unknown-to-the-server', all)).toBeUndefined();
    expect(all.issuer.keySetRequests).toBe(0);
  });

  test.each([
    ['that has expired', { exp: Date.UTC(2025, 0, 1) / 1000 }],
    ['without an end', { exp: undefined }],
    ['of another kind', { typ: 'Refresh' }],
  ])('a JWT %s, and no keys are fetched for it', async (_what, changes) => {
    const all = await introspecting();
    expect(await hintFor(await all.issuer.sign(changes), all)).toBeUndefined();
    expect(all.issuer.keySetRequests).toBe(0);
  });

  test('one that somebody else has signed in the name of the server', async () => {
    const clock = createClock();
    const all = await introspecting({ clock });
    const forger = await TestIssuer.create(clock);
    expect(await hintFor(await forger.sign({}), all)).toBeUndefined();
  });

  test('while the keys do not come: nobody waits for them longer than a moment', async () => {
    const all = await introspecting();
    all.issuer.overrides.set('/jwks', () => new Promise<Response>(() => undefined));
    expect(await hintFor(await all.issuer.sign({}), all)).toBeUndefined();
  });

  test('by a server that publishes no keys', async () => {
    const all = await introspecting();
    delete all.issuer.metadata['jwks_uri'];
    expect(await hintFor(await all.issuer.sign({}), all)).toBeUndefined();
  });

  test('while the keys cannot be had; what is denied stays denied', async () => {
    const all = await introspecting();
    all.issuer.overrides.set('/jwks', () => new Response('', { status: 500 }));
    expect(await hintFor(await all.issuer.sign({}), all)).toBeUndefined();
  });
});

describe('a token that its server calls inactive and has signed', () => {
  test('is denied as any other, and the owner hears what to look at', async () => {
    const all = await introspecting();
    const token = await all.issuer.sign({});
    const decision = await all.ask(token);
    expect(statusOf(decision)).toBe(401);
    expect(challengeOf(decision).error).toBe('invalid_token');
    const event = all.events.at(-1);
    expect(event).toMatchObject({ outcome: 'deny', code: 'inactive_token', status: 401 });
    expect(hintsOf(all.events)).toEqual([expect.stringContaining("in the token's aud")]);
    for (const part of token.split('.')) expect(JSON.stringify(event)).not.toContain(part);
  });

  test("is told of behind the official SDK's own gate too", async () => {
    const all = await introspecting();
    const verifier = all.server.verifier(resource, { mode: 'introspection' });
    await expect(verifier.verifyAccessToken(await all.issuer.sign({}))).rejects.toMatchObject({
      code: 'invalid_token',
    });
    expect(hintsOf(all.events)).toEqual([expect.stringContaining("in the token's aud")]);
  });

  test('has a hint a bounded number of times: whoever sends made-up tokens causes no more work', async () => {
    const all = await introspecting();
    for (let count = 0; count < 6; count++) await all.ask(await all.issuer.sign({ jti: `token-${count}` }));
    expect(hintsOf(all.events).filter((hint) => hint !== undefined)).toHaveLength(3);
    all.clock.advance(60);
    expect(await hintFor(await all.issuer.sign({ jti: 'later' }), all)).toBeDefined();
    expect(all.issuer.keySetRequests).toBe(1);
  });

  test('an active one is never looked at', async () => {
    const all = await introspecting();
    expect(statusOf(await all.ask(opaque))).toBe(200);
    const token = await all.issuer.sign({});
    all.endpoint.answers.set(token, all.good());
    expect(statusOf(await all.ask(token))).toBe(200);
    expect(all.issuer.keySetRequests).toBe(0);
  });
});

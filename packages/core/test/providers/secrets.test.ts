import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type { AuthInfo, MCPAuthEvent } from '../../src/index.js';
import { now, type FakeProvider } from './support/fake-provider.js';
import { resource } from './support/open-gate.js';
import { createPlainProvider, plainClaims, plainServer } from './support/plain-server.js';

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createPlainProvider();
});

/** Sends one token and returns all that came out of it: events, headers, body, the caller. */
async function observe(token: string, showErrorDetails: boolean) {
  const events: MCPAuthEvent[] = [];
  let auth: AuthInfo | undefined;
  const response = await new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [plainServer()] } },
    fetch: provider.fetch,
    now: () => now * 1000,
    onEvent: (event) => events.push(event),
  })
    .protect(
      {
        fetch: (_request, options) => {
          auth = options?.authInfo;
          return new Response(null);
        },
      },
      'jwt',
      { resource, showErrorDetails },
    )
    .fetch(new Request(resource, { method: 'POST', headers: { authorization: `Bearer ${token}` } }));
  const answered = inspect([...response.headers]) + (await response.text());
  return { status: response.status, answered, told: inspect(events, { depth: 10 }), auth };
}

const secret = 'kept-between-us-7f3a';

describe('[MCP-2026-07-28-RS-033] nothing of a token leaves the library', () => {
  test.each([
    ['for another resource', { aud: `https://${secret}.example.com` }],
    ['of a stranger', { iss: `https://${secret}.example.com` }],
    ['that has expired', { exp: now - 60, sub: secret }],
    ['with a claim of the wrong shape', { sub: [secret] }],
    ['of another kind', { nonce: secret }],
  ])(
    'refused: no answer holds what a token says, and no event a part of it: one %s',
    async (_which, claims) => {
      const token = await provider.sign({ ...plainClaims, ...claims });

      for (const details of [false, true]) {
        const { status, answered, told } = await observe(token, details);
        expect(status).toBe(401);
        expect(answered).not.toContain(secret);
        for (const segment of token.split('.')) expect(answered + told).not.toContain(segment.slice(0, 16));
      }
    },
  );

  test('an event repeats where a token is from, for whom and for what; no other claim', async () => {
    const others = {
      email: secret,
      nonce: secret,
      sid: secret,
      jti: secret,
      act: { sub: secret },
      name: [secret],
    };
    for (const claims of [
      {},
      { aud: 'https://other.example.com' },
      { iss: 'https://evil.example' },
      { exp: 1 },
    ]) {
      const { told } = await observe(await provider.sign({ ...plainClaims, ...others, ...claims }), true);
      expect(told).toContain('decision');
      expect(told).not.toContain(secret);
    }
  });

  test('a caller that is printed or turned into JSON leaves the token out', async () => {
    const token = await provider.sign(plainClaims);

    const { auth } = await observe(token, false);

    expect(auth?.token).toBe(token);
    for (const text of [inspect(auth), JSON.stringify(auth), inspect({ auth }, { depth: 5 })]) {
      expect(text).toContain('user-1');
      expect(text).not.toContain(token.slice(0, 20));
    }
  });
});

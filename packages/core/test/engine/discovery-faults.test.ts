import { afterEach, describe, expect, test, vi } from 'vitest';
import { protect, retryAfterOf, statusOf } from '../support/protect.js';
import type { Responder } from '../support/test-issuer.js';

const issuer = 'https://as.example.com';
const path = '/.well-known/oauth-authorization-server';

afterEach(() => void vi.useRealTimers());

const faults: readonly (readonly [what: string, respond: Responder])[] = [
  ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
  ['not found', () => new Response('', { status: 404 })],
  ['a server error', () => new Response('', { status: 502 })],
  ['an HTML page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  [
    'a document of another issuer',
    () => Response.json({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/jwks' }),
  ],
  ['a document without keys', () => Response.json({ issuer })],
  ['keys over plain http', () => Response.json({ issuer, jwks_uri: 'http://as.example.com/jwks' })],
  [
    'keys over plain http on loopback, named by a remote issuer',
    () => Response.json({ issuer, jwks_uri: 'http://127.0.0.1:9/jwks' }),
  ],
  ['keys in a file', () => Response.json({ issuer, jwks_uri: 'file:///etc/passwd' })],
  ['a huge document', () => Response.json({ filler: 'x'.repeat(300_000) })],
  ['a redirect to another host', () => Response.redirect('https://evil.example/metadata', 302)],
];

describe('discovery that fails is nobody’s fault but the provider’s', () => {
  test.each(faults)(
    '[RFC8414-3.3-01][RFC8414-2-05][MCP-2026-07-28-MC-013] %s: 503, one fault, recovery on the first request after Retry-After',
    async (_what, respond) => {
      const { clock, issuer: provider, ask, events } = await protect();
      provider.overrides.set(path, respond);
      const token = await provider.sign();
      const refusal = await ask(token);
      expect(statusOf(refusal)).toBe(503);
      expect(events.filter(({ type }) => type === 'fault')).toHaveLength(1);
      expect(provider.requests).toEqual([issuer + path]);
      provider.overrides.clear();
      clock.advance(retryAfterOf(refusal));
      expect(statusOf(await ask(token))).toBe(200);
    },
  );

  test('silence: 503 when the time is up', async () => {
    const { issuer: provider, ask } = await protect();
    const token = await provider.sign();
    provider.overrides.set(path, () => new Promise(() => undefined));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const pending = ask(token);
    await vi.advanceTimersByTimeAsync(5000);
    expect(statusOf(await pending)).toBe(503);
  });

  test('a provider that breaks later is not noticed while its metadata and keys are young', async () => {
    const { clock, issuer: provider, ask } = await protect();
    await ask(await provider.sign());
    provider.overrides.set(path, () =>
      Response.json({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/jwks' }),
    );
    for (let minutes = 0; minutes < 180; minutes += 5) {
      clock.advance(300);
      expect(statusOf(await ask(await provider.sign()))).toBe(200);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(provider.requests.filter((url) => url.includes('evil'))).toEqual([]);
  });
});

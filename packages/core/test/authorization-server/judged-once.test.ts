import { afterEach, describe, expect, test, vi } from 'vitest';
import { allowed, protect, statusOf } from '../support/protect.js';

/** Counts the URLs that are parsed while it is in place. */
function countParsedUrls(): { readonly count: () => number } {
  let parsed = 0;
  const Original = globalThis.URL;
  class CountingUrl extends Original {
    constructor(...given: ConstructorParameters<typeof URL>) {
      super(...given);
      parsed += 1;
    }
  }
  vi.stubGlobal('URL', CountingUrl);
  return { count: () => parsed };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a discovered document is judged when it is fetched, never again per request', () => {
  test('a token that comes again costs no look at the URLs of the document', async () => {
    const { issuer, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    const { count } = countParsedUrls();
    for (let index = 0; index < 100; index++) allowed(await ask(token));
    expect(count()).toBe(0);
  });

  test('neither does a new token of the same key, nor one that is refused', async () => {
    const { issuer, ask } = await protect();
    allowed(await ask(await issuer.sign()));
    const tokens = [
      await issuer.sign({ jti: 'other' }),
      await issuer.sign({ aud: 'https://other.example.com' }),
    ];
    const { count } = countParsedUrls();
    const statuses = [];
    for (const token of tokens) statuses.push(statusOf(await ask(token)));
    expect(statuses).toEqual([200, 401]);
    expect(count()).toBe(0);
  });

  test('a document whose keys are not protected by TLS is refused each time, and judged once', async () => {
    const { issuer, ask, events } = await protect();
    issuer.metadata.jwks_uri = 'http://as.example.com/jwks';
    expect(statusOf(await ask(await issuer.sign()))).toBe(503);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fault', error: expect.objectContaining({ code: 'insecure_url' }) }),
    );
  });
});

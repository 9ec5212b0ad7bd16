import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { allowed, protect, refused } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';
import { createClock } from '../support/clock.js';
import { metadataOf, serve } from '../support/documents.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const root = 'https://auth.example.com';
const realm = `${root}/realms/a`;
const oauth = '/.well-known/oauth-authorization-server';
const oidc = '/.well-known/openid-configuration';
const page = (status: number) => () =>
  new Response('<html>', { status, headers: { 'content-type': 'text/html' } });
const reset = () => {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('read'), { code: 'ECONNRESET' }),
  });
};

/** What the first location answers; the OpenID document is right in every case. */
const firstAnswers: readonly (readonly [what: string, issuer: string, answer: () => Response])[] = [
  ['a bad gateway with a page of HTML', root, page(502)],
  ['an error in JSON', root, () => Response.json({ error: 'x' }, { status: 500 })],
  ['the document of the root of its host', realm, () => Response.json({ issuer: root })],
  ['a connection that is reset', root, reset],
  ['a gateway that gave up waiting', root, page(504)],
  ['a document without an issuer', root, () => Response.json({ status: 'UP' })],
  ['a document whose jwks_uri is no URL', root, () => Response.json(metadataOf(root, { jwks_uri: 'jwks' }))],
  ['megabytes', root, () => Response.json({ issuer: root, filler: 'x'.repeat(300_000) })],
];

describe('[MCP-2026-07-28-MC-001] a provider is found though the first location is no use', () => {
  test.each(firstAnswers)('%s', async (_what, issuer, answer) => {
    const path = new URL(issuer).pathname.replace(/\/$/, '');
    const { fetch } = serve({
      [`${root}${oauth}${path}`]: answer,
      [`${issuer}${oidc}`]: metadataOf(issuer),
    });
    const { type, metadata } = await fetchServerConfig(issuer, { fetch });
    expect([type, metadata.issuer]).toEqual(['oidc', issuer]);
  });

  test('one that never answers, and the time limit is one for all of them', async () => {
    const { fetch: serveOthers } = serve({ [`${root}${oidc}`]: metadataOf(root) });
    const fetch: typeof serveOthers = (url, init) =>
      url.includes(oauth) ? new Promise(() => undefined) : serveOthers(url, init);
    expect((await fetchServerConfig(root, { fetch, timeoutMs: 400 })).type).toBe('oidc');
  });

  test('one that takes longer than its share is not given up while the others have nothing', async () => {
    const { fetch: serveOthers } = serve({ [`${root}${oauth}`]: metadataOf(root) });
    const fetch: typeof serveOthers = async (url, init) => {
      if (url.includes(oauth)) await new Promise((resolve) => setTimeout(resolve, 300));
      return serveOthers(url, init);
    };
    expect((await fetchServerConfig(root, { fetch, timeoutMs: 500 })).type).toBe('oauth');
  });

  test('a document without keys, where keys are asked for', async () => {
    const { issuer, ask } = await protect({ servers: ({ issuer: name }) => [{ issuer: name }] });
    issuer.overrides.set(oauth, () => Response.json({ ...issuer.metadata, jwks_uri: undefined }));
    allowed(await ask(await issuer.sign()));
  });

  describe('a document that lacks what is asked for is as good as none while another has it', () => {
    const clientAuthentication = {
      method: 'client_secret_basic',
      clientId: 'api',
      clientSecret: 's',
    } as const;
    const introspecting = async (mode: 'introspection' | 'auto', endpoint?: string) => {
      const made = await protect({
        mode,
        servers: ({ issuer }) => [
          { issuer, introspection: { clientAuthentication, ...(endpoint !== undefined && { endpoint }) } },
        ],
      });
      const { issuer } = made;
      issuer.overrides.set('/introspect', () => Response.json({ active: true, ...issuer.claims() }));
      const full = { ...issuer.metadata, introspection_endpoint: `${issuer.issuer}/introspect` };
      return { ...made, full };
    };

    test.each([{}, { introspection_endpoint: null }, { introspection_endpoint: 'http://as.example.com/i' }])(
      'the place to ask about opaque tokens: %j',
      async (members) => {
        const { issuer, ask, full } = await introspecting('introspection');
        issuer.overrides.set(oauth, () => Response.json({ ...issuer.metadata, ...members }));
        issuer.overrides.set(oidc, () => Response.json(full));
        allowed(await ask('opaque-token'));
        expect(issuer.metadataRequests).toBe(2);
      },
    );

    test('the keys of a server that may do without', async () => {
      const { issuer, ask, full } = await introspecting('auto');
      issuer.overrides.set(oauth, () => Response.json({ ...full, jwks_uri: undefined }));
      issuer.overrides.set(oidc, () => Response.json(full));
      allowed(await ask(await issuer.sign()));
      expect(issuer.keySetRequests).toBe(1);
    });

    test('JWTs still pass where no document has the place to ask, or one of them cannot be had', async () => {
      for (const answer of [undefined, page(404), page(502), reset]) {
        const { issuer, ask } = await introspecting('auto');
        if (answer !== undefined) issuer.overrides.set(oidc, answer);
        allowed(await ask(await issuer.sign()));
        expect(refused(await ask('opaque-token')).status).toBe(503);
      }
    });

    test('and where it could not be had, it is asked again after a minute', async () => {
      const { clock, issuer, ask, full } = await introspecting('auto');
      issuer.overrides.set(oauth, () =>
        Response.json(issuer.metadata, { headers: { 'cache-control': 'max-age=3600' } }),
      );
      issuer.overrides.set(oidc, page(502));
      expect(refused(await ask('opaque-token')).status).toBe(503);
      issuer.overrides.set(oidc, () => Response.json(full));
      clock.advance(61);
      await ask(await issuer.sign());
      await vi.waitFor(() => expect(issuer.metadataRequests).toBe(4));
      allowed(await ask('opaque-token'));
    });

    test('nothing more is asked for where the configuration names the place', async () => {
      const { issuer, ask } = await introspecting('introspection', 'https://as.example.com/introspect');
      allowed(await ask('opaque-token'));
      allowed(await ask('another-token'));
      expect(issuer.metadataRequests).toBeLessThan(2);
    });
  });

  test('all that fail are named with what came of each', async () => {
    const { fetch } = serve({ [`${root}${oauth}/realms/a`]: page(502), [`${root}${oidc}/realms/a`]: reset });
    const failure = await fetchServerConfig(realm, { fetch }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'unexpected_status',
      message: `The metadata of ${realm} is in none of its 3 places: ${root}${oauth}/realms/a answered with status 502; ${root}${oidc}/realms/a could not be fetched (ECONNRESET); ${realm}${oidc} answered with status 404`,
      details: {
        places: [
          { url: `${root}${oauth}/realms/a`, code: 'unexpected_status' },
          { url: `${root}${oidc}/realms/a`, code: 'request_failed' },
          { url: `${realm}${oidc}`, code: 'unexpected_status' },
        ],
      },
    });
  });

  test('of all failures the code is that of the one that says most', async () => {
    const { fetch } = serve({ [`${root}${oauth}`]: page(502), [`${root}${oidc}`]: metadataOf(realm) });
    await expect(fetchServerConfig(root, { fetch })).rejects.toMatchObject({
      code: 'issuer_mismatch',
      details: { actual: realm },
    });
  });
});

describe('[RFC8414-3.3-01] going on never means taking less', () => {
  test('a token passes only with the keys of a document that states the issuer', async () => {
    const clock = createClock();
    const [issuer, other] = [await TestIssuer.create(clock), await TestIssuer.create(clock)];
    const { ask, events } = await protect({
      clock,
      issuer,
      servers: ({ issuer: name }) => [{ issuer: name }],
    });
    for (const path of [oauth, oidc]) {
      issuer.overrides.set(path, () =>
        Response.json({ ...issuer.metadata, issuer: 'https://as.example.com/other' }),
      );
    }
    expect(refused(await ask(await other.sign())).status).toBe(503);
    expect(refused(await ask(await issuer.sign())).status).toBe(503);
    expect(issuer.keySetRequests).toBe(0);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fault', error: expect.objectContaining({ code: 'issuer_mismatch' }) }),
    );
  });

  test('a location that was named by its type is the only one', async () => {
    const { fetch, requests } = serve({
      [`${root}${oauth}`]: page(502),
      [`${root}${oidc}`]: metadataOf(root),
    });
    await expect(fetchServerConfig(root, { fetch, type: 'oauth' })).rejects.toMatchObject({
      code: 'unexpected_status',
      message: `${root}${oauth} answered with status 502`,
    });
    expect(requests).toHaveLength(1);
  });
});

test(
  '[MCP-2026-07-28-MC-008] whatever three places answer, the first usable document is taken, or all three are named',
  propertyTest,
  async () => {
    const places = [`${root}${oauth}/realms/a`, `${root}${oidc}/realms/a`, `${realm}${oidc}`];
    const useless: readonly (() => Response)[] = [
      page(200),
      page(404),
      page(502),
      reset,
      () => Response.json(metadataOf(root)),
      () => Response.json([]),
      () => Response.json(null),
      () => Response.json(metadataOf(realm, { jwks_uri: null })),
      () => Response.json(metadataOf(realm, { issuer: [realm] })),
      () => Response.redirect('https://evil.example/', 302),
      () => new Response(null, { status: 204 }),
      () => new Response(new Uint8Array([0xff, 0xfe])),
    ];
    const answer = fc.option(fc.constantFrom(...useless), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.tuple(answer, answer, answer), async (answers) => {
        const good = () => Response.json(metadataOf(realm));
        const { fetch, requests } = serve(
          Object.fromEntries(places.map((url, index) => [url, answers[index] ?? good])),
        );
        const outcome = fetchServerConfig(realm, { fetch });
        const first = answers.indexOf(undefined);
        if (first === -1) {
          const { message } = await outcome.then(
            () => expect.unreachable(),
            (error: unknown) => error as Error,
          );
          const named = message.match(/https:\S+\/\.well-known\/[\w/-]+/g);
          expect(named).toEqual(expect.arrayContaining(places));
          expect(requests).toEqual(places);
        } else {
          expect((await outcome).type).toBe(first === 0 ? 'oauth' : 'oidc');
          expect(requests).toEqual(places.slice(0, first + 1));
        }
      }),
      { numRuns: propertyRuns },
    );
  },
);

import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { AuthInfo, isAuthInfo } from '../../src/caller/auth-info.js';
import { allowed, metadataUrl, protect, resource } from '../support/protect.js';

describe('[contract row 11] what a handler learns of the caller', () => {
  test('all of it', async () => {
    const { ask, issuer, clock } = await protect();
    const token = await issuer.sign({ aud: [resource, 'other'], tenant: 't' });
    const auth = allowed(await ask(token));
    expect(isAuthInfo(auth)).toBe(true);
    expect(auth.verifiedBy).toBe('jwt');
    expect({ ...Object.fromEntries(Object.entries(auth)), resource: auth.resource }).toEqual({
      token,
      issuer: issuer.issuer,
      clientId: 'client-1',
      scopes: ['read', 'write'],
      audience: [resource, 'other'],
      subject: 'user-1',
      expiresAt: clock.seconds() + 300,
      claims: issuer.claims({ aud: [resource, 'other'], tenant: 't' }),
      resource: new URL(resource),
      resourceMetadataUrl: metadataUrl,
    });
  });

  test('[MCP-EXT-CC-02] a token of a client without a user has its subject as stated, or none', async () => {
    const { ask, issuer } = await protect();
    const auth = allowed(await ask(await issuer.sign({ sub: undefined })));
    expect(auth.subject).toBeUndefined();
  });

  test('what merely looks like it is not taken for it', () => {
    for (const value of [undefined, null, {}, { token: 'x', clientId: 'c', scopes: [] }])
      expect(isAuthInfo(value)).toBe(false);
  });
});

describe('no handler can poison another’s identity', () => {
  test('[MCP-2026-07-28-RS-030] each request gets its own, also at the same moment', async () => {
    const { ask, issuer } = await protect();
    const token = await issuer.sign({ realm: { roles: ['user'] } });
    const [one, two] = await Promise.all([ask(token), ask(token)]).then((both) => both.map(allowed));
    if (one === undefined || two === undefined) throw new Error('not two');
    one.scopes.push('admin');
    one.resource.pathname = '/other';
    (one as { subject: string }).subject = 'root';
    expect(() => ((one.claims as Record<string, unknown>).sub = 'root')).toThrow(TypeError);
    expect(() => (one.claims.realm as { roles: string[] }).roles.push('admin')).toThrow(TypeError);
    const later = allowed(await ask(token));
    for (const auth of [two, later]) {
      expect(auth.scopes).toEqual(['read', 'write']);
      expect(auth.resource.href).toBe(resource);
      expect(auth.subject).toBe('user-1');
      expect(auth.claims).toMatchObject({ sub: 'user-1', realm: { roles: ['user'] } });
    }
  });

  test('[MCP-2026-07-28-RS-030] nor through what a custom verifier keeps', async () => {
    const cached = {
      issuer: 'https://as.example.com',
      audience: [resource],
      scopes: ['read'],
      expiresAt: 4_000_000_000,
      claims: { groups: ['a'] },
    };
    const { ask } = await protect({ mode: () => cached });
    const one = allowed(await ask('opaque'));
    one.scopes.push('admin');
    (one.audience as string[]).push('other');
    expect(() => (one.claims.groups as string[]).push('b')).toThrow(TypeError);
    const two = allowed(await ask('opaque'));
    expect([two.scopes, two.audience, two.claims]).toEqual([['read'], [resource], { groups: ['a'] }]);
    expect(cached).toMatchObject({ audience: [resource], scopes: ['read'], claims: { groups: ['a'] } });
  });

  test('nor through facts that two identities are made of', () => {
    const facts = {
      token: 'opaque',
      issuer: 'https://as.example.com',
      clientId: 'c',
      scopes: ['read'],
      audience: ['a'],
      subject: 'u',
      expiresAt: 1,
      claims: {},
      resource,
      resourceMetadataUrl: metadataUrl,
    };
    const [one, two] = [new AuthInfo(facts), new AuthInfo(facts)];
    one.scopes.push('admin');
    (one.audience as string[]).push('b');
    expect([two.scopes, two.audience]).toEqual([['read'], ['a']]);
    expect(one.resource).not.toBe(two.resource);
  });

  test('the claims do not share an object with those of another token', async () => {
    const { ask, issuer } = await protect();
    const [one, two] = [
      allowed(await ask(await issuer.sign())),
      allowed(await ask(await issuer.sign({ sub: 'user-2' }))),
    ];
    expect(one.claims).not.toBe(two.claims);
  });
});

describe('[MCP-2026-07-28-RS-033] the token is not told to logs', () => {
  const token = 'eyJhbGciOiJFUzI1NiJ9.c2VjcmV0LWNsYWltcw.c2VjcmV0LXNpZ25hdHVyZQ';
  const auth = new AuthInfo({
    token,
    issuer: 'https://as.example.com',
    clientId: 'c',
    scopes: ['read'],
    audience: 'a',
    subject: 'u',
    expiresAt: 1,
    claims: { sub: 'u' },
    resource,
    resourceMetadataUrl: metadataUrl,
  });
  const parts = token.split('.');

  test('not as JSON, at any depth', () => {
    for (const text of [
      JSON.stringify(auth),
      JSON.stringify({ request: { auth } }),
      JSON.stringify([auth]),
    ]) {
      for (const part of parts) expect(text).not.toContain(part);
      expect(text).toContain('"subject":"u"');
    }
  });

  test('not by console.log and util.inspect, at any depth and with any option', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    console.log(auth);
    log.mockRestore();
    for (const value of [auth, { auth }, new Error('x', { cause: auth }), new Map([['auth', auth]])]) {
      const text = inspect(value, { depth: 10, showHidden: true });
      for (const part of parts) expect(text).not.toContain(part);
    }
    expect(inspect(auth)).toContain('redacted');
  });

  test('not by string conversion', () => {
    const convert: (value: unknown) => string = String;
    expect(convert(auth)).toBe('[object Object]');
  });

  test('and the code that needs it finds it where the official SDK expects it', () => {
    expect(auth.token).toBe(token);
  });
});

describe('the resource of a caller is a URL of its own', () => {
  const facts = {
    token: 'opaque',
    issuer: 'https://as.example.com',
    clientId: 'c',
    scopes: ['read'],
    audience: 'a',
    subject: 'u',
    expiresAt: 1,
    claims: {},
    resource,
    resourceMetadataUrl: metadataUrl,
  };

  test('the same each time it is read, and part of the JSON form', () => {
    const auth = new AuthInfo(facts);
    expect(auth.resource).toBe(auth.resource);
    expect(JSON.parse(JSON.stringify(auth))).toMatchObject({ resource, token: '[redacted]' });
    expect(inspect(auth)).toContain(resource);
  });

  test('without the address of its metadata where none is published', () => {
    const auth = new AuthInfo({ ...facts, resourceMetadataUrl: undefined });
    expect(Object.keys(JSON.parse(JSON.stringify(auth)) as object)).not.toContain('resourceMetadataUrl');
  });
});

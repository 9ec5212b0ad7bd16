import { describe, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type { KeyVerifier, PrefixVerifier, VerifyAccessToken } from '../../src/index.js';
import { configError } from '../support/config-error.js';

const resource = 'https://api.example.com/mcp';
const verify = () => undefined;
const issuer = 'https://api.example.com/keys';
const handler = { fetch: () => new Response() };
const introspection = {
  clientAuthentication: { method: 'client_secret_basic', clientId: 'rs', clientSecret: 'secret' },
} as const;
const server = {
  issuer: 'https://auth.example.com',
  tokenIssuers: ['https://auth.example.com', 'urn:tokens'],
};

function protectWith(verifiers: unknown, mode: 'jwt' | 'introspection' | 'auto' = 'jwt', selects?: string) {
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [
      { ...server, introspection: { ...introspection, selects } },
      'https://two.example.com',
    ],
    log: false,
    checkAtStart: false,
  });
  return mcpAuth.protect(handler, mode, { verifiers: verifiers as readonly PrefixVerifier[] });
}

const one = (changes: Record<string, unknown>) => [{ prefix: 'sk_', issuer, verify, ...changes }];
const prefixes = (...given: readonly string[]) => given.map((prefix) => ({ prefix, issuer, verify }));

describe('verifiers are refused, with what to write instead,', () => {
  test.each<[title: string, verifiers: unknown, path: string, says: string]>([
    ['where the list is empty', [], 'verifiers', 'at least one entry'],
    ['where there is no list', one({})[0], 'verifiers', 'put it in a list'],
    [
      'where a prefix is shorter than three characters',
      prefixes('sk'),
      'verifiers[0].prefix',
      'at least 3 characters',
    ],
    [
      'where a prefix holds what no token holds',
      prefixes('sk '),
      'verifiers[0].prefix',
      'at least 3 characters',
    ],
    ['where a prefix ends in padding', prefixes('sk='), 'verifiers[0].prefix', 'at least 3 characters'],
    ['where a prefix is how JWTs begin', prefixes('eyJ'), 'verifiers[0].prefix', 'must not begin as JWTs do'],
    [
      'where a prefix begins as JWTs do',
      prefixes('eyJhbGci'),
      'verifiers[0].prefix',
      'must not begin as JWTs do',
    ],
    [
      'where a prefix is there twice',
      prefixes('sk_', 'sk_'),
      'verifiers[1].prefix',
      'verifiers[0].prefix is "sk_"',
    ],
    [
      'where a prefix begins with an earlier one',
      prefixes('sk_', 'pk_', 'sk_live_'),
      'verifiers[2].prefix',
      'such as "sk_live_" and "sk_test_"',
    ],
    [
      'where an earlier one begins with it',
      prefixes('sk_live_', 'sk_'),
      'verifiers[1].prefix',
      'verifiers[0].prefix is "sk_live_"',
    ],
    ['where nothing says which tokens', one({ prefix: undefined }), 'verifiers[0]', 'Write prefix: "sk_"'],
    ['where two things say which tokens', one({ kind: 'opaque' }), 'verifiers[0]', 'Remove kind'],
    [
      'where a kind is none',
      one({ prefix: undefined, kind: 'jwt' }),
      'verifiers[0].kind',
      'must be "opaque"',
    ],
    ['where the issuer is left out', one({ issuer: undefined }), 'verifiers[0].issuer', 'non-empty string'],
    ['where the issuer is empty', one({ issuer: '' }), 'verifiers[0].issuer', 'non-empty string'],
    [
      'where the issuer is an authorization server',
      one({ issuer: 'https://auth.example.com' }),
      'verifiers[0].issuer',
      'Write a name of your own',
    ],
    [
      'where the issuer is another server of the resource',
      one({ issuer: 'https://two.example.com' }),
      'verifiers[0].issuer',
      'authorizationServers[1]',
    ],
    [
      'where the issuer is one that tokens carry',
      one({ issuer: 'urn:tokens' }),
      'verifiers[0].issuer',
      'authorizationServers[0]',
    ],
    ['where there is no function', one({ verify: undefined }), 'verifiers[0].verify', 'a function'],
    [
      'where verdicts are kept for no time',
      one({ keepVerdicts: {} }),
      'verifiers[0].keepVerdicts.maxAgeSeconds',
      '1 to 3600',
    ],
    [
      'where verdicts are kept for long',
      one({ keepVerdicts: { maxAgeSeconds: 3601 } }),
      'verifiers[0].keepVerdicts.maxAgeSeconds',
      '1 to 3600',
    ],
    ['where a member is unknown', one({ audience: 'x' }), 'verifiers[0].audience', 'is unknown'],
    [
      'where the name of the option is another one',
      one({ cache: { maxAgeSeconds: 60 } }),
      'verifiers[0].cache',
      'keepVerdicts',
    ],
  ])('%s', (_title, verifiers, path, says) => {
    const error = configError(() => protectWith(verifiers));
    expect([error.path, error.message]).toEqual([path, expect.stringContaining(says)]);
  });

  test('where two of them want all that is no JWT', () => {
    const opaque = { kind: 'opaque', issuer, verify };
    expect(configError(() => protectWith([opaque, opaque]))).toMatchObject({ path: 'verifiers[1].kind' });
  });

  test.each(['introspection', 'auto'] as const)('where the mode %s verifies opaque tokens itself', (mode) => {
    const error = configError(() => protectWith([{ kind: 'opaque', issuer, verify }], mode));
    expect(error).toMatchObject({ code: 'unsupported_option', path: 'verifiers[0].kind' });
    expect(error.message).toContain('Use the mode "jwt", or write prefix instead of kind');
  });

  test.each(['sk_', 'sk_live_', 'sk_l'])('where introspection selects %s too', (selects) => {
    const error = configError(() => protectWith(prefixes('sk_live'), 'auto', selects));
    expect(error).toMatchObject({ path: 'verifiers[0].prefix' });
    expect(error.message).toContain(`introspection.selects is "${selects}"`);
  });

  test('where an issuer belongs to a server of another resource: one subject is one person everywhere', () => {
    const metadata = (path: string, auth: string) => ({
      metadata: { resource: `https://api.example.com/${path}`, authorizationServers: [auth] },
    });
    const mcpAuth = new MCPAuth({
      protectedResources: [metadata('a', 'https://a.example.com'), metadata('b', 'https://b.example.com')],
      log: false,
    });
    const verifiers = [{ prefix: 'sk_', issuer: 'https://b.example.com', verify }];
    const error = configError(() =>
      mcpAuth.protect(handler, { resource: 'https://api.example.com/a', verifiers }),
    );
    expect(error.path).toBe('verifiers[0].issuer');
  });

  test.each(['apiKeys', 'keys'])('where the option is called %s', (name) => {
    const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'], log: false });
    const error = configError(() => mcpAuth.protect(handler, { [name]: [] }));
    expect(error.message).toContain('Write verifiers: [{ prefix, issuer, verify }]');
  });
});

test('an error never shows what may be a key', () => {
  const error = configError(() =>
    protectWith([{ prefix: 'sk_', issuer, verify: 'sk_6f0c2d9a41be87e3550d' }]),
  );
  expect(error.message).not.toContain('6f0c');
});

describe('what is right', () => {
  test.each(['jwt', 'introspection', 'auto'] as const)('is taken beside the mode %s', (mode) => {
    expect(
      protectWith(prefixes('sk_live_', 'sk_test_', 'pat-'), mode === 'jwt' ? 'jwt' : 'auto'),
    ).toBeDefined();
  });

  test('invalid combinations do not compile', () => {
    const opaque = { kind: 'opaque', issuer, verify } as const satisfies KeyVerifier;
    const prefixed = { prefix: 'sk_', issuer, verify } as const satisfies KeyVerifier;
    const verifyAll: VerifyAccessToken = () => ({ issuer: 'https://auth.example.com' });
    // Compiled, and never called
    const compiled = (mcpAuth: MCPAuth) => [
      mcpAuth.protect(handler, { verifiers: [prefixed, opaque] }),
      mcpAuth.protect(handler, 'jwt', { verifiers: [opaque] }),
      mcpAuth.protect(handler, 'auto', { verifiers: [prefixed] }),
      mcpAuth.protect(handler, verifyAll, { verifiers: [prefixed] }),
      // @ts-expect-error -- introspection verifies opaque tokens
      mcpAuth.protect(handler, 'auto', { verifiers: [opaque] }),
      // @ts-expect-error -- introspection verifies opaque tokens
      mcpAuth.protect(handler, 'introspection', { verifiers: [opaque] }),
      // @ts-expect-error -- the function verifies opaque tokens
      mcpAuth.protect(handler, verifyAll, { verifiers: [opaque] }),
      // @ts-expect-error -- which tokens?
      mcpAuth.protect(handler, { verifiers: [{ issuer, verify }] }),
      // @ts-expect-error -- two ways to select
      mcpAuth.protect(handler, { verifiers: [{ ...prefixed, kind: 'opaque' }] }),
      // @ts-expect-error -- callers need an issuer
      mcpAuth.protect(handler, { verifiers: [{ prefix: 'sk_', verify }] }),
      // @ts-expect-error -- somebody must be the owner of a key
      mcpAuth.protect(handler, { verifiers: [{ ...prefixed, verify: () => ({ scopes: [] }) }] }),
    ];
    expect(compiled).toBeTypeOf('function');
  });
});

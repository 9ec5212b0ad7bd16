import { describe, expect, it } from 'vitest';
import {
  checkAuthorizationServerForMcp,
  checkProtectedResourceForMcp,
  crossCheckMetadata,
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
  MetadataError,
  parseAuthorizationServerMetadata,
  parseProtectedResourceMetadata,
  validateAuthorizationServerMetadata,
  validateProtectedResourceMetadata,
  type Finding,
} from '../src/index.js';
import { put } from './support/arbitrary-document.js';
import { documentsUnderTest } from './support/documents.js';

const as = { issuer: 'https://as.example', response_types_supported: ['code'] };
const deep = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level++) value = { jwks: value, mtls_endpoint_aliases: value };
  return value;
};
const throwing = new Proxy(as, {
  get() {
    throw new Error('get');
  },
  ownKeys() {
    throw new Error('ownKeys');
  },
  getPrototypeOf() {
    throw new Error('getPrototypeOf');
  },
});
const revoked = (() => {
  const { proxy, revoke } = Proxy.revocable(as, {});
  revoke();
  return proxy;
})();
const endless = new Proxy<string[]>([], {
  get: (_, key) => (key === 'length' ? Number.MAX_SAFE_INTEGER : 'x'),
});
const shrinking = new Proxy<string[]>(['a', 'b', 'c'], {
  get: (target, key) => (key === 'length' ? 3 : (Reflect.get(target, key) as unknown)),
});
const withGetter = (name: string, get: () => unknown) =>
  Object.defineProperty({ ...as }, name, { enumerable: true, get });

const hostile: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['text', '{"issuer":"https://as.example"}'],
  ['bytes', new TextEncoder().encode('{"issuer":"https://as.example"}')],
  ['an array', [as]],
  ['a function', () => as],
  ['a symbol', Symbol('x')],
  ['a boxed string', new String('x')],
  ['an object without prototype', Object.assign(Object.create(null) as object, as)],
  ['a throwing proxy', throwing],
  ['a revoked proxy', revoked],
  [
    'a throwing getter',
    withGetter('jwks_uri', () => {
      throw new Error('get');
    }),
  ],
  ['an endless array', { ...as, scopes_supported: endless }],
  ['a million holes', { ...as, scopes_supported: new Array<string>(1_000_000) }],
  ['an array of holes', { ...as, scopes_supported: new Array<string>(9_999) }],
  ['a million elements', { ...as, scopes_supported: new Array<string>(1_000_000).fill('x') }],
  ['ten thousand wrong elements', { ...as, scopes_supported: new Array<number>(10_000).fill(1) }],
  ['a megabyte of URL', { ...as, jwks_uri: `https://as.example/${'a'.repeat(1_000_000)}` }],
  ['a megabyte of host', { ...as, jwks_uri: `https://${'a.'.repeat(500_000)}example` }],
  ['a megabyte of nothing', { ...as, signed_metadata: '.'.repeat(1_000_000) }],
  ['a megabyte of language tag', { ...as, [`resource_name#${'a-'.repeat(500_000)}`]: 'x' }],
  [
    'a hundred thousand members',
    Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`x_${String(i)}`, i])),
  ],
  ['deep nesting', deep(100_000)],
  ['a lone surrogate', { ...as, issuer: 'https://as.example/\ud800' }],
  ['control characters', { ...as, issuer: 'https://as.example/\u0000' }],
  [
    'dates, maps, regular expressions',
    { ...as, jwks: new Date(), mtls_endpoint_aliases: new Map(), scopes_supported: /x/ },
  ],
];

const judges: readonly (readonly [string, (input: unknown) => readonly unknown[]])[] = [
  ...documentsUnderTest.map(({ id, validate }) => [`validate ${id}`, validate] as const),
  ['lint server', lintAuthorizationServerMetadata],
  ['lint provider', lintOpenIDProviderMetadata],
  ['lint resource', lintProtectedResourceMetadata],
  [
    'check server',
    (input) => checkAuthorizationServerForMcp(input, { revision: '2026-07-28', openid: true }),
  ],
  [
    'check resource',
    (input) => checkProtectedResourceForMcp(input, { revision: '2026-07-28', endpoint: 'https://r.example' }),
  ],
  ['cross-check', (input) => crossCheckMetadata(input, input)],
];

describe.each(judges)('%s', (_, judge) => {
  it.each(hostile)('gives a bounded verdict and never throws: %s', (_name, input) => {
    const verdict = judge(input);
    expect(Array.isArray(verdict)).toBe(true);
    expect(verdict.length).toBeLessThanOrEqual(501);
  });
});

describe('hostile documents', () => {
  it('throw nothing but the typed error when parsed', () => {
    for (const [, input] of hostile) {
      for (const parse of [parseAuthorizationServerMetadata, parseProtectedResourceMetadata]) {
        try {
          parse(input);
        } catch (error) {
          expect(error).toBeInstanceOf(MetadataError);
        }
      }
    }
  });

  it('say where they cannot be read, as the document itself', () => {
    for (const input of [
      throwing,
      revoked,
      withGetter('jwks_uri', () => {
        throw new Error('get');
      }),
    ]) {
      expect(validateAuthorizationServerMetadata(input)).toContainEqual(
        expect.objectContaining({ code: 'type', path: [] }),
      );
      const findings: readonly Finding[] = lintAuthorizationServerMetadata(input);
      expect(findings.some(({ code }) => code === 'unreadable')).toBe(true);
    }
  });

  it('are refused unread where an array is too long, and the limit itself is fine', () => {
    const verdict = (length: number) =>
      validateAuthorizationServerMetadata({ ...as, scopes_supported: new Array<string>(length).fill('x') });
    expect(verdict(10_000)).toEqual([]);
    expect(verdict(10_001).map(({ code, path }) => [code, path])).toEqual([['size', ['scopes_supported']]]);
    expect(validateAuthorizationServerMetadata({ ...as, scopes_supported: endless })).toHaveLength(1);
    expect(validateAuthorizationServerMetadata({ ...as, scopes_supported: shrinking })).toEqual([]);
  });

  it('have at most a hundred issues reported', () => {
    const scopes = new Array<unknown>(10_000).fill(1);
    expect(validateAuthorizationServerMetadata({ ...as, scopes_supported: scopes })).toHaveLength(100);
  });

  it('cannot smuggle members in through a prototype key, nor pollute anything', () => {
    const document: Record<string, unknown> = {};
    put(document, '__proto__', { issuer: 'https://evil.example', response_types_supported: ['code'] });
    expect(validateAuthorizationServerMetadata(document).map(({ code }) => code)).toEqual([
      'required',
      'required',
    ]);
    const parsed: unknown = JSON.parse(
      '{"resource":"https://r.example","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(validateProtectedResourceMetadata(parsed)).toEqual([]);
    expect(parseProtectedResourceMetadata(parsed)).toBe(parsed);
    lintProtectedResourceMetadata(parsed);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('never see their values repeated in issues, errors or findings', () => {
    const secret = 's3cr3t-value';
    const document = {
      issuer: `${secret} x`,
      jwks_uri: `http://${secret}.example`,
      scopes_supported: [1, secret],
      dpop_signing_alg_values_supported: [secret],
      code_challenge_methods_supported: [secret],
    };
    const said = [
      validateAuthorizationServerMetadata(document),
      lintAuthorizationServerMetadata(document, { expected: 'https://as.example' }),
      checkAuthorizationServerForMcp(document, { revision: '2026-07-28' }),
    ];
    expect(JSON.stringify(said)).not.toContain(secret);
    expect(() => parseAuthorizationServerMetadata(document)).toThrow(/issuer/);
    expect(() => parseAuthorizationServerMetadata(document)).not.toThrow(new RegExp(secret));
  });

  it('are handed back untouched when they do parse', () => {
    const document = Object.freeze({ ...as, x_vendor: Object.freeze({ a: 1 }), 'resource_name#de': 'x' });
    expect(parseAuthorizationServerMetadata(document)).toBe(document);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../codegen/read-schema.js';
import { arbitraryDocument, asJson, put } from '../support/arbitrary-document.js';
import {
  authorizationServerMetadataToCamelCase,
  authorizationServerMetadataToWire,
  MetadataError,
  openIDProviderMetadataToCamelCase,
  openIDProviderMetadataToWire,
  protectedResourceMetadataToCamelCase,
  protectedResourceMetadataToWire,
  type AuthorizationServerMetadata,
} from '../../src/index.js';
import { documents } from '../../src/sources/documents.js';
import { camelCase } from '../../src/runtime/key-map.js';

type Renamer = (document: never) => object;

const converters: Readonly<Record<string, readonly [Renamer, Renamer]>> = {
  authorization_server: [authorizationServerMetadataToCamelCase, authorizationServerMetadataToWire],
  openid_provider: [openIDProviderMetadataToCamelCase, openIDProviderMetadataToWire],
  protected_resource: [protectedResourceMetadataToCamelCase, protectedResourceMetadataToWire],
};
const models = documents.filter((source) => source.camelCase).map(readDocument);

const as = { issuer: 'https://as.example', response_types_supported: ['code'] };
const toCamelCase = (document: object) =>
  authorizationServerMetadataToCamelCase(document as AuthorizationServerMetadata) as object as Record<
    string,
    unknown
  >;
const toWire = (document: object) =>
  authorizationServerMetadataToWire(document as never) as Record<string, unknown>;

const isPlain = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

describe('the camelCase form of a wire name', () => {
  it.each([
    ['jwks_uri', 'jwksUri'],
    ['op_policy_uri', 'opPolicyUri'],
    ['require_request_uri_registration', 'requireRequestUriRegistration'],
    ['tls_client_certificate_bound_access_tokens', 'tlsClientCertificateBoundAccessTokens'],
    ['dpop_signing_alg_values_supported', 'dpopSigningAlgValuesSupported'],
    ['pre-authorized_grant_anonymous_access_supported', 'preAuthorizedGrantAnonymousAccessSupported'],
    ['mtls_endpoint_aliases', 'mtlsEndpointAliases'],
    ['issuer', 'issuer'],
  ])('%s is %s', (wire, camel) => {
    expect(camelCase(wire)).toBe(camel);
    expect(toCamelCase({ [wire]: 1 })).toEqual({ [camel]: 1 });
    expect(toWire({ [camel]: 1 })).toEqual({ [wire]: 1 });
  });

  it.each(models)('is different for every member of $id', ({ root }) => {
    const names = root.members.map(({ name }) => camelCase(name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
  });
});

describe.each(models)('$id: renaming', (model) => {
  const [there, back] = converters[model.id]!;
  const camelNames = new Set(
    model.root.members.map(({ name }) => camelCase(name)).filter((name) => /[A-Z]/.test(name)),
  );

  it('loses nothing on the way there and back, with every document, and leaves the input alone', () => {
    const object = arbitraryDocument(model)
      .map(asJson)
      .filter(isPlain)
      // The one thing that is meant to get lost: see the test on unregistered camelCase members.
      .filter((input) =>
        [input, Object(input['mtls_endpoint_aliases']) as object].every((part) =>
          Object.keys(part).every((name) => !camelNames.has(name)),
        ),
      );
    fc.assert(
      fc.property(object, (input) => {
        const before = Object.entries(input);
        const result = back(there(input as never) as never);
        expect(Object.entries(result)).toEqual(before);
        expect(Object.entries(input)).toEqual(before);
      }),
      { numRuns: process.env['SOAK'] === 'full' ? 5_000 : 1_000 },
    );
  });
});

describe('renaming', () => {
  it('passes vendor members and language variants through untouched', () => {
    const document = {
      resource: 'https://r.example',
      'resource_name#de': 'Notizen',
      x_vendor_flag: { a_b: 1 },
    };
    const camel = protectedResourceMetadataToCamelCase(document);
    expect(camel).toEqual(document);
    expect(protectedResourceMetadataToWire(camel)).toEqual(document);
  });

  it('renames inside objects of known shape', () => {
    const document = { ...as, mtls_endpoint_aliases: { token_endpoint: 'https://mtls.example/t', x_y: 1 } };
    expect(toCamelCase(document)).toEqual({
      issuer: 'https://as.example',
      responseTypesSupported: ['code'],
      mtlsEndpointAliases: { tokenEndpoint: 'https://mtls.example/t', x_y: 1 },
    });
    expect(toWire(toCamelCase(document))).toEqual(document);
  });

  it('leaves objects of foreign shape as they are, key sets above all', () => {
    const jwks = { keys: [{ kty: 'EC', key_ops: ['verify'], 'x5t#S256': 'x' }] };
    expect(toCamelCase({ ...as, jwks })['jwks']).toBe(jwks);
  });

  it('does not take an unregistered camelCase member of a wire document for the registered one', () => {
    expect(toCamelCase({ ...as, jwksUri: 'https://evil.example/' })).not.toHaveProperty('jwksUri');
    const both = { ...as, jwksUri: 'https://evil.example/', jwks_uri: 'https://as.example/jwks' };
    expect(toCamelCase(both)['jwksUri']).toBe('https://as.example/jwks');
  });

  it('lets the wire name win where a hand-written document has both, in either order', () => {
    expect(toWire({ jwks_uri: 'wire', jwksUri: 'camel' })).toEqual({ jwks_uri: 'wire' });
    expect(toWire({ jwksUri: 'camel', jwks_uri: 'wire' })).toEqual({ jwks_uri: 'wire' });
  });

  it('makes an ordinary member of an own __proto__, and pollutes nothing', () => {
    const document: Record<string, unknown> = { ...as };
    put(document, '__proto__', { polluted: true });
    const renamed = toCamelCase(document);
    expect(Object.getPrototypeOf(renamed)).toBe(Object.prototype);
    expect(Object.keys(renamed)).toContain('__proto__');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(toCamelCase({ constructor: 1, toString: 2, hasOwnProperty: 3 })).toEqual({
      constructor: 1,
      toString: 2,
      hasOwnProperty: 3,
    });
  });

  it('refuses what cannot be renamed with the typed error', () => {
    const throwing = Object.defineProperty({}, 'issuer', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    for (const bad of [null, undefined, 'text', [1], throwing]) {
      expect(() => toCamelCase(bad as object)).toThrow(MetadataError);
      expect(() => toWire(bad as object)).toThrow(MetadataError);
    }
  });
});

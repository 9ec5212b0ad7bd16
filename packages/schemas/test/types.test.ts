import { describe, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type {
  AuthorizationServerMetadata,
  CamelCaseAuthorizationServerMetadata,
  CamelCaseProtectedResourceMetadata,
  EndpointAliases,
  Issue,
  IssueCode,
  OpenIDProviderMetadata,
  ProtectedResourceMetadata,
} from '../src/index.js';
import { validateAuthorizationServerMetadata } from '../src/index.js';
import type {
  authorizationServerMetadataSchema,
  openIDProviderMetadataSchema,
  protectedResourceMetadataSchema,
} from '../src/zod.js';

/** An interface with exact optional members, as zod would infer it: optional members may be `undefined`. */
type Inferred<T> = {
  [K in keyof T as string extends K ? never : `${string}#${string}` extends K ? never : K]: T[K];
};
type Loose<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] };

describe('the generated interfaces', () => {
  it('are what zod infers from the sources, member by member', () => {
    type Same<Schema extends z.ZodType, Generated> = keyof Inferred<z.output<Schema>> extends keyof Generated
      ? Loose<Generated> extends z.input<Schema>
        ? true
        : ['not assignable to the zod input', Generated]
      : ['keys differ', Exclude<keyof Inferred<z.output<Schema>>, keyof Generated>];
    expectTypeOf<
      Same<typeof authorizationServerMetadataSchema, AuthorizationServerMetadata>
    >().toEqualTypeOf<true>();
    expectTypeOf<Same<typeof openIDProviderMetadataSchema, OpenIDProviderMetadata>>().toEqualTypeOf<true>();
    expectTypeOf<
      Same<typeof protectedResourceMetadataSchema, ProtectedResourceMetadata>
    >().toEqualTypeOf<true>();
  });

  it('type registered members, language variants and vendor members of a wire document', () => {
    type Wire = ProtectedResourceMetadata;
    expectTypeOf<Wire['resource']>().toEqualTypeOf<string>();
    expectTypeOf<Wire['authorization_servers']>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<Wire['resource_name#de']>().toEqualTypeOf<string>();
    expectTypeOf<Wire['x_vendor']>().toEqualTypeOf<unknown>();
    expectTypeOf<AuthorizationServerMetadata['mtls_endpoint_aliases']>().toEqualTypeOf<
      EndpointAliases | undefined
    >();
  });

  it('catch a misspelt member of a hand-written camelCase document, and let vendor members be', () => {
    const good = {
      resource: 'https://r.example',
      authorizationServers: ['https://as.example'],
      'resource_name#de': 'Notizen',
      x_vendor: 1,
    } satisfies CamelCaseProtectedResourceMetadata;
    expectTypeOf(good.resource).toBeString();
    const misspelt: CamelCaseProtectedResourceMetadata = {
      resource: 'https://r.example',
      // @ts-expect-error authorizationServer is no member
      authorizationServer: 'https://as.example',
    };
    // @ts-expect-error the issuer is required
    const incomplete: CamelCaseAuthorizationServerMetadata = { responseTypesSupported: ['code'] };
    const wrong: CamelCaseAuthorizationServerMetadata = {
      issuer: 'https://as.example',
      responseTypesSupported: ['code'],
      // @ts-expect-error aliases are renamed too
      mtlsEndpointAliases: { tokenEndpoint: 1 },
    };
    expectTypeOf([misspelt, incomplete, wrong]).toBeArray();
  });

  it('close the list of issue codes, so that a switch over it can be exhaustive', () => {
    expectTypeOf<IssueCode>().toEqualTypeOf<'required' | 'type' | 'format' | 'value' | 'size'>();
    expectTypeOf(validateAuthorizationServerMetadata).returns.toEqualTypeOf<readonly Issue[]>();
  });
});

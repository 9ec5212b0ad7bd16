import type { DocumentKind } from '../generated/document-kind.js';
import type { Rules } from './rules.js';

/** The kinds of document that can be linted. */
export type MetadataKind = Extract<
  DocumentKind,
  'authorization_server' | 'openid_provider' | 'protected_resource'
>;

/** A kind of document with its rules. */
export interface Subject {
  readonly kind: MetadataKind;
  readonly rules: Rules;
  /** The member that identifies the publisher. */
  readonly identifier: 'issuer' | 'resource';
}

const emptyArray = {
  authorization_server: 'RFC8414-3.2-01',
  openid_provider: 'OIDCD-4.2-01',
  protected_resource: 'RFC9728-3.2-03',
} as const satisfies Record<MetadataKind, string>;

const identity = {
  authorization_server: 'RFC8414-3.3-01',
  openid_provider: 'OIDCD-4.3-01',
  protected_resource: 'RFC9728-3.3-01',
} as const satisfies Record<MetadataKind, string>;

const unregistered = {
  authorization_server: 'RFC 8414 section 2',
  openid_provider: 'OpenID Connect Discovery 1.0 section 3',
  protected_resource: 'RFC9728-3.2-02',
} as const satisfies Record<MetadataKind, string>;

const https: Readonly<Record<string, string>> = {
  issuer: 'RFC8414-2-01',
  jwks_uri: 'RFC8414-2-05',
  resource: 'RFC9728-1.2-01',
};

const algorithms: Readonly<Record<string, string>> = {
  token_endpoint_auth_signing_alg_values_supported: 'RFC8414-2-04',
  revocation_endpoint_auth_signing_alg_values_supported: 'RFC8414-2-04',
  introspection_endpoint_auth_signing_alg_values_supported: 'RFC8414-2-04',
  resource_signing_alg_values_supported: 'RFC9728-2-03',
  dpop_signing_alg_values_supported: 'RFC9449-5.1-01',
};

/** The requirement behind a rule, by kind of document and member. */
export const requirement = {
  emptyArray: ({ kind }: Subject) => emptyArray[kind],
  identity: ({ kind }: Subject) => identity[kind],
  https: ({ kind }: Subject, member: string) =>
    kind === 'protected_resource' && member === 'jwks_uri'
      ? 'RFC9728-2-02'
      : (https[member] ?? 'OAUTH21-1.5-01'),
  algorithms: ({ rules }: Subject, member: string) => algorithms[member] ?? rules.sources[member] ?? '',
  values: ({ rules }: Subject, member: string) =>
    member === 'bearer_methods_supported' ? 'RFC9728-2-05' : (rules.sources[member] ?? ''),
  heldValues: ({ rules }: Subject, member: string) =>
    member === 'id_token_signing_alg_values_supported' ? 'OIDCD-3-01' : (rules.sources[member] ?? ''),
  recommended: ({ kind, rules }: Subject, member: string) =>
    kind === 'protected_resource' ? 'RFC9728-2-04' : (rules.sources[member] ?? ''),
  unregistered: ({ kind }: Subject) => unregistered[kind],
} as const;

/**
 * What a standard asks of a member beyond its type. None of it decides whether a document parses: the lint level
 * reports it, apart from those marked `told`, which only a reader of the reference tables needs.
 */
export type Constraint =
  | keyof typeof constraintTexts
  | `must hold ${string}`
  | `should hold ${string}`
  | `only ${string}`;

export const constraintTexts = {
  https: 'the `https` scheme',
  'no query': 'no query component',
  'no fragment': 'no fragment component',
  'same identifier': 'equals, code point by code point, the identifier the consumer started from',
  'not empty': 'at least one element; an empty list is expressed by leaving the member out',
  'empty means none': 'an empty array is legal and means that nothing is offered',
  'no none': '`none` is not allowed',
  'asymmetric only': 'asymmetric signature algorithms only',
  'jws algorithms': 'names of signature algorithms from the JOSE registry',
  'pkce methods': 'names from the PKCE code challenge methods registry',
  'client authentication methods': 'names from the token endpoint authentication methods registry',
  'language tags': 'BCP 47 language tags',
  'issuer identifiers': 'each value is an issuer identifier: https, no query, no fragment',
  'resource identifiers': 'each value is a resource identifier: https, no fragment',
  'endpoint names': 'each member is the name of an endpoint member',
  'endpoint urls': 'each endpoint value is a URL',
  'other names ignored': 'members that do not name an endpoint are ignored',
  'ordinary endpoint otherwise': 'an endpoint that is absent here is reached at its ordinary URL',
  'key use': 'every key states its `use` when the set holds both signing and encryption keys',
  'registered spelling':
    'combined types in the spelling of their registration; the order inside one value means nothing',
  'may hold port, path and query': 'port, path and query are allowed',
  'none allowed': '`none` is allowed',
  'none without front channel': '`none` only when no ID Token comes from the authorization endpoint',
  'query discouraged': 'a query component is legal but discouraged',
  'holds iss': 'the JWT has an `iss` claim',
  'not nested': 'the JWT has no `signed_metadata` claim',
  'claims win': 'claims of the JWT win over plain members, for consumers that support it',
  'signature verified': 'the signature verifies with a key of its issuer, or the document is an error',
} as const;

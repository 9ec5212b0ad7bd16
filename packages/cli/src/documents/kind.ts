/** The documents that are judged. */
export type DocumentKind = 'oauth' | 'openid' | 'resource';

/** All of them, as a flag names them. */
export const documentKinds: readonly DocumentKind[] = ['oauth', 'openid', 'resource'];

/** What each is called, and where it is described. */
export const kindTexts: Readonly<Record<DocumentKind, { readonly name: string; readonly clause: string }>> = {
  oauth: { name: 'authorization server metadata', clause: 'RFC 8414 §2' },
  openid: { name: 'OpenID provider configuration', clause: 'OpenID Connect Discovery 1.0 §3' },
  resource: { name: 'protected resource metadata', clause: 'RFC 9728 §2' },
};

/** Members that only one kind has, the surest first. */
const marks: readonly (readonly [member: string, kind: DocumentKind])[] = [
  ['authorization_servers', 'resource'],
  ['resource', 'resource'],
  ['subject_types_supported', 'openid'],
  ['id_token_signing_alg_values_supported', 'openid'],
  ['userinfo_endpoint', 'openid'],
  ['issuer', 'oauth'],
  ['token_endpoint', 'oauth'],
];

/** The kind by what a document is about, or `undefined` where it seems to be none of them. */
export function detectKind(document: unknown): DocumentKind | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  return marks.find(([member]) => Object.hasOwn(document, member))?.[1];
}

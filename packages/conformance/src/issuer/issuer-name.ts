/**
 * The authorization servers that a case may meet.
 *
 * `primary` publishes OAuth metadata at its origin, `secondary` OpenID metadata below a path; which of them a resource
 * trusts is up to the profile. `foreign` is never trusted: it stands for an attacker's server.
 */
export type IssuerName = (typeof issuerNames)[number];

export const issuerNames = ['primary', 'secondary', 'foreign'] as const;

/**
 * Signing keys of an issuer. `next` and the spare ones are held back until an issuer is told to publish them; `unpublished` never is.
 * `weak-rsa` has 1024 bits; the published form of `off-curve` is a point that its curve does not have.
 */
export type KeyName =
  | 'es256'
  | 'rs256'
  | 'ed25519'
  | 'weak-rsa'
  | 'off-curve'
  | 'next'
  | 'unpublished'
  | `spare-${number}`;

/** What an endpoint of an issuer does: its duty, or one of the ways in which real ones fail. */
export type EndpointMode =
  | 'works'
  /** Status 500. */
  | 'fails'
  /** Accepts the request and never answers. */
  | 'hangs'
  /** Closes the connection without an answer. */
  | 'closes'
  /** Status 200 and a web page. */
  | 'html'
  /** Says JSON and sends something else. */
  | 'not-json'
  /** A document of several megabytes. */
  | 'too-large'
  /** An empty JSON object. */
  | 'empty'
  /** Metadata of another issuer. */
  | 'wrong-issuer'
  /** Redirects to another origin. */
  | 'redirects';

/** What an introspection endpoint does besides. */
export type IntrospectionMode =
  | EndpointMode
  /** Status 401 for any credentials. */
  | 'unauthorized'
  /** Status 403. */
  | 'forbidden'
  /** Status 200 and an OAuth error instead of a verdict. */
  | 'error-in-200'
  /** Status 403 for tokens it does not know, as a firewall in front of it may answer. */
  | 'refuses-unknown';

/** How an issuer signs answers about tokens, where these are asked for signed (RFC 9701 §5). */
export type AnswerSigning =
  | 'well'
  /** Plain JSON all the same. */
  | 'never'
  /** For another resource server. */
  | 'other-audience'
  /** In the name of another issuer. */
  | 'other-issuer'
  /** With a key that is not published. */
  | 'other-key'
  /** With the `typ` of an access token. */
  | 'as-access-token'
  /** An hour ago. */
  | 'long-ago'
  /** Without the claim that holds the verdict. */
  | 'empty';

/** How an issuer behaves from now on; what is left out stays as it is. */
export interface IssuerBehaviour {
  readonly metadata?: EndpointMode;
  readonly keys?: EndpointMode;
  readonly publishes?: readonly KeyName[];
  readonly introspection?: IntrospectionMode;
  readonly signs?: AnswerSigning;
  /** Tokens that are not active any more. */
  readonly revoked?: readonly string[];
}

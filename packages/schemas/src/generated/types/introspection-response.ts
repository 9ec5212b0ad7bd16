// Generated from src/sources by pnpm codegen. Do not edit.

import type { Confirmation } from './access-token-claims.js';
import type { AuthorizationDetail } from './access-token-claims.js';

/** Answer of an introspection endpoint (RFC 7662). */
export interface IntrospectionResponse {
  /**
   * Whether the token is active. Nothing else in the answer means anything unless it is true.
   *
   * @see RFC 7662 section 2.2
   */
  active: boolean;
  /**
   * Granted scopes, separated by spaces.
   *
   * @see RFC 7662 section 2.2
   */
  scope?: string;
  /**
   * The client the token was issued to.
   *
   * @see RFC 7662 section 2.2
   */
  client_id?: string;
  /**
   * Name of the resource owner for people.
   *
   * @see RFC 7662 section 2.2
   */
  username?: string;
  /**
   * Type of the token.
   *
   * @see RFC 7662 section 2.2
   */
  token_type?: string;
  /**
   * When the token expires, in seconds since the epoch.
   *
   * @see RFC 7662 section 2.2
   */
  exp?: number;
  /**
   * When the token was issued, in seconds since the epoch.
   *
   * @see RFC 7662 section 2.2
   */
  iat?: number;
  /**
   * When the token becomes valid, in seconds since the epoch.
   *
   * @see RFC 7662 section 2.2
   */
  nbf?: number;
  /**
   * Whom the token is about.
   *
   * @see RFC 7662 section 2.2
   */
  sub?: string;
  /**
   * Whom the token is for.
   *
   * @see RFC 7662 section 2.2
   */
  aud?: string | string[];
  /**
   * Who issued the token.
   *
   * @see RFC 7662 section 2.2
   */
  iss?: string;
  /**
   * Name of the token.
   *
   * @see RFC 7662 section 2.2
   */
  jti?: string;
  /**
   * When the user logged in, in seconds since the epoch.
   *
   * @see RFC 9470 section 6.2
   */
  auth_time?: number;
  /**
   * How the user logged in, as a class.
   *
   * @see RFC 9470 section 6.2
   */
  acr?: string;
  /**
   * How the user logged in, as methods.
   *
   * @see RFC 8176 section 1
   */
  amr?: string[];
  /**
   * The key the token is bound to.
   *
   * @see RFC 8705 section 3.2
   */
  cnf?: Confirmation;
  /**
   * Who acts on behalf of the subject.
   *
   * @see RFC 8693 section 4.1
   */
  act?: { [member: string]: unknown };
  /**
   * Granted authorization in detail.
   *
   * @see RFC 9396 section 9.2
   */
  authorization_details?: AuthorizationDetail[];
  [other: string]: unknown;
}

import type { Claims } from '../token/token-policy.js';

/** What an authorization server said about one token (RFC 7662 §2.2). */
export type IntrospectionAnswer =
  | { readonly kind: 'inactive' }
  | {
      readonly kind: 'active';
      /** All members of the answer, deeply frozen, without any that repeats the token. */
      readonly claims: Claims;
      /** When the server said so. Seconds since the epoch. */
      readonly answeredAt: number;
    };

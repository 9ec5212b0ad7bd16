import type { BearerAuthOptions } from './bearer-auth-options.js';

/**
 * Options of a route in legacy mode, where no resource has an identifier: `audience` says whose tokens are accepted.
 *
 * `undefined` leaves it to `audiences` or `dangerouslyAcceptAnyAudience` of the server; without one of these it is a
 * configuration error.
 */
export type LegacyOptions<Options extends BearerAuthOptions> = Options extends unknown
  ? Omit<Options, 'resource' | 'audience'> & {
      readonly resource?: never;
      readonly audience: string | readonly string[] | undefined;
    }
  : never;

// The official SDK, version 1, is optional: without it AuthInfo is any, and there is nothing to augment
// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- no error where it is installed, as it is here
// @ts-ignore
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- as above
// @ts-ignore
declare module '@modelcontextprotocol/sdk/server/auth/types.js' {
  interface AuthInfo {
    token: string;
    /** Issuer identifier of the authorization server that issued the token. */
    issuer: string;
    clientId: string;
    scopes: string[];
    expiresAt?: number;
    /** `sub` of the token: the user, or the client itself. Unique per issuer only. */
    subject?: string;
    /** `aud` of the token. */
    audience?: string | string[];
    /** All claims of the token. */
    claims?: Record<string, unknown>;
  }
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Express offers this namespace for augmentation
  namespace Express {
    interface Request {
      /** The caller, on routes behind `bearerAuth`. */
      auth?: AuthInfo;
    }
  }
}

/** `AuthInfo` of the official SDK, version 1, with the members that this package adds. */
export type { AuthInfo };

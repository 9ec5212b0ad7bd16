// The official SDK, version 1, is optional: without it `AuthInfo` is `any`, and nothing is augmented
// @ts-ignore
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

// @ts-ignore
declare module '@modelcontextprotocol/sdk/server/auth/types.js' {
  interface AuthInfo {
    token: string;
    /** Issuer of the token. */
    issuer: string;
    clientId: string;
    scopes: string[];
    expiresAt?: number;
    /** `sub` of the token. */
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

export type { AuthInfo };

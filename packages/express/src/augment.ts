import type { AuthInfo } from '@mcp-auth/core';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Express offers this namespace for augmentation
  namespace Express {
    interface Request {
      /**
       * The caller, on routes behind `bearerAuth`. Do not load this together with the official Express package of the MCP
       * SDK: it declares the same property.
       */
      auth?: AuthInfo;
    }
  }
}

import type { RequestListener } from 'node:http';
import type { Json } from './issuers.js';

/** A token that the server of a page must refuse: the shape of the page, with other claims. */
export interface WrongToken {
  readonly what: 'ID token of the same client' | 'other tenant' | 'other audience' | (string & {});
  readonly claims: Json;
  readonly header?: Json;
  /** It is the one that the page calls the most reported error. */
  readonly reported?: true;
}

/** How a provider's page is shown to be right. */
export interface ProviderCase {
  /** Of its page, of its server, and of the shape of its tokens. */
  readonly name: string;
  readonly load: () => Promise<{ readonly app: RequestListener }>;
  /** What the page calls recorded: documents that the provider published once. */
  readonly recorded: Readonly<Record<string, Json>>;
  /** What the page calls written: documents that follow the documentation of the provider. */
  readonly written: Readonly<Record<string, Json>>;
  /** What the server says of these documents when it has read them. */
  readonly warnings: readonly string[];
  /** More shapes that the page shows and the server accepts. */
  readonly alsoAccepted?: readonly string[];
  /** Claims of the documented token that the configuration of the page makes the provider write. */
  readonly configured?: Json;
  readonly refused: readonly WrongToken[];
  /** The documented token without the scope that the route needs; none where the tokens of the provider have no scopes. */
  readonly withoutScope?: Json;
  /** How a token gets its claims where it is no JWT: the provider tells them. */
  readonly opaque?: {
    readonly url: string;
    readonly refusal: { readonly status: number; readonly body: Json };
  };
  /** The header in which a gateway hands the token on. */
  readonly tokenHeader?: string;
}

/** A resource of somebody else. */
export const otherResource = 'https://other.example.com/mcp';

/** Where documents are looked for. */
export const openid = (issuer: string) => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

export const oauth = (issuer: string) => `${issuer}/.well-known/oauth-authorization-server`;

/** Where lines without a code lead. */
export const logLines = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md#log-lines';

/** What a server says of a document that keeps strict MCP clients out. */
export const lacksS256 = (document: string) =>
  `[mcp-auth] ${document}: code_challenge_methods_supported does not list S256, so MCP clients will refuse to log in there (MCP Authorization, Authorization Code Protection). → ${logLines}`;

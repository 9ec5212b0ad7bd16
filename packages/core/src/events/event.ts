import type { MCPAuthError } from '../errors/mcp-auth-error.js';
import type { BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';

/** Something an operator may want to know. No event ever holds a token or a part of one. */
export type MCPAuthEvent =
  /** A configuration or a provider's document that works but should be looked at. Reported once each. */
  | { readonly type: 'warning'; readonly message: string }
  /** An authorization server failed: requests that depend on it are answered with 503 unless known keys suffice. */
  | { readonly type: 'fault'; readonly issuer: string; readonly error: MCPAuthError }
  /** A request was refused, and why in our own words; the wire only says what the RFCs let it say. */
  | {
      readonly type: 'refusal';
      /** Identifier of the resource; absent in legacy mode. */
      readonly resource: string | undefined;
      readonly status: number;
      readonly code: TokenErrorCode | BearerAuthErrorCode | 'authorization_server_unavailable';
      /** The claim that decided, where one did. */
      readonly claim?: string;
      /** The JSON-RPC method and its target, where the operation decided. Written by the client, and cut to a bounded length. */
      readonly method?: string;
      readonly target?: string;
    }
  /** A rule of `operations` threw, rejected or returned something that is none: the request was answered with 500. */
  | {
      readonly type: 'policy';
      readonly resource: string | undefined;
      /** Names the rule by its path; its `cause` is what the rule threw. */
      readonly error: MCPAuthError;
    };

/** Receives events. What it returns, throws or rejects with is ignored. */
export type EventListener = (event: MCPAuthEvent) => unknown;

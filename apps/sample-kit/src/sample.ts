import type { RequestListener } from 'node:http';
import type { MCPAuthConfig } from '@mcp-auth/core';

/** What a sample server needs to know. */
export interface SampleConfig extends Pick<MCPAuthConfig, 'fetch' | 'onEvent' | 'checkAtStart'> {
  /** Issuer identifier of the OpenID provider whose tokens are accepted. */
  readonly issuer: string;
  /** Further providers whose tokens are accepted. */
  readonly furtherIssuers?: readonly string[];
  /** Public URL of the MCP endpoint; its path is where the endpoint is mounted. */
  readonly resource: string;
}

/** A sample server, ready for a Node HTTP server. */
export interface Sample {
  readonly listener: RequestListener;
  /** Resolves when the provider's metadata and keys are at hand. */
  ready(): Promise<void>;
  /** Ends what runs on its own, such as timers. */
  close(): Promise<void>;
}

import type { RequestListener } from 'node:http';
import type { MCPAuthConfig } from '@mcp-auth/core';
import type { Mechanism } from '../mechanism.js';

/** What a host is built with. */
export interface HostOptions {
  /** Public URL of the MCP endpoint. */
  readonly resource: string;
  readonly mechanism: Mechanism;
  readonly config: MCPAuthConfig;
}

/** Builds the fixture on one framework, ready for a Node HTTP server. */
export type CreateHost = (options: HostOptions) => Promise<RequestListener> | RequestListener;

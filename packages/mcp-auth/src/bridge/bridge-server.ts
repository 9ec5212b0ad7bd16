import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import {
  readRoute,
  type Gate,
  type ModeOrOptions,
  type OptionsFor,
  type Release,
  type RouteArguments,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import type { RequestHandler } from 'express';
import { createBridgeGate } from './bridge-gate.js';
import { createHandler } from './create-handler.js';
import type { CustomVerifier } from './custom-verifier.js';
import manifest from '../../package.json' with { type: 'json' };

/** MCP Auth for Express, with gates and middleware that speak to code of version 0.2. */
export class BridgeServer extends ExpressMCPAuth {
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  /** Read by `createGate` while a route with a verifier of its own is being made. */
  #custom: CustomVerifier | undefined;

  customAuth(custom: CustomVerifier, options: OptionsFor<CustomVerifier['verify']>): RequestHandler {
    this.#custom = custom;
    try {
      return this.bearerAuth(custom.verify, options);
    } finally {
      this.#custom = undefined;
    }
  }

  override bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): RequestHandler {
    return createHandler(this.createGateFor(readRoute(first, second)));
  }

  override createGateFor(route: RouteArguments): Gate {
    const { showErrorDetails = false } = route.options;
    return createBridgeGate(super.createGateFor(route), { showErrorDetails, custom: this.#custom });
  }
}

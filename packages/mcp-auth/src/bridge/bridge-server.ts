import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as LegacyMCPAuth } from '@mcp-auth/express/legacy';
import type { Gate, Release, RouteArguments } from '@mcp-auth/core/adapter';
import type { RequestHandler, Router } from 'express';
import { createBridgeGate } from './bridge-gate.js';
import { createHandler } from './create-handler.js';
import type { CustomVerifier } from './custom-verifier.js';
import manifest from '../../package.json' with { type: 'json' };

const release: Release = { name: manifest.name, version: manifest.version };

/** What makes gates: of resources, or of legacy mode. */
interface GateMaker {
  createGateFor(route: RouteArguments): Gate;
}

/** MCP Auth for Express, with middleware that speaks to code of version 0.2. */
export interface BridgeServer {
  /** The router of what is configured. */
  router(): Router;
  /** @param custom - a verifier of the application's own, where `route` has one */
  protect(route: RouteArguments, custom?: CustomVerifier): RequestHandler;
}

export class BridgeToResources extends ExpressMCPAuth implements BridgeServer {
  static override readonly release = release;

  router(): Router {
    return this.protectedResourceMetadataRouter();
  }

  protect(route: RouteArguments, custom?: CustomVerifier): RequestHandler {
    return bridge(this.engine, route, custom);
  }
}

export class BridgeToLegacy extends LegacyMCPAuth implements BridgeServer {
  static override readonly release = release;

  router(): Router {
    return this.delegatedRouter();
  }

  protect(route: RouteArguments, custom?: CustomVerifier): RequestHandler {
    return bridge(this.engine, route, custom);
  }
}

function bridge(
  engine: GateMaker,
  route: RouteArguments,
  custom: CustomVerifier | undefined,
): RequestHandler {
  const { showErrorDetails = false } = route.options;
  return createHandler(createBridgeGate(engine.createGateFor(route), { showErrorDetails, custom }));
}

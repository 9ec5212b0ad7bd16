import type { FetchFunction } from '@mcp-auth/core';
import type { MCPAuthConfig } from '../config.js';
import { withErrorsOfOld } from '../errors/from-core.js';
import { announceChanges } from './announce.js';
import { BridgeToLegacy, BridgeToResources, type BridgeServer } from './bridge-server.js';
import { toCoreConfig } from './to-core.js';

/**
 * What judges requests for a configuration.
 *
 * @param fetch - instead of the one that the configuration names
 * @throws {MCPAuthAuthServerError} `invalid_server_config`, with the wrong option in its message
 * @throws {MCPAuthConfigError} `unknown_option`
 */
export function createEngine(config: MCPAuthConfig, fetch?: FetchFunction): BridgeServer {
  return withErrorsOfOld(() => {
    const things = toCoreConfig(config);
    const onEvent = announceChanges(config.onEvent);
    const { log = config.onEvent === undefined } = config;
    const common = { onEvent, log, fetch: fetch ?? config.fetch };
    return 'server' in things
      ? new BridgeToLegacy({ ...things, ...common })
      : new BridgeToResources({ ...things, ...common });
  });
}

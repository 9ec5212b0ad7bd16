import { MCPAuthError } from './mcp-auth-error.js';

/** What is wrong with a configuration. The developer who wrote it acts. */
export type ConfigErrorCode =
  | 'invalid_option'
  | 'unknown_option'
  | 'unsupported_option'
  | 'unsupported_adapter'
  | 'invalid_resource'
  | 'insecure_resource'
  | 'duplicate_resource'
  | 'unknown_resource'
  | 'missing_authorization_servers'
  | 'duplicate_authorization_server'
  | 'invalid_issuer'
  | 'insecure_issuer'
  | 'invalid_metadata'
  | 'invalid_keys'
  | 'private_key'
  | 'missing_key_source'
  | 'missing_introspection'
  | 'missing_introspection_endpoint'
  | 'ambiguous_introspection'
  | 'invalid_scope'
  | 'invalid_rule_result'
  | 'invalid_audience';

export interface ConfigErrorOptions {
  readonly cause?: unknown;
  /** Begins the message instead of the path, where the problem itself names the option. */
  readonly of?: string | undefined;
}

/**
 * A configuration that cannot work, reported at construction.
 *
 * `path` is the option's path, for example `protectedResources[0].metadata.resource`; the message ends with the fix.
 *
 * @see {@link MCPAuthConfig}
 * @example
 * ```ts
 * import { MCPAuthConfigError } from '@mcp-auth/core';
 * import { MCPAuth } from '@mcp-auth/core/fetch';
 *
 * try {
 *   new MCPAuth({ resource: 'http://api.example.com', authorizationServers: ['https://auth.example.com'] });
 * } catch (error) {
 *   // insecure_resource resource
 *   if (error instanceof MCPAuthConfigError) console.error(error.code, error.path);
 * }
 * ```
 */
export class MCPAuthConfigError extends MCPAuthError<ConfigErrorCode> {
  override readonly name = 'MCPAuthConfigError';
  readonly path: string;

  constructor(
    code: ConfigErrorCode,
    path: string,
    problem: string,
    { of = path, ...options }: ConfigErrorOptions = {},
  ) {
    super(code, of === '' ? problem : `${of}: ${problem}`, { ...options, details: { path } });
    this.path = path;
  }
}

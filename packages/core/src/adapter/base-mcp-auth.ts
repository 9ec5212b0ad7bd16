import type { MCPAuthConfig } from '../config/mcp-auth.js';
import type { RevocationResult, RevocationTarget } from '../config/revocation-target.js';
import type {
  AccessTokenVerifierOptions,
  AuthorizationExtensionOptions,
  ListFilterOptions,
  ScopeChallengeOptions,
} from '../config/sdk-options.js';
import { type AdapterInterfaceVersion, checkInterfaceVersion } from '../engine/interface-version.js';
import { coreRelease, type FrameworkRelease, type Release } from '../engine/release.js';
import { ResourceServer } from '../engine/resource-server.js';
import type { AuthorizationExtensions } from '../engine/authorization-extensions.js';
import type { Handles } from '../handles/handles.js';
import type { HandleOptions } from '../handles/handle-options.js';
import type { ListFilter } from '../lists/list-filter.js';
import type { SecuritySchemes } from '../lists/security-schemes.js';
import type { OperationPolicy, OperationRule } from '../operation/operation-policy.js';
import type { ScopeChallengeHandler } from '../sdk/scope-challenge.js';
import type { AccessTokenVerifier } from '../sdk/token-verifier.js';

/**
 * What the `MCPAuth` of every adapter offers to applications, in addition to the routers and the middleware of its framework.
 *
 * @see RFC 9728 §1
 * @see RFC 6750 §3
 * @example
 * ```ts
 * import { BaseMCPAuth, type VerificationMode } from '@mcp-auth/core/adapter';
 *
 * export class MCPAuth extends BaseMCPAuth {
 *   static override readonly interfaceVersion = 1;
 *   // What a framework needs, over this.engine.createGate(…) or this.engine.createGateFor(readRoute(…))
 *   bearerAuth(mode: VerificationMode) {
 *     return this.engine.createGate(mode);
 *   }
 * }
 * ```
 */
export abstract class BaseMCPAuth {
  /** For adapters: the version of the adapter interface that they were written for: a number, not the constant of the core. */
  static readonly interfaceVersion: AdapterInterfaceVersion | undefined = undefined;

  /** For adapters of this project: the release that a class came with; one of another release than the core is warned of. */
  static readonly release: Release = coreRelease;

  /** For adapters: the framework that is installed; one that the adapter was never tested with is warned of. */
  static readonly framework: FrameworkRelease | undefined = undefined;

  /** For adapters: what makes gates and metadata. */
  protected readonly engine: ResourceServer;

  /** @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it */
  constructor(config: MCPAuthConfig) {
    checkInterfaceVersion(new.target);
    this.engine = new ResourceServer(config, new.target);
  }

  /**
   * Resolves when the metadata, keys and introspection credentials that the routes need are there; before any route was made, those of all
   * authorization servers.
   *
   * @throws {MCPAuthAuthServerError} the first failure; requests recover on their own, this call may be repeated
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * await mcpAuth.ready();
   * ```
   */
  ready(): Promise<void> {
    return this.engine.ready();
  }

  /**
   * Ends what runs on its own, for a process that shuts down and for tests: timers, fetches, and open streams, whose clients are told to
   * come back. What the log has summed up is printed.
   * Does not end: other requests. Routes go on with the keys that are there, fetch nothing more, and end each stream as it opens, so
   * have the server take no new connections first.
   *
   * @see {@link ready}
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * await mcpAuth.close();
   * ```
   */
  close(): Promise<void> {
    return this.engine.close();
  }

  /**
   * Refuses tokens with 401 from now on, and ends their open streams: those of one subject or client that were issued up to now, or one
   * token by its identifier. In this process, and with `stores.revocations` in all others within a second; else call it in each.
   * Revoke at the authorization server first: a refresh token gets its client a new access token, which is accepted. A client of a tool
   * that is left to finish (`streams`) still gets its answer.
   * Checks: tokens that are remembered and tokens that were asked about too. A token without `iat` of such a subject or client is refused,
   * for it may be an old one. Does not check: that there is such a subject, client or token.
   *
   * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
   * @throws {MCPAuthRevocationError} `too_many_revocations`: the list is full; `unknown_issue_time`: tokens of this issuer have no
   *   `iat`, and can be revoked by `tokenId` alone. Nothing was revoked then
   * @see RFC 7009 §2.1
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * export const lockOut = (subject: string) => mcpAuth.revoke({ issuer: 'https://auth.example.com', subject });
   * ```
   */
  revoke(target: RevocationTarget): Promise<RevocationResult> {
    return this.engine.revoke(target);
  }

  /**
   * A handler for the `scopeChallenge` option of the official SDK's tools, resources and prompts: it names all that the
   * request lacks, and knows the resource's hierarchy.
   * Does not check: the token. Mount `bearerAuth` in front; a request without a caller is refused unless it may be anonymous.
   *
   * @param needs - a requirement or a rule, as in `operations`, or all of `operations`
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   * @see RFC 6750 §3.1
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const challenge = mcpAuth.scopeChallenge({ anyOf: ['notes:write', 'admin'] }, { resource });
   * ```
   */
  scopeChallenge(
    needs: OperationRule | OperationPolicy,
    options: ScopeChallengeOptions,
  ): ScopeChallengeHandler {
    return this.engine.declarations.scopeChallenge(needs, options);
  }

  /**
   * A token verifier for the official SDK's own `requireBearerAuth`, for hosts without an adapter.
   * `bearerAuth` answers better: behind the SDK's gate an outage of the authorization server is a 500, a request without
   * credentials is told `invalid_token`, and malformed credentials do not get a 400.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `missing_key_source`, or for an option
   * @see RFC 9068 §4
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const verifier = mcpAuth.verifier(resource, { audience: 'api://notes' });
   * ```
   */
  verifier(resource: string, options?: AccessTokenVerifierOptions): AccessTokenVerifier {
    return this.engine.verifier(resource, options);
  }

  /**
   * A filter that hides from lists what a caller may not call; opt-in, because clients step up only to what they see.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   * @see MCP Authorization, Access Token Privilege Restriction
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const filter = mcpAuth.listFilter({ operations: { tools: { search: ['notes:read'], '*': 'refuse' } } });
   * ```
   */
  listFilter(options: ListFilterOptions): ListFilter {
    return this.engine.declarations.listFilter(options);
  }

  /**
   * What each tool needs, from the same rules, for clients such as ChatGPT that read `securitySchemes` in the list of tools.
   * Does not check: anything. The gate decides when a tool is called.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   * @see {@link SecuritySchemes}
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const schemes = mcpAuth.securitySchemes({ operations: { tools: { search: 'anonymous', '*': 'refuse' } } });
   * ```
   */
  securitySchemes(options: ListFilterOptions): SecuritySchemes {
    return this.engine.declarations.securitySchemes(options);
  }

  /**
   * The official extensions for authorization to advertise in `capabilities.extensions`, which `server/discover` and `initialize` show.
   *
   * Checks: when the metadata of the resource's authorization servers is there, that one of them lists the grant; warns where none does.
   * Fetches nothing. Does not check: that the authorization server gives anybody such a token. Its tokens are judged like all others.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_option`
   * @see {@link AuthorizationExtensions}
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const capabilities = { extensions: mcpAuth.authorizationExtensions({ clientCredentials: true }) };
   * ```
   */
  authorizationExtensions(options: AuthorizationExtensionOptions): AuthorizationExtensions {
    return this.engine.declarations.authorizationExtensions(options);
  }

  /**
   * Handles that belong to who made them: identifiers of tasks, `requestState`, and all else that a client is to bring back. The owner
   * travels with the handle, so nothing is stored, and replicas share nothing but secrets.
   *
   * Does not check: requests. Mount `bearerAuth` in front: it tells who is calling.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   * @see MCP 2026-07-28, Multi Round-Trip Requests; SEP-2663, Tasks
   * @example
   * ```ts
   * import type { AuthInfo } from '@mcp-auth/core';
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const handles = mcpAuth.handles({ secrets: ['a secret of 32 bytes or more, shared by all replicas'] });
   *
   * export const give = (id: string, caller: AuthInfo) => handles.seal(id, { caller, requirement: ['notes:export'] });
   * // Nothing where it is not this caller's
   * export const take = (handle: string, caller: AuthInfo) => handles.open(handle, caller);
   * ```
   */
  handles(options: HandleOptions = {}): Handles {
    return this.engine.handles(options);
  }
}

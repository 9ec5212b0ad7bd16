import { MCPAuthConfigError } from '@mcp-auth/core';
import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type NestModule,
  type OnApplicationBootstrap,
  type Provider,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import { McpAuthGuard } from './guard.js';
import { standOnExpress, type ExpressApplication } from './on-express.js';
import { standOnFastify, type FastifyApplication } from './on-fastify.js';
import type { PlatformMCPAuth } from './platform.js';
import { ProtectedRoutes } from './protected-routes.js';

/**
 * The name by which the `MCPAuth` of the application is injected.
 *
 * @see {@link McpAuthModule}
 * @example
 * ```ts
 * import type { MCPAuth } from '@mcp-auth/express';
 * import { MCP_AUTH } from '@mcp-auth/nest';
 * import { Inject, Injectable } from '@nestjs/common';
 *
 * @Injectable()
 * export class Lockout {
 *   constructor(@Inject(MCP_AUTH) private readonly mcpAuth: MCPAuth) {}
 *
 *   lockOut(subject: string) {
 *     return this.mcpAuth.revoke({ issuer: 'https://auth.example.com', subject });
 *   }
 * }
 * ```
 */
export const MCP_AUTH = Symbol('MCPAuth');

/** Where the `MCPAuth` comes from, when it is made of what is injected. */
export interface McpAuthModuleAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  /** What the function gets, in this order. Default: nothing. */
  readonly inject?: FactoryProvider['inject'];
  /** Makes the `MCPAuth`, of the package of the platform. */
  readonly useFactory: FactoryProvider<PlatformMCPAuth>['useFactory'];
}

/**
 * MCP Auth for NestJS, on Express and on Fastify. Import it once, in the root module: it publishes the metadata of all configured
 * resources (RFC 9728 §3), and puts a token check in front of every handler that `@BearerAuth()` or `@RequireScopes()` stands on.
 *
 * What the application registers itself, such as CORS and logs, comes first; then documents and token checks; then parsers of bodies and
 * all else of Nest.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/express';
 * import { McpAuthModule } from '@mcp-auth/nest';
 * import { Module } from '@nestjs/common';
 *
 * const resource = 'https://api.example.com/mcp';
 * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
 *
 * @Module({ imports: [McpAuthModule.forRoot(mcpAuth)] })
 * export class AppModule {}
 * ```
 */
@Module({})
export class McpAuthModule implements NestModule, OnApplicationBootstrap, BeforeApplicationShutdown {
  /**
   * With an `MCPAuth` that is there: that of `@mcp-auth/express` or of `@mcp-auth/fastify`.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/fastify';
   * import { McpAuthModule } from '@mcp-auth/nest';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * export const imports = [McpAuthModule.forRoot(mcpAuth)];
   * ```
   */
  static forRoot(mcpAuth: PlatformMCPAuth): DynamicModule {
    return define({ provide: MCP_AUTH, useValue: mcpAuth });
  }

  /**
   * With an `MCPAuth` that is made of what is injected.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/express';
   * import { McpAuthModule } from '@mcp-auth/nest';
   * import { Injectable, Module } from '@nestjs/common';
   *
   * @Injectable()
   * class Settings {
   *   readonly resource = 'https://api.example.com/mcp';
   *   readonly issuer = 'https://auth.example.com';
   * }
   *
   * @Module({ providers: [Settings], exports: [Settings] })
   * class SettingsModule {}
   *
   * export const auth = McpAuthModule.forRootAsync({
   *   imports: [SettingsModule],
   *   inject: [Settings],
   *   useFactory: ({ resource, issuer }: Settings) => new MCPAuth({ resource, authorizationServers: [issuer] }),
   * });
   * ```
   */
  static forRootAsync({ imports = [], inject = [], useFactory }: McpAuthModuleAsyncOptions): DynamicModule {
    return define({ provide: MCP_AUTH, inject, useFactory }, imports);
  }

  readonly #mcpAuth: PlatformMCPAuth;
  readonly #routes: ProtectedRoutes;
  readonly #discovery: DiscoveryService;
  readonly #host: HttpAdapterHost;
  #whenRouted: () => void = () => undefined;

  constructor(
    @Inject(MCP_AUTH) mcpAuth: PlatformMCPAuth,
    @Inject(ProtectedRoutes) routes: ProtectedRoutes,
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    this.#mcpAuth = mcpAuth;
    this.#routes = routes;
    this.#discovery = discovery;
    this.#host = host;
  }

  /**
   * Called by Nest when everything is there that is injected, and no route yet.
   *
   * @internal
   */
  async configure(): Promise<void> {
    this.#routes.collect(this.#discovery, McpAuthGuard, this.#mcpAuth);
    const { httpAdapter } = this.#host;
    if (taken.has(httpAdapter)) {
      throw new MCPAuthConfigError(
        'invalid_option',
        'McpAuthModule',
        'is imported more than once, with different objects. Import it in the root module: it serves all modules.',
      );
    }
    taken.add(httpAdapter);
    const app: unknown = httpAdapter.getInstance();
    const platform = httpAdapter.getType();
    const router = this.#mcpAuth.protectedResourceMetadataRouter();
    // How a plugin of Fastify says that its hooks are for the whole application
    const isForFastify = Symbol.for('skip-override') in router;
    if (platform !== (isForFastify ? 'fastify' : 'express')) {
      throw new MCPAuthConfigError(
        'invalid_option',
        'McpAuthModule.forRoot',
        `got the MCPAuth of another platform. This application runs on ${platform}: write import { MCPAuth } from '@mcp-auth/${platform}'.`,
      );
    }
    if (isForFastify) await standOnFastify(app as FastifyApplication, router, this.#routes);
    else this.#whenRouted = standOnExpress(app as ExpressApplication, router, this.#routes);
  }

  /** @internal */
  onApplicationBootstrap(): void {
    this.#whenRouted();
    this.#routes.demandRoutes();
  }

  /**
   * Streams that are open would keep the server from closing.
   *
   * @internal
   */
  beforeApplicationShutdown(): Promise<void> {
    return this.#mcpAuth.close();
  }
}

/** Applications that have the checks. */
const taken = new WeakSet<object>();

function define(mcpAuth: Provider, imports: ModuleMetadata['imports'] = []): DynamicModule {
  return {
    module: McpAuthModule,
    global: true,
    imports: [DiscoveryModule, ...imports],
    providers: [mcpAuth, ProtectedRoutes],
    exports: [MCP_AUTH, ProtectedRoutes],
  };
}

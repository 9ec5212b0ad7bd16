import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import type { Unavailable } from '../errors/auth-server-error.js';
import { ignoreRejection } from '../errors/promises.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { IntrospectionSettings } from '../config/check-introspection.js';
import type { IntrospectionAnswer } from './introspection-response.js';
import type { Introspector } from './introspector.js';

/** What asks an authorization server, loaded as soon as one is configured: a server of JWTs alone does not carry it. */
export class LazyIntrospector {
  /** Whether the endpoint is given in the configuration. */
  readonly hasEndpoint: boolean;
  /** Whether answers count with a signature only. */
  readonly needsKeys: boolean;
  readonly #create: () => Promise<Introspector>;
  #introspector: Promise<Introspector> | undefined;

  constructor(settings: IntrospectionSettings, server: AuthorizationServer, environment: ServerEnvironment) {
    this.hasEndpoint = settings.endpoint !== undefined;
    this.needsKeys = settings.signedAudience !== undefined;
    this.#create = async () => {
      const { Introspector } = await import('./introspector.js');
      return new Introspector(settings, server, environment);
    };
    // No request waits for a file; one that cannot be loaded is tried again with the first token, which tells the error
    ignoreRejection(this.#load());
  }

  /** What the server says about a token. Never throws because of what a token holds. */
  async introspect(token: string): Promise<IntrospectionAnswer | Unavailable> {
    return (await this.#load()).introspect(token);
  }

  /**
   * Resolves when the endpoint is known and there are credentials for it. The endpoint is not called.
   *
   * @throws {MCPAuthAuthServerError}
   */
  async ready(): Promise<void> {
    await (await this.#load()).ready();
  }

  /** What could not be loaded once may be there the next time. */
  #load(): Promise<Introspector> {
    this.#introspector ??= this.#create().catch((error: unknown) => {
      this.#introspector = undefined;
      throw error;
    });
    return this.#introspector;
  }
}

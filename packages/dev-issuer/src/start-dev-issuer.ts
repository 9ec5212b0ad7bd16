import type { RequestListener } from 'node:http';
import { createListener } from './http/create-listener.js';
import { listenHere } from './http/serve.js';
import { type ExchangeLog, Exchanges } from './log/exchange.js';
import { createInteractions } from './login/interactions.js';
import type { DevClient, DevIssuerOptions, DevResource } from './options.js';
import { createProvider } from './provider/create-provider.js';
import { createResources } from './provider/resources.js';
import { signToken, type TokenClaims } from './provider/sign-token.js';
import { readOptions, readResource } from './read-options.js';
import { refuseProduction } from './refuse-production.js';
import { createMemoryStorage, openFolder } from './storage/folder.js';

/** The client that may ask about opaque tokens (RFC 7662 §2.1). */
export interface ResourceServerClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A practice issuer that runs. */
export interface DevIssuer {
  /** Its identifier, such as `http://127.0.0.1:9400`: what a server trusts. */
  readonly issuer: string;
  /** The names at the login page. */
  readonly users: readonly string[];
  /** The exchanges of the issuer, without tokens: what its page shows. */
  readonly log: ExchangeLog;
  /** With it, a resource server asks about opaque tokens. */
  readonly resourceServer: ResourceServerClient;
  /** Makes a resource known while the issuer runs. */
  addResource(resource: string | DevResource): void;
  /** Signs a JWT outside of any login, also one that must be refused. */
  sign(claims: TokenClaims): Promise<string>;
  /** Stops listening, as in an outage, until {@link resume}. */
  interrupt(): Promise<void>;
  resume(): Promise<void>;
  /** Stops, and writes what is kept for the next run. */
  close(): Promise<void>;
}

const resourceServerId = 'resource-server';

/**
 * Starts the practice issuer on 127.0.0.1: an authorization server with a login page, consent, dynamic registration, documents of clients,
 * refresh, introspection and proofs of possession.
 *
 * Checks: that nothing but this machine can reach it, the `Host` and `Origin` of each request, and that a user has pressed a button for each
 * login. Does not check who sits in front of the page: everybody who can open it on this machine logs in as whom they like.
 *
 * @throws {DevIssuerError} `production` where `NODE_ENV` is `production`, `invalid_option`, `port_unavailable`, `folder_unusable`
 * @see RFC 6749 §3
 * @see RFC 8414 §3
 * @example
 * ```ts
 * import { startDevIssuer } from '@mcp-auth/dev-issuer';
 *
 * const issuer = await startDevIssuer({ port: 0, scopes: ['notes:read', 'notes:write'] });
 * console.log(issuer.issuer, issuer.users);
 * await issuer.close();
 * ```
 */
export async function startDevIssuer(options: DevIssuerOptions = {}): Promise<DevIssuer> {
  refuseProduction();
  const { port, users, scopes, tokens, resources: named } = readOptions(options);
  // The issuer is known once the port is
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const open = (at: number) => listenHere((request, response) => listener(request, response), at);
  let server = await open(port);
  try {
    const host = `127.0.0.1:${server.port}`;
    const issuer = `http://${host}`;
    const { folder, fresh = false, clients = [], dpop = false, fetch, onExchange } = options;
    const storage =
      folder === undefined ? createMemoryStorage() : openFolder({ folder, fresh, port: server.port });
    const { secrets, store } = storage;
    const resourceServer = { clientId: resourceServerId, clientSecret: secrets.resourceServerSecret };
    const known = clients.some(({ client_id: id }) => id === resourceServerId)
      ? clients
      : [...clients, describeResourceServer(resourceServer)];
    const resources = createResources({ resources: named, scopes: scopes.names, tokens });
    const shared = { issuer, secrets, store, resources, scopes, users };
    const provider = await createProvider({ ...shared, clients: known, demandProofs: dpop, fetch });
    const exchanges = new Exchanges();
    listener = createListener({
      host,
      provider: provider.callback(),
      interact: createInteractions({ provider, users, scopes }),
      exchanges,
      facts: () => ({
        ...{ issuer, users, scopes: scopes.names },
        resources: resources.isClosed ? resources.names : undefined,
      }),
      onExchange,
    });

    return {
      issuer,
      users,
      log: exchanges,
      resourceServer,
      addResource: (resource) => resources.add(readResource(resource)),
      sign: (claims) => signToken(issuer, secrets.signingKey, claims),
      interrupt: () => server.close(),
      resume: async () => {
        server = await open(server.port);
      },
      close: async () => {
        await server.close();
        storage.flush();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function describeResourceServer({ clientId, clientSecret }: ResourceServerClient): DevClient {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: [],
    redirect_uris: [],
    response_types: [],
  };
}

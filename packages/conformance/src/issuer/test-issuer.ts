import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closeServer, listen } from '../http/listen.js';
import { answerAs } from './answer-as.js';
import { introspect, type KnownTokens } from './introspection-endpoint.js';
import type { IssuerBehaviour, IssuerName } from './issuer-name.js';
import { getKey, type PublishedKey } from './keys.js';

type Endpoint = 'metadata' | 'keys' | 'introspection' | 'other';

/** A request that an issuer received. */
export interface IssuerRequest {
  readonly endpoint: Endpoint;
  /** Target and headers: a token must never be among them. */
  readonly text: string;
}

/**
 * An authorization server as a resource server sees it: metadata and keys over real HTTP on loopback.
 *
 * It issues no tokens over HTTP. It fails on demand, which real servers do not.
 *
 * @see RFC 8414 §2
 * @example
 * ```ts
 * import { TestIssuer } from '@mcp-auth/conformance';
 *
 * const issuer = await TestIssuer.start('primary');
 * issuer.know(() => ({ opaque: { active: true, scope: 'notes:read' } }));
 * issuer.behave({});
 * console.log(issuer.identifier, issuer.count());
 * await issuer.close();
 * ```
 */
export class TestIssuer {
  readonly name: IssuerName;
  readonly identifier: string;
  readonly requests: IssuerRequest[] = [];
  readonly #server: Server;
  #tokens: KnownTokens = () => ({});
  #behaviour: Required<IssuerBehaviour> = {
    metadata: 'works',
    keys: 'works',
    publishes: ['es256', 'rs256', 'ed25519', 'weak-rsa', 'off-curve'],
    introspection: 'works',
    signs: 'well',
    revoked: [],
  };

  private constructor(name: IssuerName, origin: string, server: Server) {
    this.name = name;
    this.identifier = `${origin}${issuerPaths[name]}`;
    this.#server = server;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** @param port - default: any free one */
  static async start(name: IssuerName, port = 0): Promise<TestIssuer> {
    const server = createServer();
    return new TestIssuer(name, await listen(server, port), server);
  }

  /** How metadata is published: `secondary` as an OpenID provider, the others as OAuth servers. */
  get type(): 'oauth' | 'oidc' {
    return this.name === 'secondary' ? 'oidc' : 'oauth';
  }

  get metadata(): Readonly<Record<string, unknown>> {
    const issuer = this.identifier;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      introspection_endpoint: `${issuer}/introspect`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      example_vendor_member: { kept: true },
      ...(this.type === 'oidc'
        ? { subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'] }
        : undefined),
    };
  }

  /** The key set as published now. */
  get keys(): readonly PublishedKey[] {
    return this.#behaviour.publishes.map((key) => getKey(this.name, key).published);
  }

  /** The keys among them that a configuration may hold. */
  get soundKeys(): readonly PublishedKey[] {
    return (['es256', 'rs256', 'ed25519'] as const).map((key) => getKey(this.name, key).published);
  }

  behave(behaviour: IssuerBehaviour): void {
    this.#behaviour = { ...this.#behaviour, ...behaviour };
  }

  /** What it says about opaque tokens, by the token; all others are not active. */
  know(tokens: KnownTokens): void {
    this.#tokens = tokens;
  }

  count(endpoint?: Endpoint): number {
    return this.requests.filter((request) => endpoint === undefined || request.endpoint === endpoint).length;
  }

  async close(): Promise<void> {
    await closeServer(this.#server);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const endpoint = this.#locate(request.url ?? '');
    this.requests.push({ endpoint, text: [request.url, ...request.rawHeaders].join('\n') });
    switch (endpoint) {
      case 'metadata':
        answerAs(this.#behaviour.metadata, response, this.metadata);
        break;
      case 'keys':
        answerAs(this.#behaviour.keys, response, { keys: this.keys });
        break;
      case 'introspection':
        introspect(request, response, {
          issuer: this.name,
          identifier: this.identifier,
          behaviour: this.#behaviour,
          tokens: this.#tokens,
        });
        break;
      case 'other':
        answerAs('fails', response, {});
        break;
    }
  }

  /** RFC 8414 §3.1 puts the segment in front of the issuer's path, OpenID Connect Discovery §4.1 after it. */
  #locate(target: string): Endpoint {
    const path = issuerPaths[this.name];
    const metadataPath =
      this.type === 'oidc'
        ? `${path}/.well-known/openid-configuration`
        : `/.well-known/oauth-authorization-server${path}`;
    if (target === metadataPath) return 'metadata';
    if (target === `${path}/introspect`) return 'introspection';
    return target === `${path}/keys` ? 'keys' : 'other';
  }
}

const issuerPaths: Readonly<Record<IssuerName, string>> = {
  primary: '',
  secondary: '/tenants/two',
  foreign: '',
};

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closeServer, listen } from '../http/listen.js';
import type { EndpointMode, IssuerBehaviour, IssuerName } from './issuer-name.js';
import { getKey, type PublishedKey } from './keys.js';

type Endpoint = 'metadata' | 'keys' | 'other';

/** A request that an issuer received. */
export interface IssuerRequest {
  readonly endpoint: Endpoint;
  /** Target and field lines: a token must never be among them. */
  readonly text: string;
}

/**
 * An authorization server as a resource server sees it: metadata and keys over real HTTP on loopback.
 *
 * It issues no tokens over HTTP. It fails on demand, which real servers do not.
 */
export class TestIssuer {
  readonly name: IssuerName;
  readonly identifier: string;
  readonly requests: IssuerRequest[] = [];
  readonly #server: Server;
  #behaviour: Required<IssuerBehaviour> = {
    metadata: 'works',
    keys: 'works',
    publishes: ['es256', 'rs256', 'ed25519', 'weak-rsa', 'off-curve'],
  };

  private constructor(name: IssuerName, origin: string, server: Server) {
    this.name = name;
    this.identifier = `${origin}${issuerPaths[name]}`;
    this.#server = server;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  static async start(name: IssuerName): Promise<TestIssuer> {
    const server = createServer();
    return new TestIssuer(name, await listen(server), server);
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
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
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
    return target === `${path}/keys` ? 'keys' : 'other';
  }
}

const issuerPaths: Readonly<Record<IssuerName, string>> = {
  primary: '',
  secondary: '/tenants/two',
  foreign: '',
};

const tooLarge = 3_000_000;

function answerAs(mode: EndpointMode, response: ServerResponse, document: object): void {
  const send = (status: number, type: string, text: string) =>
    response.writeHead(status, { 'content-type': type }).end(text);
  switch (mode) {
    case 'works':
      send(200, 'application/json', JSON.stringify(document));
      break;
    case 'fails':
      send(500, 'application/json', '{"error":"server_error"}');
      break;
    case 'hangs':
      break;
    case 'closes':
      response.destroy();
      break;
    case 'html':
      send(200, 'text/html', '<!doctype html><title>Maintenance</title>');
      break;
    case 'not-json':
      send(200, 'application/json', '{"keys": [');
      break;
    case 'too-large':
      send(200, 'application/json', JSON.stringify({ ...document, padding: 'x'.repeat(tooLarge) }));
      break;
    case 'empty':
      send(200, 'application/json', '{}');
      break;
    case 'wrong-issuer':
      send(200, 'application/json', JSON.stringify({ ...document, issuer: 'https://other.example.com' }));
      break;
    case 'redirects':
      response.writeHead(302, { location: 'https://other.example.com/' }).end();
      break;
  }
}

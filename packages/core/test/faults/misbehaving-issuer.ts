import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createKey, signRaw, type SigningKey } from '../support/keys.js';

export type Endpoint = 'metadata' | 'keys';

/** Answers in place of the ordinary answer. */
export type Misbehaviour = (response: ServerResponse, request: IncomingMessage) => void;

const metadataPath = '/.well-known/oauth-authorization-server';

/** An authorization server over real HTTP that can be stopped, started again and told to misbehave. */
export class MisbehavingIssuer {
  readonly issuer: string;
  /** Requests that arrived, by endpoint; `elsewhere` counts all others. */
  readonly requests = { metadata: 0, keys: 0, elsewhere: 0 };
  readonly misbehaviour: Partial<Record<Endpoint, Misbehaviour | undefined>> = {};
  /** Members to put into the metadata document. */
  metadata: Readonly<Record<string, unknown>> = {};
  keys: SigningKey[];
  keySetHeaders: Readonly<Record<string, string>> = {};
  readonly #sockets = new Set<Socket>();
  #server: Server;

  private constructor(server: Server, keys: readonly SigningKey[]) {
    this.#server = server;
    this.keys = [...keys];
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#attach(server);
  }

  static async start(): Promise<MisbehavingIssuer> {
    return new MisbehavingIssuer(await listen(0), [await createKey()]);
  }

  get key(): SigningKey {
    const [key] = this.keys;
    if (key === undefined) throw new Error('this issuer has no key');
    return key;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  /** From here on connections are refused. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Listens again where it listened before. */
  async resume(): Promise<void> {
    this.#server = await listen(Number(new URL(this.issuer).port));
    this.#attach(this.#server);
  }

  /** Replaces all keys by a new one. */
  async rotate(): Promise<SigningKey> {
    const key = await createKey();
    this.keys = [key];
    return key;
  }

  sign(
    claims: Readonly<Record<string, unknown>>,
    key: SigningKey = this.key,
    header: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    return signRaw(key, claims, header);
  }

  #attach(server: Server): void {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request, response) => this.#answer(request, response));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?', 1)[0];
    const endpoint = path === metadataPath ? 'metadata' : 'keys';
    if (endpoint === 'keys' && path !== '/keys') {
      this.requests.elsewhere += 1;
      sendJson(response, 404, {});
      return;
    }
    this.requests[endpoint] += 1;
    const misbehave = this.misbehaviour[endpoint];
    if (misbehave !== undefined) misbehave(response, request);
    else if (endpoint === 'metadata') sendJson(response, 200, this.document);
    else sendJson(response, 200, this.keySet, this.keySetHeaders);
  }

  /** What the metadata endpoint says when it behaves. */
  get document(): Record<string, unknown> {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      ...this.metadata,
    };
  }

  get keySet(): { readonly keys: readonly object[] } {
    return { keys: this.keys.map(({ publicJwk }) => publicJwk) };
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  document: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(document));
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

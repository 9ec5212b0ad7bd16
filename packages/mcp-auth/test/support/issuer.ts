import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, importPKCS8, importSPKI, SignJWT, type CryptoKey, type JWK } from 'jose';
import { generatePem } from '../../../core/test/support/generate-pem.js';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

async function createKey(kid: string, alg: string): Promise<Key> {
  const pem = generatePem(alg);
  const publicKey = await importSPKI(pem.publicKey, alg, { extractable: true });
  return {
    kid,
    alg,
    privateKey: await importPKCS8(pem.privateKey, alg),
    published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
  };
}

// RSA keys take their time: made once
const keys = Promise.all([
  createKey('es', 'ES256'),
  createKey('rs', 'RS256'),
  createKey('stranger', 'ES256'),
]);

export interface TokenOptions {
  readonly alg?: 'ES256' | 'RS256';
  readonly typ?: string;
  /** Signs with a key that is not published, under the name of one that is. */
  readonly forged?: boolean;
  readonly kid?: string;
}

/** Answers a request for a path in place of what the issuer says there. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An authorization server on loopback, as a resource server sees it. */
export class LoopbackIssuer {
  readonly issuer: string;
  readonly type: 'oauth' | 'oidc';
  /** Paths that were asked for, in order. */
  readonly requests: string[] = [];
  /** Fields of the last request for keys. */
  lastKeyHeaders: IncomingMessage['headers'] = {};
  /** In wire spelling; rows change it to spoil it. */
  metadata: Record<string, unknown>;
  readonly answers = new Map<string, Answer>();
  readonly #server: Server;
  readonly #keys: readonly Key[];

  static async start(path = '', type: 'oauth' | 'oidc' = 'oauth'): Promise<LoopbackIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new LoopbackIssuer(server, path, type, await keys);
  }

  private constructor(server: Server, path: string, type: 'oauth' | 'oidc', allKeys: readonly Key[]) {
    this.#server = server;
    this.#keys = allKeys;
    this.type = type;
    this.issuer = `${this.origin}${path}`;
    this.metadata = {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      registration_endpoint: `${this.issuer}/register`,
      vendor_member: 'kept by nobody',
    };
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#answer(request, response),
    );
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get keySet(): { keys: JWK[] } {
    return { keys: this.#keys.filter(({ kid }) => kid !== 'stranger').map(({ published }) => published) };
  }

  /** Metadata written by hand. */
  get byHand() {
    return {
      issuer: this.issuer,
      authorizationEndpoint: `${this.issuer}/authorize`,
      tokenEndpoint: `${this.issuer}/token`,
      jwksUri: `${this.issuer}/keys`,
      responseTypesSupported: ['code'],
      codeChallengeMethodsSupported: ['S256'],
    };
  }

  /** A token of this issuer; a claim that is `undefined` is left out. */
  async sign(claims: Record<string, unknown> = {}, options: TokenOptions = {}): Promise<string> {
    const { alg = 'ES256', typ, forged = false } = options;
    const named = this.#keys.find((key) => key.alg === alg)!;
    const signer = forged ? this.#keys[2]! : named;
    const now = Math.floor(Date.now() / 1000);
    const all = {
      iss: this.issuer,
      sub: 'user-1',
      client_id: 'client-1',
      scope: 'read write',
      iat: now,
      exp: now + 300,
      ...claims,
    };
    const payload = Object.fromEntries(
      Object.entries<unknown>(all).filter(([, value]) => value !== undefined),
    );
    const header = { alg, kid: options.kid ?? named.kid, ...(typ === undefined ? {} : { typ }) };
    return new SignJWT(payload).setProtectedHeader(header).sign(signer.privateKey);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.requests.push(path);
    const own = this.answers.get(path);
    if (own !== undefined) {
      own(request, response);
      return;
    }
    if (path === new URL(`${this.issuer}/keys`).pathname) {
      this.lastKeyHeaders = request.headers;
      sendJson(response, this.keySet);
      return;
    }
    if (path.includes('/.well-known/') || path.endsWith('/metadata')) sendJson(response, this.metadata);
    else response.writeHead(404).end();
  }
}

export function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

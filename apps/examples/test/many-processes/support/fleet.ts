import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { closeServer, listen } from '../../../../../packages/core/test/support/listen.js';
import { TestIssuer } from '../../../../../packages/core/test/support/test-issuer.js';
import { Proxy } from '../../../../../packages/redis/test/support/proxy.js';
import { RedisServer, serverPath } from '../../../../../packages/redis/test/support/redis-server.js';
import { findNginx, startNginx } from '../../support/nginx.js';
import { findFreePort } from '../../../../../packages/core/test/support/free-port.js';
import { readQuotedFile } from '../../support/quoted-file.js';
import { BoundClient, Connections } from './bound-client.js';
import { ServerProcess } from './server-process.js';

const nginxPath = await findNginx();

/** What this machine lacks; nothing where it has all. */
export const missing =
  serverPath === undefined
    ? 'there is no redis-server'
    : nginxPath === undefined
      ? "nginx is neither on this machine nor to be had from Python's package index"
      : undefined;

/** All of it, which takes minutes: `npm run soak:redis`. */
export const isFull = process.env['MANY_PROCESSES'] === 'full';
/** Of the soak; fewer with `SOAK_REQUESTS`, where there is less time. */
export const soakRequests = isFull ? Number(process.env['SOAK_REQUESTS'] ?? 1_000_000) : 600;

/** Milliseconds for a test that may be long. */
export const longest = isFull ? 3_600_000 : 300_000;

const clock = {
  now: () => Date.now(),
  seconds: () => Math.floor(Date.now() / 1000),
  advance: () => undefined,
};

export interface FleetOptions {
  readonly processes?: number;
  readonly whenClaimsUnavailable?: 'refuse' | 'local';
  /** Default: 1000. What is tested must not hang on how busy the machine is. */
  readonly commandTimeoutMs?: number;
}

/** Tokens that are not JWTs are active where they begin so. */
const opaquePrefix = 'opaque-';

/** An authorization server on loopback, with introspection. */
async function startIssuer() {
  let answer: (url: string, init: RequestInit) => Promise<Response> = () =>
    Promise.reject(new Error('early'));
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const init = request.method === 'POST' ? { method: 'POST', body } : {};
      void answer(request.url ?? '/', init).then(async (given) => {
        response.writeHead(given.status, { 'content-type': 'application/json' });
        response.end(await given.text());
      });
    });
  });
  const issuer = await TestIssuer.create(clock, await listen(server));
  issuer.metadata['introspection_endpoint'] = `${issuer.issuer}/introspect`;
  answer = (path, init) => issuer.fetch(`${issuer.issuer}${path}`, init as never);
  return { issuer, close: () => closeServer(server) };
}

/**
 * Servers in processes of their own that share one Redis, behind nginx with the file of the page. Between them and Redis is a network that can
 * be cut.
 */
export class Fleet {
  readonly #closing: (() => unknown)[] = [];
  readonly servers: ServerProcess[] = [];
  redis!: RedisServer;
  network!: Proxy;
  issuer!: TestIssuer;
  /** Where clients reach it. */
  resource = '';
  readonly #secret = randomBytes(32).toString('base64');

  readonly #options: FleetOptions;

  private constructor(options: FleetOptions) {
    this.#options = options;
  }

  static async start(options: FleetOptions = {}): Promise<Fleet> {
    const fleet = new Fleet(options);
    try {
      await fleet.#start();
      return fleet;
    } catch (error) {
      await fleet.close();
      throw error;
    }
  }

  async #start(): Promise<void> {
    this.redis = await RedisServer.start('--maxmemory-policy', 'noeviction');
    this.#closing.push(() => this.redis.close());
    this.network = await Proxy.start(this.redis.port);
    this.#closing.push(() => this.network.close());
    const { issuer, close } = await startIssuer();
    this.issuer = issuer;
    this.#closing.push(close);
    const port = await findFreePort();
    this.resource = `http://127.0.0.1:${port}/mcp`;
    issuer.overrides.set('/introspect', (_url, { body }) => {
      const token = new URLSearchParams(String(body)).get('token') ?? '';
      const active = issuer.claims({ aud: this.resource, sub: token, active: true });
      return Response.json(token.startsWith(opaquePrefix) ? active : { active: false });
    });
    for (let index = 0; index < (this.#options.processes ?? 2); index++) {
      this.servers.push(await this.#startServer(this.network.port));
    }
    await this.#startProxy(port);
  }

  async #startServer(redisPort: number | undefined): Promise<ServerProcess> {
    const { whenClaimsUnavailable, commandTimeoutMs = 1000 } = this.#options;
    const server = await ServerProcess.start({
      issuer: this.issuer.issuer,
      resource: this.resource,
      redisPort,
      secret: this.#secret,
      whenClaimsUnavailable,
      commandTimeoutMs,
    });
    this.#closing.push(() => server.stop());
    return server;
  }

  async #startProxy(port: number): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-many-processes-'));
    this.#closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const lines = this.servers.map((server) => `  server 127.0.0.1:${server.port};\n`);
    const site = [
      ['  server 127.0.0.1:3001;\n  server 127.0.0.1:3002;\n', lines.join('')],
      ['listen 80;', `listen 127.0.0.1:${port};`],
    ].reduce((text, [from = '', to = '']) => {
      if (text.split(from).length !== 2) throw new Error(`the file has ${from} not exactly once`);
      return text.replace(from, to);
    }, readQuotedFile('gateway/many-processes.nginx'));
    const nginx = await startNginx(nginxPath ?? '', folder, site, `http://127.0.0.1:${port}`);
    this.#closing.push(() => nginx.stop());
  }

  /** One process that shares nothing, and is asked directly: proofs for it are for the same address. */
  startAlone(): Promise<ServerProcess> {
    return this.#startServer(undefined);
  }

  connect(atATime?: number): Connections {
    const connections = new Connections(this.resource, this.resource, atATime);
    this.#closing.push(() => connections.close());
    return connections;
  }

  /** Past the proxy, to one process. */
  connectTo(server: ServerProcess, atATime?: number): Connections {
    const connections = new Connections(`http://127.0.0.1:${server.port}/mcp`, this.resource, atATime);
    this.#closing.push(() => connections.close());
    return connections;
  }

  async createClient(subject: string): Promise<BoundClient> {
    const client = new BoundClient();
    client.token = await this.issuer.sign({
      aud: this.resource,
      sub: subject,
      exp: clock.seconds() + 3600,
      cnf: { jkt: client.thumbprint },
    });
    return client;
  }

  /** A bearer token: a JWT, or one that the authorization server is asked about. */
  async createToken(subject: string): Promise<string> {
    return this.issuer.sign({ aud: this.resource, sub: subject, exp: clock.seconds() + 3600 });
  }

  createOpaqueToken(name: string): string {
    return `${opaquePrefix}${name}`;
  }

  /** A command to Redis, past the network. */
  async command(...args: string[]): Promise<unknown> {
    const client = createClient({ url: `redis://127.0.0.1:${this.redis.port}` });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand(args);
    } finally {
      client.destroy();
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }
}

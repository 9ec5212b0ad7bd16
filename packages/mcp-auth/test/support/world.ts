import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler } from 'express';
import { bearer, sendRaw, type RawRequest } from '../../../core/test/support/raw-request.js';
import type * as ours from '../../src/index.js';
import { LoopbackIssuer } from './issuer.js';

/** Either package: what was published as 0.2.0, or this one. */
export type Package = typeof ours;

export const resource = 'https://api.example.com/notes';
export const neighbour = 'https://api.example.com/todos';
export const foreign = 'https://other.example.com';

/** What a client sees of an answer; what is not there is left out. */
export interface Seen {
  readonly status: number;
  /** `error` of the challenge. */
  readonly error?: string;
  /** `resource_metadata` of the challenge. */
  readonly metadata?: string;
  readonly body?: unknown;
}

/** What one row runs in: one of the packages, an issuer, applications on demand. */
export class World {
  readonly #open: { close(): Promise<void> }[] = [];

  static async start(pkg: Package): Promise<World> {
    return new World(pkg, await LoopbackIssuer.start());
  }

  private constructor(
    readonly pkg: Package,
    readonly issuer: LoopbackIssuer,
  ) {
    this.#open.push(issuer);
  }

  async startIssuer(path = '', type: 'oauth' | 'oidc' = 'oauth'): Promise<LoopbackIssuer> {
    const issuer = await LoopbackIssuer.start(path, type);
    this.#open.push(issuer);
    return issuer;
  }

  get server(): { issuer: string; type: 'oauth' } {
    return { issuer: this.issuer.issuer, type: 'oauth' };
  }

  /** `MCPAuth` with one resource that trusts the issuer. */
  protect(
    identifier = resource,
    authorizationServers: ours.AuthServerConfig[] = [this.server],
  ): ours.MCPAuth {
    return new this.pkg.MCPAuth({
      protectedResources: { metadata: { resource: identifier, authorizationServers } },
    });
  }

  /** An Express application, and how to ask it. */
  async serve(build: (app: Express) => void): Promise<App> {
    const app = express();
    // Express prints errors that reach it otherwise
    app.set('env', 'test');
    build(app);
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#open.push({
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    });
    return new App(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** One route behind a middleware, which answers with what it finds at `request.auth`. */
  async guard(middleware: RequestHandler): Promise<App> {
    return this.serve((app) => {
      app.all('/notes', middleware, (request, response) => {
        response.json({ ...request.auth, token: undefined });
      });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((part) => part.close()));
  }
}

/** An application on loopback. */
export class App {
  constructor(readonly origin: string) {}

  async get(path: string, options: RawRequest = {}) {
    return sendRaw(this.origin, path, options);
  }

  /** What a client with this token sees of `/notes`, the body aside. */
  async call(token?: string): Promise<Seen> {
    return this.see(token === undefined ? [] : bearer(token));
  }

  /** What a client with these fields sees of `/notes`, the body aside. */
  async see(headers: RawRequest['headers'] & object, path = '/notes'): Promise<Seen> {
    const { status, headers: fields } = await this.get(path, { headers });
    const challenge = String(fields['www-authenticate'] ?? '');
    const read = (name: string) => new RegExp(`[ ,]${name}="([^"]*)"`).exec(challenge)?.[1];
    const [error, metadata] = [read('error'), read('resource_metadata')];
    return {
      status,
      ...(error === undefined ? {} : { error }),
      ...(metadata === undefined ? {} : { metadata }),
    };
  }

  /** Status alone. */
  async status(token?: string): Promise<number> {
    return (await this.call(token)).status;
  }

  /** The body, as JSON. */
  async json(token: string): Promise<Record<string, unknown>> {
    const { body } = await this.get('/notes', { headers: bearer(token) });
    return JSON.parse(body) as Record<string, unknown>;
  }
}

/** `done`, or the class and code of what was thrown. */
export async function outcome(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'done';
  } catch (error) {
    const { name, code } = error as { name: string; code?: string };
    return code === undefined ? name : `${name} ${code}`;
  }
}

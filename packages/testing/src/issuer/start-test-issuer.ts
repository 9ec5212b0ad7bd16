import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closeServer, listen } from '../harness/listen.js';
import { checkIssuer, Issuer } from './issuer.js';
import type { TestIssuer, TestIssuerOptions } from './test-issuer.js';

/** How an issuer that listens is set up. */
export interface ListeningTestIssuerOptions extends TestIssuerOptions {
  /** Path of the issuer identifier, such as `/tenants/one`. Default: none. */
  readonly path?: string | undefined;
}

/**
 * Starts an authorization server over HTTP on 127.0.0.1, on a free port: for servers that run in a process of their own, or that are
 * configured by their environment alone.
 *
 * It ends with `close`, at the end of an `await using`, or with the process, which it does not keep running.
 *
 * Does not check: logins. It has none; the test says whom a token is for.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @throws {TypeError} for an option that it does not know
 * @see RFC 8414 §3
 * @example
 * ```ts
 * import { startTestIssuer } from '@mcp-auth/testing';
 *
 * const issuer = await startTestIssuer({ audience: 'http://localhost:3000/mcp' });
 * process.env['ISSUER'] = issuer.issuer;
 * // … start the server, and send it requests with tokens
 * await issuer.close();
 * ```
 */
export async function startTestIssuer(options: ListeningTestIssuerOptions = {}): Promise<TestIssuer> {
  checkIssuer('startTestIssuer', options, ['path']);
  const { path = '', ...others } = options;
  const server = createServer();
  const origin = await listen(server);
  return new ListeningIssuer(`${origin}${path}`, server, others);
}

const maxBodyBytes = 65_536;

class ListeningIssuer extends Issuer {
  readonly #server: Server;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(issuer: string, server: Server, options: TestIssuerOptions) {
    super(issuer, options);
    this.#server = server.on('request', (request, response) => {
      this.#respond(request, response).catch(() => response.destroy());
    });
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await closeServer(this.#server);
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const answer = this.answer({
      method: request.method ?? '',
      path,
      authorization: request.headers.authorization,
      body: await readBody(request),
    });
    await this.#wait(this.behaviour.delayMs);
    switch (answer.kind) {
      case 'answer':
        response.writeHead(answer.status, answer.headers).end(answer.body);
        break;
      case 'closes':
        response.destroy();
        break;
      case 'hangs':
        break;
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, milliseconds);
      this.#timers.add(timer);
    });
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
    if (body.length > maxBodyBytes) throw new RangeError('The body is too long for an introspection request');
  }
  return body;
}

import { Agent, request } from 'node:http';

/** A request whose every line is decided by the caller. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array | undefined;
  /** Sends the body in several chunks, or in chunks of so many bytes, and does not announce its length. */
  readonly chunked?: true | number | undefined;
  /** Announces more than it sends, or no last chunk; an answer that waits for the rest is none. */
  readonly unfinished?: true | undefined;
}

export interface RawResponse {
  readonly status: number;
  /** Field lines in the order received. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** For an answer that needs nothing of the body. */
const unfinishedMs = 5000;

/** One connection that is kept open, so that consecutive requests share it. */
export class Connection {
  readonly #origin: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(origin: string) {
    this.#origin = new URL(origin);
  }

  /** Sends headers as they are, duplicates included: what `fetch` cannot do. */
  async send({ method, target, headers, body, chunked, unfinished }: RawRequest): Promise<RawResponse> {
    const measured = body ?? (/^(POST|PUT|PATCH)$/.test(method) ? '' : undefined);
    const framing =
      chunked !== undefined
        ? [['Transfer-Encoding', 'chunked']]
        : measured === undefined
          ? []
          : [['Content-Length', String(Buffer.byteLength(measured) + (unfinished === true ? 1000 : 0))]];
    const lines = [...headers, ...framing];
    return new Promise((resolve, reject) => {
      const outgoing = request({
        hostname: this.#origin.hostname,
        port: this.#origin.port,
        agent: this.#agent,
        method,
        path: target,
        headers: lines.flat(),
        setHost: false,
      });
      // A server that has answered need not take the rest of the body
      let answered = false;
      outgoing.on('error', (error) => {
        if (!answered) reject(error);
      });
      outgoing.on('response', (response) => {
        answered = true;
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode = 0, rawHeaders } = response;
          resolve({
            status: statusCode,
            headers: toPairs(rawHeaders),
            body: Buffer.concat(chunks).toString(),
          });
          if (unfinished === true) outgoing.destroy();
        });
      });
      if (chunked !== undefined && body !== undefined) {
        for (const chunk of inPieces(body, chunked)) outgoing.write(chunk);
      }
      if (unfinished !== true) {
        outgoing.end(chunked === undefined ? body : undefined);
        return;
      }
      outgoing.setTimeout(unfinishedMs, () =>
        outgoing.destroy(new Error('no answer before the body has ended')),
      );
      if (chunked === undefined) outgoing.write(body ?? '');
      outgoing.flushHeaders();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Four pieces, or pieces of one size. */
function inPieces(body: string | Uint8Array, chunked: true | number): Uint8Array[] {
  const bytes = Buffer.from(body);
  const size = chunked === true ? Math.ceil(bytes.length / 4) : chunked;
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function toPairs(lines: readonly string[]): [string, string][] {
  return Array.from({ length: lines.length / 2 }, (_, index) => [
    lines[index * 2] ?? '',
    lines[index * 2 + 1] ?? '',
  ]);
}

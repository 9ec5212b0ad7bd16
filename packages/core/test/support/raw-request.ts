import { request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  /** As pairs: a field may occur twice, and Host may say anything. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** One request over real HTTP, with the target and the fields exactly as given. */
export function sendRaw(origin: string, target: string, options: RawRequest = {}): Promise<RawAnswer> {
  const { method = 'GET', headers = [], body } = options;
  const { hostname, port, host } = new URL(origin);
  const fields = [
    ...(headers.some(([name]) => name.toLowerCase() === 'host') ? [] : [['Host', host] as const]),
    ...headers,
  ];
  if (body !== undefined) {
    fields.push(['Content-Type', 'application/json'], ['Content-Length', String(Buffer.byteLength(body))]);
  }
  return new Promise((resolve, reject) => {
    const message = request(
      { hostname, port, path: target, method, headers: fields.flat() as never, setHost: false, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    message.on('error', reject);
    message.end(body);
  });
}

export function bearer(token: string): readonly (readonly [string, string])[] {
  return [['Authorization', `Bearer ${token}`]];
}

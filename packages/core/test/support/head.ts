import type { RequestHead } from '../../src/http/request-head.js';

export interface HeadOptions {
  readonly method?: string;
  readonly target?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly rawHeaders?: readonly string[];
  /** Address at the other end of the connection. */
  readonly peer?: string | null;
}

/** A request head as an adapter would show it. */
export function createHead(options: HeadOptions = {}): RequestHead {
  const headers = new Map(Object.entries(options.headers ?? {}));
  return {
    method: options.method ?? 'POST',
    target: options.target ?? '/mcp',
    host: options.host,
    rawHeaders: options.rawHeaders,
    peer: options.peer,
    header: (name) => headers.get(name),
  };
}

export function headWith(authorization: string | undefined): RequestHead {
  return createHead({ headers: authorization === undefined ? {} : { authorization } });
}

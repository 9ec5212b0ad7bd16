/** A response of `fetch`, and of all that looks like it, such as Hono's. */
export interface FetchLikeResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** A response of supertest (`status`), of Fastify's `inject` (`statusCode`), or of `node:http`. */
export interface NodeLikeResponse {
  readonly status?: number;
  readonly statusCode?: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A response that the matchers can read. */
export type AnyResponse = FetchLikeResponse | NodeLikeResponse;

/** What the matchers look at. */
export interface ReadResponse {
  readonly status: number;
  /** The values of `WWW-Authenticate`. */
  readonly challenges: readonly string[];
}

/**
 * Reads a response of any framework.
 *
 * @throws {TypeError} for what is not one, such as a promise that nobody has awaited
 */
export function readResponse(value: unknown): ReadResponse {
  if (typeof value !== 'object' || value === null) throw notAResponse(typeof value);
  if ('then' in value) throw notAResponse('a promise: await it first');
  const { status, statusCode, headers } = value as Partial<NodeLikeResponse>;
  const code = status ?? statusCode;
  if (typeof code !== 'number' || typeof headers !== 'object')
    throw notAResponse('an object without status and headers');
  return { status: code, challenges: readHeader(headers) };
}

function readHeader(headers: object): readonly string[] {
  const name = 'www-authenticate';
  const value: unknown =
    'get' in headers && typeof headers.get === 'function'
      ? (headers as FetchLikeResponse['headers']).get(name)
      : (headers as NodeLikeResponse['headers'])[name];
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function notAResponse(what: string): TypeError {
  return new TypeError(
    `expected a response of fetch, supertest, node:http or of Fastify's inject, but got ${what}`,
  );
}

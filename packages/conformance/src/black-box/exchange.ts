import { parseChallenges, type Challenge } from '@mcp-auth/testing';

/** A request as it goes out: every header line is decided by the case. */
export interface BlackBoxRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

export interface BlackBoxResponse {
  readonly status: number;
  /** Header lines in the order received. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/**
 * Sends one request and returns its answer, without following a redirect.
 *
 * It rejects when there is no answer. What it sends is for its caller to decide, but for `Host` and `Content-Length`.
 */
export type BlackBoxSend = (request: BlackBoxRequest) => Promise<BlackBoxResponse>;

/** What went over the wire, without secrets. */
export interface BlackBoxExchange {
  readonly request: BlackBoxRequest;
  readonly response: BlackBoxResponse;
}

type Headers = Pick<BlackBoxResponse, 'headers'>;

/** The values of a header, one for each line. */
export function linesOf({ headers }: Headers, name: string): readonly string[] {
  return headers.filter(([candidate]) => candidate.toLowerCase() === name).map(([, value]) => value);
}

/** All lines of a header as one value. */
export function headerOf(response: Headers, name: string): string | undefined {
  const lines = linesOf(response, name);
  return lines.length === 0 ? undefined : lines.join(', ');
}

/** The challenges of an answer; nothing where they cannot be read. */
export function readChallenges(response: BlackBoxResponse): readonly Challenge[] | undefined {
  const lines = linesOf(response, 'www-authenticate');
  if (lines.length === 0) return [];
  try {
    return parseChallenges(lines);
  } catch {
    return undefined;
  }
}

/** Members of a comma-separated list, in lower case. */
export function membersOf(response: Headers, name: string): readonly string[] {
  return (headerOf(response, name) ?? '')
    .toLowerCase()
    .split(',')
    .map((member) => member.trim());
}

export type JsonRecord = Readonly<Record<string, unknown>>;

/** The JSON object in a string, or nothing. */
export function readObject(text: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A value as JSON; what a document lacks is said so. */
export function show(value: unknown): string {
  return value === undefined ? 'no such member' : JSON.stringify(value);
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON-RPC message of an answer, whether it came alone or as the last event of a stream. */
export function readMessage({ body }: Pick<BlackBoxResponse, 'body'>): JsonRecord | undefined {
  const event = body.split('\n').findLast((line) => line.startsWith('data: {'));
  return readObject(event?.slice('data: '.length) ?? body);
}

/** Whether the server took the request on: it answered neither that it must not nor that it cannot. */
export function isLetIn({ status }: Pick<BlackBoxResponse, 'status'>): boolean {
  return status !== 401 && status !== 403 && status < 500;
}

export function isLoopback(url: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$|\.localhost$/.test(url.hostname);
}

import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';

/** Somewhere a document may be. */
export interface Location<T> {
  readonly url: string;
  /** Fetches and judges what is there. */
  readonly read: (timeoutMs: number) => Promise<T>;
}

/**
 * The first usable document of several locations, which are asked in order and within one time limit (MCP Authorization,
 * Authorization Server Metadata Discovery).
 *
 * The next one is asked when one has nothing usable, and when it has taken its share of the time: it may still answer then.
 *
 * @throws {MCPAuthAuthServerError} that names every location with what came of it; its code is that of the most telling one
 */
export async function searchLocations<T extends object>(
  issuer: string,
  locations: readonly Location<T>[],
  timeoutMs: number,
): Promise<T> {
  const startedAt = performance.now();
  const leftMs = () => Math.max(1, Math.round(timeoutMs - (performance.now() - startedAt)));
  const running: Promise<T>[] = [];
  for (const [index, { url, read }] of locations.entries()) {
    const current = read(leftMs()).catch((error: unknown) => Promise.reject(toFailure(error, url)));
    running.push(current);
    const others = locations.length - index;
    const found = others === 1 ? undefined : await firstOf(running, current, leftMs() / others);
    if (found !== undefined) return found;
  }
  try {
    return await Promise.any(running);
  } catch (error) {
    // In the order of the locations (ECMAScript, Promise.any)
    throw combine(issuer, timeoutMs, (error as AggregateError).errors as readonly MCPAuthAuthServerError[]);
  }
}

/** What one of these found, as soon as it has; nothing once the current one has failed or had its time. */
async function firstOf<T>(
  running: readonly Promise<T>[],
  current: Promise<T>,
  shareMs: number,
): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const share = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), shareMs);
  });
  const nothing = () => undefined;
  try {
    return await Promise.race([Promise.any(running).catch(nothing), current.catch(nothing), share]);
  } finally {
    clearTimeout(timer);
  }
}

function toFailure(error: unknown, url: string): MCPAuthAuthServerError {
  if (!(error instanceof MCPAuthAuthServerError)) {
    return new MCPAuthAuthServerError('request_failed', `${url} could not be read`, {
      cause: error,
      details: { url },
    });
  }
  if (error.message.startsWith(url)) return error;
  const { code, message, cause, details } = error;
  return new MCPAuthAuthServerError(code, `${url}: ${message}`, { cause, details: { ...details, url } });
}

function combine(
  issuer: string,
  timeoutMs: number,
  errors: readonly MCPAuthAuthServerError[],
): MCPAuthAuthServerError {
  const [first, ...others] = errors.toSorted((a, b) => rank(a) - rank(b));
  if (first === undefined) throw new TypeError('unreachable: no location');
  if (others.length === 0) return first;
  const isLate = errors.some(({ code }) => code === 'request_timeout');
  const within = isLate ? ` within ${timeoutMs} ms, all places together` : '';
  const outcomes = errors.map(({ message }) => message).join('; ');
  return new MCPAuthAuthServerError(
    first.code,
    `The metadata of ${issuer} is in none of its ${errors.length} places${within}: ${outcomes}`,
    {
      cause: first.cause,
      details: { ...first.details, places: errors.map(({ code, details }) => ({ ...details, code })) },
    },
  );
}

const refusedDocuments: ReadonlySet<AuthServerErrorCode> = new Set([
  'issuer_mismatch',
  'transpile_failed',
  'invalid_metadata',
  'insecure_url',
  'missing_jwks_uri',
]);

/** A document that was read and refused says most, one that could not be had less, and a place without a document least. */
function rank({ code, message }: MCPAuthAuthServerError): number {
  if (refusedDocuments.has(code)) return 0;
  const isAbsent =
    (code === 'unexpected_status' && /status 4\d\d$/.test(message)) ||
    code === 'unexpected_content_type' ||
    code === 'invalid_json' ||
    code === 'redirect_refused';
  return isAbsent ? 2 : 1;
}

import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { fault, type FetchFunction, fetchJson } from '../net/fetch-json.js';
import type { AuthServerMetadata, AuthServerType, TranspileData } from '../config/authorization-server.js';
import { type JudgedEndpoints, judgeEndpoints, readMetadata } from './read-metadata.js';
import { getCandidateMetadataUrls, getMetadataUrl } from './issuer.js';

/** How metadata documents are fetched. */
export interface DiscoveryOptions {
  readonly fetch: FetchFunction;
  /** For all that is fetched, together. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly allowInsecure: boolean;
  readonly transpileData: TranspileData | undefined;
}

/** The metadata of a server, as it was fetched and judged. */
export interface DiscoveredMetadata {
  readonly type: AuthServerType;
  /** The document as the server publishes it, after `transpileData`. */
  readonly text: string;
  readonly metadata: AuthServerMetadata;
  readonly endpoints: JudgedEndpoints;
  readonly warnings: readonly string[];
  readonly headers: Headers;
}

/**
 * Fetches and reads the metadata of an issuer.
 *
 * Checks before anything in the document is used: its `issuer` is the identifier asked for, byte for byte (RFC 8414
 * §3.3, OpenID Connect Discovery §4.3). Without a type the candidate locations are tried in order; the next one is asked
 * only when one does not have the document.
 *
 * @throws {MCPAuthAuthServerError}
 */
export async function discoverServer(
  issuer: string,
  type: AuthServerType | undefined,
  options: DiscoveryOptions,
): Promise<DiscoveredMetadata> {
  const candidates =
    type === undefined ? getCandidateMetadataUrls(issuer) : [{ url: getMetadataUrl(issuer, type), type }];
  const startedAt = performance.now();
  let firstError: unknown;
  for (const candidate of candidates) {
    try {
      // One time limit for all of them
      const timeoutMs = Math.max(1, Math.round(options.timeoutMs - (performance.now() - startedAt)));
      const { document, headers } = await fetchDocument(candidate.url, { ...options, timeoutMs });
      assertIssuer(document, [issuer], candidate.url);
      const { metadata, warnings } = readMetadata(document, candidate.url);
      const endpoints = judgeEndpoints(issuer, metadata, options.allowInsecure);
      const text = JSON.stringify(document);
      return { type: candidate.type, headers, metadata, warnings, endpoints, text };
    } catch (error) {
      if (firstError !== undefined && hasCode(error, 'request_timeout')) {
        const problem = `did not answer within ${options.timeoutMs} ms, all places together`;
        throw fault('request_timeout', candidate.url, problem);
      }
      firstError ??= error;
      if (!isAbsence(error)) throw error;
    }
  }
  throw firstError;
}

/** Fetches one metadata document and hands it through `transpileData`. */
export async function fetchDocument(
  url: string,
  options: DiscoveryOptions,
): Promise<{ readonly document: unknown; readonly headers: Headers }> {
  const { body, headers } = await fetchJson(url, options);
  if (options.transpileData === undefined) return { document: body, headers };
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new MCPAuthAuthServerError('invalid_metadata', `${url} is not a JSON object`, { details: { url } });
  }
  try {
    return { document: await options.transpileData({ ...body }), headers };
  } catch (cause) {
    throw new MCPAuthAuthServerError('transpile_failed', `transpileData threw on the document from ${url}`, {
      cause,
      details: { url },
    });
  }
}

/** @throws {MCPAuthAuthServerError} `issuer_mismatch`, `invalid_metadata` */
export function assertIssuer(document: unknown, expected: readonly string[], url: string): void {
  const issuer: unknown =
    typeof document === 'object' && document !== null ? (document as { issuer?: unknown }).issuer : undefined;
  if (typeof issuer !== 'string') {
    throw new MCPAuthAuthServerError(
      'invalid_metadata',
      `${url} is not a metadata document: issuer is missing`,
      { details: { url } },
    );
  }
  if (!expected.includes(issuer)) {
    throw new MCPAuthAuthServerError(
      'issuer_mismatch',
      `${url} states issuer ${JSON.stringify(issuer)} where ${expected.map((entry) => JSON.stringify(entry)).join(' or ')} was asked for; they must be equal byte for byte (RFC 8414 §3.3). If this is your server, write issuer: ${JSON.stringify(issuer.slice(0, 200))}`,
      { details: { url, expected, actual: issuer } },
    );
  }
}

function hasCode(error: unknown, code: AuthServerErrorCode): boolean {
  return error instanceof MCPAuthAuthServerError && error.code === code;
}

/** A location that answers 4xx, or with something that is not JSON, does not have the document: the next may. */
function isAbsence(error: unknown): boolean {
  if (!(error instanceof MCPAuthAuthServerError)) return false;
  if (error.code === 'unexpected_status') return /status 4\d\d$/.test(error.message);
  return (
    error.code === 'unexpected_content_type' ||
    error.code === 'invalid_json' ||
    error.code === 'redirect_refused'
  );
}

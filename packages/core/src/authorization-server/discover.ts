import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { describeText } from '../errors/describe-value.js';
import { type FetchFunction, fetchJson } from '../net/fetch-json.js';
import type { AuthServerMetadata, AuthServerType, TranspileData } from '../config/authorization-server.js';
import { type JudgedEndpoints, judgeEndpoints, readMetadata } from './read-metadata.js';
import { getCandidateMetadataUrls, getMetadataUrl } from './issuer.js';
import type { Reach } from './reach.js';
import { searchLocations } from './search-locations.js';

/** How metadata documents are fetched. */
export interface DiscoveryOptions {
  readonly fetch: FetchFunction;
  /** For all that is fetched, together. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly allowInsecure: boolean;
  readonly transpileData: TranspileData | undefined;
  /** Where the document is, where that does not follow from the issuer. */
  readonly wellKnownUrl?: string | undefined;
  /** Where requests go in fact. */
  readonly reach?: Reach | undefined;
  /** Why a document is as good as none to who asks for it: the next location may have a better one. */
  readonly findFlaw?: ((server: DiscoveredMetadata) => MCPAuthAuthServerError | undefined) | undefined;
  /** What a document lacks that the one of another location may have; where none has it, the first such document is used. */
  readonly findLack?: ((server: DiscoveredMetadata) => MCPAuthAuthServerError | undefined) | undefined;
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
  /** Whether it lacks something, and the locations that may have it had nothing to offer this time. */
  readonly isSpare?: boolean;
}

/**
 * Fetches and reads the metadata of an issuer.
 *
 * Checks before anything in the document is used: its `issuer` is the identifier asked for, byte for byte (RFC 8414
 * §3.3, OpenID Connect Discovery §4.3). Without a type the candidate locations are tried in order; the next one is asked
 * where one has no such document, no matter why.
 *
 * @throws {MCPAuthAuthServerError}
 */
export async function discoverServer(
  issuer: string,
  type: AuthServerType | undefined,
  options: DiscoveryOptions,
): Promise<DiscoveredMetadata> {
  const candidates = listCandidates(issuer, type, options.wellKnownUrl);
  const spares: (DiscoveredMetadata | undefined)[] = [];
  const locations = candidates.map((candidate, index) => {
    const { url, headers } = options.reach?.(candidate.url) ?? { url: candidate.url, headers: undefined };
    const read = async (timeoutMs: number) => {
      const server = await readLocation(issuer, url, candidate.type, { ...options, headers, timeoutMs });
      const lack = candidates.length === 1 ? undefined : options.findLack?.(server);
      if (lack === undefined) return server;
      spares[index] = { ...server, isSpare: true };
      throw lack;
    };
    return { url, read };
  });
  try {
    return await searchLocations(issuer, locations, options.timeoutMs);
  } catch (error) {
    const spare = spares.find((server) => server !== undefined);
    if (spare !== undefined) return spare;
    throw error;
  }
}

function listCandidates(
  issuer: string,
  type: AuthServerType | undefined,
  wellKnownUrl: string | undefined,
): ReturnType<typeof getCandidateMetadataUrls> {
  if (wellKnownUrl !== undefined) {
    return [{ url: wellKnownUrl, type: type ?? guessType(wellKnownUrl) }];
  }
  return type === undefined
    ? getCandidateMetadataUrls(issuer)
    : [{ url: getMetadataUrl(issuer, type), type }];
}

/** What kind of document is published at an address. */
export function guessType(url: string): AuthServerType {
  return url.includes('openid-configuration') ? 'oidc' : 'oauth';
}

type LocationOptions = DiscoveryOptions & { readonly headers?: Readonly<Record<string, string>> | undefined };

async function readLocation(
  issuer: string,
  url: string,
  type: AuthServerType,
  options: LocationOptions,
): Promise<DiscoveredMetadata> {
  const { document, headers, warnings: early } = await fetchDocument(url, options);
  assertIssuer(document, [issuer], url);
  const { metadata, warnings, unusable } = readMetadata(document, url);
  const endpoints = judgeEndpoints(issuer, metadata, options.allowInsecure, unusable);
  const text = JSON.stringify(document);
  const server = { type, headers, metadata, warnings: [...early, ...warnings], endpoints, text };
  const flaw = options.findFlaw?.(server);
  if (flaw !== undefined) throw flaw;
  return server;
}

/** A metadata document as it was fetched. */
export interface FetchedDocument {
  readonly document: unknown;
  readonly headers: Headers;
  /** What is odd about the answer, and harmless. */
  readonly warnings: readonly string[];
}

/** Fetches one metadata document and hands it through `transpileData`, both within `timeoutMs`. */
export async function fetchDocument(url: string, options: LocationOptions): Promise<FetchedDocument> {
  const startedAt = performance.now();
  const { body, headers, otherMediaType } = await fetchJson(url, options);
  const warnings = otherMediaType === undefined ? [] : [describeMediaType(url, otherMediaType)];
  if (options.transpileData === undefined) return { document: body, headers, warnings };
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new MCPAuthAuthServerError('invalid_metadata', `${url} is not a JSON object`, { details: { url } });
  }
  const leftMs = Math.max(1, Math.round(options.timeoutMs - (performance.now() - startedAt)));
  return { document: await transpile(url, { ...body }, options.transpileData, leftMs), headers, warnings };
}

/** A function that never answers must not keep requests waiting, and its owner in the dark. */
async function transpile(
  url: string,
  document: Record<string, unknown>,
  transpileData: TranspileData,
  timeoutMs: number,
): Promise<unknown> {
  const failed = (problem: string, cause?: unknown) =>
    new MCPAuthAuthServerError('transpile_failed', `${url} came, and transpileData ${problem}`, {
      cause,
      details: { url },
    });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(failed('had not answered when the time for the document was over')),
      timeoutMs,
    );
  });
  const run = async () => {
    try {
      return await transpileData(document);
    } catch (cause) {
      throw failed('threw on its document', cause);
    }
  };
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function describeMediaType(url: string, mediaType: string): string {
  const type = mediaType === '' ? 'without a Content-Type' : `as ${describeText(mediaType)}`;
  return `${url}: the metadata is served ${type}, and not as application/json (RFC 8414 §3.2). It is read here; MCP clients may refuse it.`;
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
    throw new MCPAuthAuthServerError('issuer_mismatch', describeMismatch(url, issuer, expected), {
      details: { url, expected, actual: issuer.slice(0, shownIssuer) },
    });
  }
}

/** Longer than issuers are; the whole of a document could be one. */
const shownIssuer = 500;

function describeMismatch(url: string, issuer: string, expected: readonly string[]): string {
  const stated = describeText(issuer, shownIssuer);
  const wanted = expected.map((entry) => JSON.stringify(entry)).join(' or ');
  return `${url} states issuer ${stated} where ${wanted} was asked for; they must be equal byte for byte (RFC 8414 §3.3). If this is your server, write issuer: ${stated}`;
}

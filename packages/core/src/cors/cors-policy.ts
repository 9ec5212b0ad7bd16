import type { Answer, HeaderList } from '../http/answer.js';
import { mergeHeaders } from '../http/merge-headers.js';
import type { RequestHead } from '../http/request-head.js';

/** Which web pages may call a protected resource from a browser. */
export interface CorsOptions {
  /**
   * Origins such as `https://app.example.com`, compared byte for byte, or `*` for all.
   *
   * Tokens travel in a header that a page must set itself, never in cookies, so `*` does not let a foreign page use the
   * login of a visitor; it lets pages call the resource that hold their own token.
   */
  readonly origins: '*' | readonly string[];
  /** Request headers that a page may set in addition to those of MCP. Default: none. */
  readonly allowedHeaders?: readonly string[] | undefined;
  /** Seconds a browser may remember a preflight. Default: 7200. */
  readonly maxAgeSeconds?: number | undefined;
}

/** Headers that MCP clients send (Streamable HTTP, 2025-06-18 to 2026-07-28). */
const mcpRequestFields = [
  'Authorization',
  'Content-Type',
  'Accept',
  'Last-Event-ID',
  'MCP-Protocol-Version',
  'Mcp-Session-Id',
  'Mcp-Method',
  'Mcp-Name',
] as const;

/** Headers that MCP clients read. */
const exposed = 'WWW-Authenticate, Mcp-Session-Id, Retry-After';

/** What parameters of a tool are mirrored as (MCP 2026-07-28, Streamable HTTP); each has its own name. */
const mirroredParameter = /^mcp-param-[\w!#$%&'*+.^`|~-]+$/i;
const maxMirrored = 64;

/** The Fetch standard's CORS protocol for one protected resource. */
export interface CorsPolicy {
  /** Answers a preflight, before any token is asked for; nothing for other requests. */
  preflight(head: RequestHead): Answer | undefined;
  /** Headers for every other answer to this request. */
  headers(head: RequestHead): HeaderList;
}

const none: HeaderList = [];

/**
 * The policy that checked options stand for.
 *
 * @param tokenHeader - where tokens are, where that is not Authorization
 * @param takesProofs - whether proofs come with tokens (RFC 9449)
 */
export function createCorsPolicy(
  { allowedHeaders = [], maxAgeSeconds = 7200, ...options }: CorsOptions,
  tokenHeader?: string,
  takesProofs = false,
): CorsPolicy {
  const ownHeaders = [
    ...(takesProofs ? ['DPoP'] : []),
    ...(tokenHeader === undefined ? [] : [tokenHeader]),
    ...allowedHeaders,
  ];
  const readable = takesProofs ? `${exposed}, DPoP-Nonce` : exposed;
  const origins = options.origins === '*' ? options.origins : new Set(options.origins);
  const preflightHeaders = (head: RequestHead): HeaderList => {
    const asked = (head.header('access-control-request-headers') ?? '').split(',').map((name) => name.trim());
    const mirrored = asked.filter((name) => mirroredParameter.test(name)).slice(0, maxMirrored);
    return [
      ['Access-Control-Allow-Methods', 'GET, POST, DELETE, OPTIONS'],
      ['Access-Control-Allow-Headers', [...mcpRequestFields, ...ownHeaders, ...mirrored].join(', ')],
      ['Access-Control-Max-Age', String(maxAgeSeconds)],
      ['Vary', 'Access-Control-Request-Headers'],
    ];
  };
  const allow = (head: RequestHead): HeaderList => {
    const origin = head.header('origin');
    if (origins === '*') return [['Access-Control-Allow-Origin', '*']];
    const vary = ['Vary', 'Origin'] as const;
    if (origin === undefined || !origins.has(origin)) return [vary];
    return [['Access-Control-Allow-Origin', origin], vary];
  };
  return {
    preflight: (head) => {
      if (head.method !== 'OPTIONS' || head.header('origin') === undefined) return undefined;
      if (head.header('access-control-request-method') === undefined) return undefined;
      return { status: 204, headers: mergeHeaders(allow(head), preflightHeaders(head)), body: undefined };
    },
    headers: (head) => {
      if (head.header('origin') === undefined) return origins === '*' ? none : [['Vary', 'Origin']];
      return [...allow(head), ['Access-Control-Expose-Headers', readable]];
    },
  };
}

import type { Answer, HeaderList } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import { MCPAuthConfigError } from '../errors/config-error.js';

/** Which web pages may call a protected resource from a browser. */
export interface CorsOptions {
  /**
   * Origins such as `https://app.example.com`, compared byte for byte, or `*` for all.
   *
   * Tokens travel in a field that a page must set itself, never in cookies, so `*` does not let a foreign page use the
   * login of a visitor; it lets pages call the resource that hold a token of their own.
   */
  readonly origins: '*' | readonly string[];
  /** Request fields beside those of MCP that a page may set. */
  readonly allowedHeaders?: readonly string[] | undefined;
  /** Seconds a browser may remember a preflight. Default: 7200. */
  readonly maxAgeSeconds?: number | undefined;
}

/** Fields that MCP clients send (Streamable HTTP, 2025-06-18 to 2026-07-28). */
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

/** Fields that MCP clients read; the challenge is exposed by every refusal on its own. */
const exposed = 'WWW-Authenticate, Mcp-Session-Id';

/** The Fetch standard's CORS protocol for one protected resource. */
export interface CorsPolicy {
  /** Answers a preflight, before any token is asked for; nothing for other requests. */
  preflight(head: RequestHead): Answer | undefined;
  /** Fields for every other answer to this request. */
  headers(head: RequestHead): HeaderList;
}

const none: HeaderList = [];

/** @throws {MCPAuthConfigError} `invalid_option` */
export function createCorsPolicy(options: CorsOptions, path: string): CorsPolicy {
  const origins = readOrigins(options.origins, `${path}.origins`);
  const allowHeaders = [
    ...mcpRequestFields,
    ...readFieldNames(options.allowedHeaders, `${path}.allowedHeaders`),
  ].join(', ');
  const maxAge = options.maxAgeSeconds ?? 7200;
  if (!Number.isSafeInteger(maxAge) || maxAge < 0) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.maxAgeSeconds`,
      'must be a whole number of seconds, 0 or more.',
    );
  }
  const preflightHeaders: HeaderList = [
    ['Access-Control-Allow-Methods', 'GET, POST, DELETE, OPTIONS'],
    ['Access-Control-Allow-Headers', allowHeaders],
    ['Access-Control-Max-Age', String(maxAge)],
  ];
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
      return { status: 204, headers: [...allow(head), ...preflightHeaders], body: undefined };
    },
    headers: (head) => {
      if (head.header('origin') === undefined) return origins === '*' ? none : [['Vary', 'Origin']];
      return [...allow(head), ['Access-Control-Expose-Headers', exposed]];
    },
  };
}

/** RFC 9110 §5.1: a field name is a token. */
function readFieldNames(names: unknown, path: string): readonly string[] {
  if (names === undefined) return [];
  const isName = (name: unknown): name is string =>
    typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
  if (Array.isArray(names) && names.every(isName)) return names;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    'must be a list of field names, such as ["X-Request-Id"].',
  );
}

function readOrigins(origins: unknown, path: string): '*' | ReadonlySet<string> {
  if (origins === '*') return origins;
  if (Array.isArray(origins) && origins.length > 0 && origins.every(isOrigin)) return new Set(origins);
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    'must be "*" or a list of origins such as "https://app.example.com": no path, no pattern.',
  );
}

function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  try {
    const { origin, protocol, hostname } = new URL(value);
    return origin === value && /^https?:$/.test(protocol) && !hostname.includes('*');
  } catch {
    return false;
  }
}

import { MCPAuthAuthServerError, type AuthServerErrorCode } from '../errors/auth-server-error.js';
import { isSecureUrlOf } from '../net/secure-url.js';
import type { AuthServerMetadata } from '../config/authorization-server.js';

/** Where a discovered document sends a resource server: a URL, or why there is none to go to. */
export interface JudgedEndpoints {
  readonly keySet: string | MCPAuthAuthServerError;
  readonly introspection: string | MCPAuthAuthServerError;
}

/** Judges a document once, when it is fetched, so that no request has to parse its URLs again (RFC 8414 §2: TLS). */
export function judgeEndpoints(
  issuer: string,
  { jwksUri, introspectionEndpoint }: AuthServerMetadata,
  allowInsecure: boolean,
): JudgedEndpoints {
  const judge = (url: string | undefined, name: string, code: AuthServerErrorCode, fix: string) => {
    if (url === undefined) return new MCPAuthAuthServerError(code, `${issuer} publishes no ${name}. ${fix}`);
    if (isSecureUrlOf(issuer, url, allowInsecure)) return url;
    return new MCPAuthAuthServerError(
      'insecure_url',
      `${issuer} publishes its ${name} without TLS (RFC 8414 §2)`,
    );
  };
  return {
    keySet: judge(jwksUri, 'jwks_uri', 'missing_jwks_uri', 'Give its keys as jwks.'),
    introspection: judge(
      introspectionEndpoint,
      'introspection_endpoint',
      'missing_introspection_endpoint',
      'Give its URL as introspection.endpoint.',
    ),
  };
}

import { MCPAuthAuthServerError, type AuthServerErrorCode } from '../errors/auth-server-error.js';
import { isSecureUrl } from './secure-url.js';

/** An error that begins with the URL that was asked. */
export function fault(code: AuthServerErrorCode, url: string, problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError(code, `${url} ${problem}`, { details: { url } });
}

/** @throws {MCPAuthAuthServerError} `insecure_url` */
export function assertSecure(url: string, allowInsecure: boolean): void {
  if (isSecureUrl(url, allowInsecure)) return;
  throw fault(
    'insecure_url',
    url,
    'is not https. Authorization servers must be reached over TLS (OAuth 2.1 §1.5)',
  );
}

import { MCPAuthConfigError } from '../errors/config-error.js';
import { isLoopbackHost, parseUrl } from '../net/secure-url.js';

/**
 * Checks an issuer identifier (RFC 8414 §2): an https URL without query and fragment; http on loopback only.
 *
 * @throws {MCPAuthConfigError} `invalid_issuer`, `insecure_issuer`
 */
export function checkIssuer(
  issuer: unknown,
  path: string,
  allowInsecureHttp: boolean,
): asserts issuer is string {
  const url = typeof issuer === 'string' ? parseUrl(issuer) : undefined;
  if (typeof issuer !== 'string' || url === undefined) {
    throw new MCPAuthConfigError(
      'invalid_issuer',
      path,
      'must be an absolute URL, exactly as the authorization server states it.',
    );
  }
  if (issuer.includes('?') || issuer.includes('#')) {
    throw new MCPAuthConfigError('invalid_issuer', path, 'must have no query and no fragment (RFC 8414 §2).');
  }
  if (url.username !== '' || url.password !== '') {
    throw new MCPAuthConfigError('invalid_issuer', path, 'must hold no user name or password.');
  }
  if (url.protocol === 'http:' && !allowInsecureHttp && !isLoopbackHost(url.hostname)) {
    throw new MCPAuthConfigError(
      'insecure_issuer',
      path,
      'must use https. Plain http is for loopback hosts; allowInsecureHttp lifts this in test networks.',
    );
  }
}

import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { DependencyPurpose } from './dependency-event.js';

const noRoute = 'Check that a firewall or proxy lets this machine connect there, and that something answers';
const noName =
  'Look for a typing error in the host name, and check that this machine can look it up (DNS): containers know other names than the host';
const notTrusted =
  'Have this process trust whoever signed that certificate, for example NODE_EXTRA_CA_CERTS=/path/to/ca.pem';
const otherProtocol = 'The port does not speak TLS as this URL wants it: correct the port, or the scheme';
const cutOff = 'Something ended the connection: look into the log of the provider, or of a proxy on the way';

/** By the system's name for what failed. */
const bySystem: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', noName],
  ['EAI_AGAIN', noName],
  [
    'ECONNREFUSED',
    'Nothing listens there: start the provider, or correct the host and port. In a container, localhost is the container',
  ],
  ['ETIMEDOUT', noRoute],
  ['EHOSTUNREACH', noRoute],
  ['ENETUNREACH', noRoute],
  ['UND_ERR_CONNECT_TIMEOUT', noRoute],
  ['ECONNRESET', cutOff],
  ['UND_ERR_SOCKET', cutOff],
  ['EPROTO', otherProtocol],
  ['ERR_SSL_WRONG_VERSION_NUMBER', otherProtocol],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', otherProtocol],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', notTrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', notTrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', notTrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', notTrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', notTrusted],
  ['CERT_HAS_EXPIRED', 'Renew that certificate, and check the clock of this machine'],
  ['CERT_NOT_YET_VALID', 'Check the clock of this machine'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'That certificate is for another host: write the host that it names, or renew it',
  ],
  ['BAD_PORT', 'fetch connects to no port that another protocol owns: have the provider listen on another'],
]);

const anyFailure =
  'Try that URL with curl on this machine; behind a company proxy, pass a fetch that uses it';
const otherDocument =
  'Write the issuer as the provider states it, path included; where its document is somewhere else, write { issuer, wellKnownUrl }';

/**
 * What to do about an authorization server that failed, in few words, where its error does not say so itself.
 *
 * @param purpose - what it was asked for
 */
export function findFaultHint(
  { code, details }: MCPAuthAuthServerError,
  purpose: DependencyPurpose,
): string | undefined {
  switch (code) {
    case 'request_failed': {
      const { systemCode } = details ?? {};
      return (typeof systemCode === 'string' ? bySystem.get(systemCode) : undefined) ?? anyFailure;
    }
    case 'request_timeout':
      return noRoute;
    case 'unexpected_status':
    case 'unexpected_content_type':
    case 'invalid_json':
    case 'redirect_refused':
      return purpose === 'metadata' && !isServerFault(details) ? otherDocument : lookThere[purpose];
    default:
      return undefined;
  }
}

const lookThere: Readonly<Record<DependencyPurpose, string>> = {
  metadata: 'Look into the log of the provider',
  keys: 'Open the jwks_uri of the provider: it must be a set of keys; else give them as jwks',
  introspection: 'Correct introspection.endpoint, or look into the log of the provider',
};

/** RFC 9110 §15.6: the address may be right. */
function isServerFault(details: Readonly<Record<string, unknown>> | undefined): boolean {
  return typeof details?.['status'] === 'number' && details['status'] >= 500;
}

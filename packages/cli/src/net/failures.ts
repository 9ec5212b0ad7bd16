import { errors } from 'undici';
import type { DoorFailure } from './exchange.js';

/** What Node says of certificates, in words. */
const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_UNTRUSTED: 'its certificate is not trusted for this purpose',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, so that no client trusts it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate leads to a certificate authority that clients do not know',
  UNABLE_TO_GET_ISSUER_CERT: 'the chain of its certificate is incomplete',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate leads to a certificate authority that clients do not know, or an intermediate certificate is missing',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the intermediate certificates of its chain',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names',
};

const connecting: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at this port',
  ECONNRESET: 'the connection was closed before an answer came',
  EHOSTUNREACH: 'the machine cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPIPE: 'the connection was closed while the request was sent',
  ETIMEDOUT: 'connecting took too long',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
};

const late = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ABORT_ERR', 'UND_ERR_ABORTED'];

/**
 * The kind of a failure to reach `origin`, and a sentence about it without anything that the server wrote.
 *
 * @param demand - the alert of a server that wants a certificate of the client
 */
export function describeFailure(
  error: unknown,
  origin: string,
  demand?: string,
): { kind: DoorFailure; message: string } {
  const code = readCode(error);
  const { hostname } = new URL(origin);
  if (code === 'PRIVATE_ADDRESS')
    return {
      kind: 'private_address',
      message: `${(error as Error).message}, and it was not named on the command line.`,
    };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA' || code === 'EAI_NONAME')
    return { kind: 'dns', message: `The name ${hostname} leads to no address (${code}).` };
  const certificate = certificates[code];
  if (certificate !== undefined)
    return { kind: 'tls', message: `${origin}: ${certificate}${namesOf(error)} (${code}).` };
  if (demand !== undefined)
    return {
      kind: 'client_certificate',
      message: `${origin} wants a client certificate, and this command has none (${demand}).`,
    };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return { kind: 'tls', message: `${origin} does not speak TLS as this machine does (${code}).` };
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { kind: 'too_large', message: `${origin} sends more header lines than any client reads.` };
  if (late.includes(code) || (error as Error).name === 'TimeoutError')
    return { kind: 'timeout', message: `${origin} did not finish its answer in time.` };
  if (code.startsWith('HPE_') || error instanceof errors.HTTPParserError)
    return { kind: 'not_http', message: `What ${origin} sent is not HTTP (${code || 'unreadable'}).` };
  const words = connecting[code] ?? 'no connection could be made';
  return { kind: 'connect', message: `${origin}: ${words}${code === '' ? '' : ` (${code})`}.` };
}

/** Several addresses of a name fail together: the first has the reason. */
function readCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (error instanceof AggregateError && error.errors.length > 0) return readCode(error.errors[0]);
  if (error instanceof errors.SocketError && cause !== undefined && readCode(cause) !== '')
    return readCode(cause);
  return typeof code === 'string' ? code : '';
}

function namesOf(error: unknown): string {
  const names = (error as { cert?: { subjectaltname?: unknown } }).cert?.subjectaltname;
  return typeof names === 'string' && /^[\w*.:, -]{1,300}$/.test(names)
    ? `, ${names.replaceAll('DNS:', '')}`
    : '';
}

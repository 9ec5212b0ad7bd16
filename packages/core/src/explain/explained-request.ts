import { object } from '../config/check-options.js';
import { kind, oneOf, text } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { TokenScheme } from '../credentials/read-credentials.js';
import type { RequestHead } from '../http/request-head.js';
import { readCertificateHeader } from '../sender/certificate-header.js';
import { normalizeHtu } from '../sender/htu.js';

/** The request that a token came with, as far as it shows who sent it. */
export interface ExplainedRequest {
  /** The scheme in front of the token. Default: `DPoP` where there is a proof, otherwise `Bearer`. */
  readonly scheme?: 'Bearer' | 'DPoP' | undefined;
  /** Default: `POST`. */
  readonly method?: string | undefined;
  /** The URL as the client wrote it. Default: the resource. */
  readonly url?: string | undefined;
  /** The value of its `DPoP` header (RFC 9449 §4.1). */
  readonly proof?: string | undefined;
  /** The certificate of the client, in PEM. */
  readonly certificate?: string | undefined;
}

/** The same for a check of senders. */
export interface SentRequest {
  readonly head: RequestHead;
  readonly scheme: TokenScheme;
  /** Of the certificate of the client (RFC 8705 §3.1). */
  readonly thumbprint: string | undefined;
}

export const explainedRequest = object<ExplainedRequest>(
  {
    scheme: oneOf<'Bearer' | 'DPoP'>(['Bearer', 'DPoP']),
    method: text,
    url: kind<string>(
      'the absolute http or https URL of the request',
      (value) => typeof value === 'string' && normalizeHtu(value) !== undefined,
    ),
    proof: kind('the value of the DPoP header', (value) => typeof value === 'string'),
    certificate: kind('a certificate in PEM', (value) => typeof value === 'string'),
  },
  { renamed: { dpop: 'proof', htm: 'method', htu: 'url' } },
);

/** @throws {MCPAuthConfigError} `invalid_option` for a certificate that cannot be read */
export function readRequest(
  { scheme, method = 'POST', url, proof, certificate }: ExplainedRequest,
  resource: string,
): SentRequest {
  const isDpop = (scheme ?? (proof === undefined ? 'Bearer' : 'DPoP')) === 'DPoP';
  return {
    head: {
      method,
      target: url ?? resource,
      host: undefined,
      rawHeaders: undefined,
      header: (name) => (name === 'dpop' ? proof : undefined),
    },
    scheme: isDpop ? 'dpop' : 'bearer',
    thumbprint: certificate === undefined ? undefined : readCertificate(certificate),
  };
}

function readCertificate(pem: string): string {
  const found = readCertificateHeader(encodeURIComponent(pem.trim()), 'escaped-pem');
  if (typeof found === 'string') return found;
  throw new MCPAuthConfigError('invalid_option', 'request.certificate', `${found.problem}.`);
}

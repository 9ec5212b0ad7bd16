import { parseIpRange, type IpRange } from '../limits/ip-range.js';
import type { CertificateFormat } from '../sender/certificate-header.js';
import { type CertificateSource, fromConnection, fromHeader } from '../sender/certificate-source.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isPlain } from '../errors/plain-object.js';
import { checkOptions, list, object } from './check-options.js';
import { kind, oneOf } from './kinds.js';
import { ipRange } from './limits.js';

/** A header by which a proxy shows who it is. */
export interface ProxySecret {
  /** The header that holds the secret and nothing else. The proxy sets it; what a client sends under the name must not get through. */
  readonly header: string;
  /** Secrets of 32 to 1024 printable characters, any of which counts; several while one is replaced. */
  readonly secrets: readonly string[];
}

interface CertificateHeaderBase {
  /** The header in which the proxy hands on the certificate of its client, for example `X-Forwarded-Client-Cert`. */
  readonly header: string;
  /**
   * How it is written: `xfcc` as by Envoy (`Hash` or `Cert`), `escaped-pem` as `$ssl_client_escaped_cert` of nginx, `rfc9440` as RFC 9440 says.
   */
  readonly format: CertificateFormat;
}

/** From whom a certificate in a header is believed: addresses and ranges of proxies, or whoever knows a secret. */
export type CertificateHeaderOptions =
  | (CertificateHeaderBase & {
      /** Your proxies, as addresses and ranges such as `10.0.0.0/8`. From other addresses the header counts for nothing. Default: none, `proxySecret` must be given. */
      readonly proxies: readonly string[];
      readonly proxySecret?: never;
    })
  | (CertificateHeaderBase & {
      /** A secret that only your proxies know, where their addresses are not known. Default: none, `proxies` must be given. */
      readonly proxySecret: ProxySecret;
      readonly proxies?: never;
    });

/**
 * How a resource takes tokens that are bound to a client certificate (RFC 8705 §3). Its metadata says so.
 *
 * @see RFC 8705 §3
 * @example
 * ```ts
 * import type { MutualTlsOptions } from '@mcp-auth/core';
 *
 * export const direct: MutualTlsOptions = { certificate: 'connection' };
 * export const behindNginx: MutualTlsOptions = {
 *   certificate: { header: 'X-SSL-Client-Cert', format: 'escaped-pem', proxies: ['10.0.0.0/8'] },
 * };
 * ```
 */
export interface MutualTlsOptions {
  /**
   * Where the certificate of the client is: `connection` where TLS ends in this process; an object for the header of a proxy in which it ends.
   */
  readonly certificate: 'connection' | CertificateHeaderOptions;
}

const headerName = kind<string>(
  'the name of a header with a hyphen in it, such as "X-SSL-Client-Cert"',
  (value) => typeof value === 'string' && /^[\w!#$%&'*+.^`|~]+(?:-[\w!#$%&'*+.^`|~]+)+$/.test(value),
  { shown: true },
);

const secret = kind<string>(
  'a secret of 32 to 1024 printable characters without spaces',
  (value) => typeof value === 'string' && /^[\x21-\x7e]{32,1024}$/.test(value),
  { hint: () => 'make one with: openssl rand -base64 32' },
);

export const proxySecretOptions = object<ProxySecret>({
  header: { ...headerName, required: true },
  secrets: { ...list(secret, { nonEmpty: true }), required: true },
});

export const certificateHeader = object<CertificateHeaderOptions>(
  {
    header: { ...headerName, required: true },
    format: { ...oneOf<CertificateFormat>(['xfcc', 'escaped-pem', 'rfc9440']), required: true },
    proxies: list(ipRange, { nonEmpty: true }),
    proxySecret: proxySecretOptions,
  },
  {
    renamed: { trustedProxies: 'proxies', secretHeader: 'proxySecret' },
  },
);

function checkCertificate(value: unknown, path: string): void {
  if (value === 'connection') return;
  checkOptions(value, certificateHeader, path);
  const { proxies, proxySecret, header } = value as Partial<CertificateHeaderOptions>;
  if ((proxies === undefined) === (proxySecret === undefined)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      'must say who may write the header, in one way: proxies: [address, …], or proxySecret: { header, secrets }. Anybody can send a header.',
    );
  }
  if (proxySecret?.header.toLowerCase() === header?.toLowerCase()) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.proxySecret.header`,
      'must be another header than that of the certificate.',
    );
  }
}

export const mutualTlsOptions = object<MutualTlsOptions>(
  {
    certificate: {
      ...kind<MutualTlsOptions['certificate']>(
        '"connection", or { header, format } with proxies or proxySecret',
        (value) => value === 'connection' || isPlain(value),
        { inside: checkCertificate },
      ),
      required: true,
    },
  },
  {
    elsewhere: { header: 'Write certificate: { header, format, proxies }.' },
  },
);

/** What checked options stand for. */
export function resolveMutualTls({ certificate }: MutualTlsOptions): CertificateSource {
  if (certificate === 'connection') return fromConnection;
  const { header, format, proxies, proxySecret } = certificate;
  return fromHeader({
    header: header.toLowerCase(),
    format,
    proxy:
      proxySecret === undefined
        ? // Checked before
          { proxies: proxies.map((text) => parseIpRange(text) as IpRange) }
        : { secretHeader: proxySecret.header.toLowerCase(), secrets: [...proxySecret.secrets] },
  });
}

import type { ClientCertificate } from '../http/peer-certificate.js';
import type { RequestHead } from '../http/request-head.js';
import { parseIpAddress } from '../limits/ip-address.js';
import { isInRange, type IpRange } from '../limits/ip-range.js';
import { sha256 } from '../policy/sha-256.js';
import { type CertificateFormat, readCertificateHeader, readHexDigest } from './certificate-header.js';
import { digestOf } from './digests.js';

/** The certificate of who sends a request, by its thumbprint; without one, why, for the owner. */
export type FoundCertificate = { readonly thumbprint: string } | { readonly hint: string };

/** Tells which certificate the client of a request has. Never throws because of what a client sent. */
export type CertificateSource = (head: RequestHead) => FoundCertificate;

/** Of the certificates that connections keep. */
const thumbprints = new WeakMap<object, FoundCertificate>();

const noCertificate: FoundCertificate = {
  hint: 'No client certificate came with the connection. Where TLS ends here, ask for one (requestCert on Node); where it ends in a proxy, write mutualTls: { certificate: { header, format, proxies } }',
};

/** The certificate that the client has shown in the TLS handshake of this very connection. */
export const fromConnection: CertificateSource = (head) => {
  const certificate = head.clientCertificate?.();
  if (certificate === undefined) return noCertificate;
  let found = thumbprints.get(certificate);
  if (found === undefined) {
    found = hash(certificate);
    thumbprints.set(certificate, found);
  }
  return found;
};

function hash(certificate: ClientCertificate): FoundCertificate {
  const found = certificate instanceof Uint8Array ? digestOf(certificate) : readHexDigest(certificate.sha256);
  return typeof found === 'string'
    ? { thumbprint: found }
    : { hint: `What the platform tells of the client certificate ${found.problem}` };
}

/** Whom a header is believed. */
export type DeclaredProxy =
  | { readonly proxies: readonly IpRange[] }
  | { readonly secretHeader: string; readonly secrets: readonly string[] };

/** A header in which a proxy hands on the certificate of its client. */
export interface CertificateHeaderRules {
  /** In lower case. */
  readonly header: string;
  readonly format: CertificateFormat;
  readonly proxy: DeclaredProxy;
}

/** Values of headers whose certificate is not read anew: parsing and hashing takes longer than to look one up. */
const maxKept = 500;

/** The certificate that a declared proxy names. From everybody else, the header says nothing. */
export function fromHeader({ header, format, proxy }: CertificateHeaderRules): CertificateSource {
  const isProxy = createProxyTest(proxy);
  const kept = new Map<string, FoundCertificate>();
  return (head) => {
    const undeclared = isProxy(head);
    if (undeclared !== undefined) return { hint: undeclared };
    const values = readAll(head, header);
    const [value] = values;
    if (value === undefined || value === '') {
      return {
        hint: `The proxy sent no ${header}: the client has shown no certificate, or the proxy does not hand it on`,
      };
    }
    if (values.length > 1)
      return { hint: `The header ${header} came more than once: have the proxy set it, not add to it` };
    const known = kept.get(value);
    if (known !== undefined) return known;
    const read = readCertificateHeader(value, format);
    const found =
      typeof read === 'string' ? { thumbprint: read } : { hint: `The header ${header} ${read.problem}` };
    const [oldest] = kept.keys();
    if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest);
    kept.set(value, found);
    return found;
  };
}

/** Lines of one name; where a platform joins them, one, which holds a comma then. */
function readAll(head: RequestHead, name: string): readonly string[] {
  const { rawHeaders } = head;
  if (rawHeaders === undefined) {
    const value = head.header(name);
    return value === undefined ? [] : [value];
  }
  return rawHeaders.filter(
    (_line, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}

/** Why a request is not from a declared proxy; nothing where it is. */
function createProxyTest(proxy: DeclaredProxy): (head: RequestHead) => string | undefined {
  if ('proxies' in proxy) {
    return ({ peer }) => {
      if (peer === undefined)
        return 'This platform does not tell who a request comes from: use proxySecret instead of proxies';
      const address = peer === null ? undefined : parseIpAddress(peer);
      const isDeclared = address !== undefined && proxy.proxies.some((range) => isInRange(address, range));
      return isDeclared
        ? undefined
        : 'The request came from no declared proxy, so its certificate header counts for nothing';
    };
  }
  const { secretHeader, secrets } = proxy;
  const digests = secrets.map(sha256);
  return (head) => {
    const [value, ...more] = readAll(head, secretHeader);
    const digest = value === undefined || more.length > 0 ? undefined : sha256(value);
    const isDeclared = digest !== undefined && digests.filter((each) => isEqual(each, digest)).length > 0;
    return isDeclared
      ? undefined
      : `The request has no ${secretHeader} with the secret of a proxy, so its certificate header counts for nothing`;
  };
}

/** In the same time for all: digests have one length. */
function isEqual(one: string, other: string): boolean {
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

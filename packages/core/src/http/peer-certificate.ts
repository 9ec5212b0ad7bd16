/** What Workers tell of a client certificate: SHA-256 of its DER encoding, as 64 hexadecimal digits. */
export interface CertificateFingerprint {
  readonly sha256: string;
}

/** The certificate that a client has shown in the TLS handshake: its DER encoding, or where the platform tells no more, the hash of that. */
export type ClientCertificate = Uint8Array | CertificateFingerprint;

/** The members of Node's `TLSSocket` that are read. */
interface TlsSocketLike {
  readonly getPeerX509Certificate?: (() => { readonly raw?: unknown } | undefined) | undefined;
}

/** By connection. To ask takes the parsing of the certificate. */
const known = new WeakMap<object, Uint8Array>();

/**
 * The certificate of whoever holds the other end of a TLS connection of Node.
 *
 * Whoever shows a certificate in a handshake proves that they have its key (RFC 8446 §4.4.3), also where nobody trusts who signed it.
 *
 * @param socket - of a request; over HTTP/2 a view over that of the session
 * @param connection - what is the same object for all requests of one connection
 */
export function readPeerCertificate(socket: unknown, connection: object): Uint8Array | undefined {
  const found = known.get(connection);
  if (found !== undefined) return found;
  const { getPeerX509Certificate } = socket as TlsSocketLike;
  if (typeof getPeerX509Certificate !== 'function') return undefined;
  // A socket that was closed meanwhile has none
  const raw = (socket as Required<TlsSocketLike>).getPeerX509Certificate?.()?.raw;
  if (!(raw instanceof Uint8Array)) return undefined;
  known.set(connection, raw);
  return raw;
}

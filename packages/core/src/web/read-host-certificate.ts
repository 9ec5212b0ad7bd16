import { type ClientCertificate, readPeerCertificate } from '../http/peer-certificate.js';

/** What Workers put into a request (`request.cf.tlsClientAuth`). */
interface TlsClientAuth {
  readonly certPresented?: unknown;
  readonly certVerified?: unknown;
  readonly certRevoked?: unknown;
  readonly certFingerprintSHA256?: unknown;
}

/**
 * The certificate that a client has shown, where the runtime tells: on Workers, and on `@hono/node-server`. The servers of Bun and
 * Deno show none to handlers.
 */
export function readHostCertificate(request: Request, host: unknown): ClientCertificate | undefined {
  const { cf } = request as { readonly cf?: { readonly tlsClientAuth?: TlsClientAuth | null } | null };
  const shown = cf?.tlsClientAuth;
  if (typeof shown === 'object' && shown !== null) {
    const { certPresented, certVerified, certRevoked, certFingerprintSHA256: sha256 } = shown;
    const isGood = certPresented === '1' && certVerified === 'SUCCESS' && certRevoked !== '1';
    return isGood && typeof sha256 === 'string' ? { sha256 } : undefined;
  }
  const { incoming } = (host ?? {}) as { readonly incoming?: { readonly socket?: unknown } };
  const socket = incoming?.socket;
  return typeof socket === 'object' && socket !== null ? readPeerCertificate(socket, socket) : undefined;
}

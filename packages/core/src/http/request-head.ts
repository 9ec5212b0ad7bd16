import type { ClientCertificate } from './peer-certificate.js';

/**
 * What the gate may see of a request before any body is read.
 *
 * An adapter implements it as a thin view over its framework's request; nothing is copied.
 */
export interface RequestHead {
  /** Request method as sent, upper case for the standard ones. */
  readonly method: string;
  /** Path and query as received, before any router rewrote them. */
  readonly target: string;
  /** The Host header (or `:authority`). It may select a configured resource; no URL is ever built from it. */
  readonly host: string | undefined;
  /**
   * Field lines in the order received, name and value alternating, on platforms that keep them.
   *
   * Node shows only the first of two `Authorization` headers through its header object; here both can be seen.
   */
  readonly rawHeaders: readonly string[] | undefined;
  /**
   * IP address of whoever holds the other end of the connection, where the platform tells: never what a header says. `null` where the
   * connection has gone. Needed where `limits` are configured without a function that tells the peer.
   */
  readonly peer?: string | null | undefined;
  /**
   * The certificate that the client has shown in the TLS handshake of this connection, where TLS ends in this process and the platform tells:
   * never what a header says. The same object for all requests of a connection. Asked for tokens that are bound to one (RFC 8705).
   */
  clientCertificate?(): ClientCertificate | undefined;
  /** The value of a header by its lower-case name. */
  header(name: string): string | undefined;
  /**
   * Calls `listener` when the client goes away before it has an answer, where the platform tells; what it returns stops that. Asked while
   * a rule of the application works.
   */
  whenGone?(listener: () => void): () => void;
}

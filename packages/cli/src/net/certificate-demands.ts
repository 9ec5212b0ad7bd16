import type { EventEmitter } from 'node:events';
import { buildConnector } from 'undici';

/**
 * What a server says that wants a certificate and got none, once both have agreed on keys: the alert of TLS 1.3 (RFC 8446 §6.2), and
 * those of older servers (RFC 5246 §7.4.6). Before that, the same alerts mean that there is no version or cipher in common.
 */
const alerts: ReadonlySet<unknown> = new Set([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
]);

/**
 * Who wants a certificate of the client.
 *
 * In TLS 1.3 a server refuses after the client holds the handshake to be over, and `undici` then tells that the connection was closed:
 * only the socket knows why.
 */
export class CertificateDemands {
  readonly #codes = new Map<string, string>();

  /** Connects, and hears how connections end. */
  createConnector(options: buildConnector.BuildOptions): buildConnector.connector {
    // It returns its socket, which its type does not say
    const connect = buildConnector(options) as unknown as (
      ...parts: Parameters<buildConnector.connector>
    ) => EventEmitter;
    return (target, callback) => {
      const socket = connect(target, callback);
      let haveKeys = false;
      socket.once('keylog', () => {
        haveKeys = true;
      });
      socket.on('error', ({ code }: NodeJS.ErrnoException) => {
        if (haveKeys && code !== undefined && alerts.has(code))
          this.#codes.set(new URL(`${target.protocol}//${target.host ?? target.hostname}`).origin, code);
      });
    };
  }

  /** The alert that ended the last connection to a server, once; nothing where it sent none. */
  takeCode(origin: string): string | undefined {
    const code = this.#codes.get(origin);
    this.#codes.delete(origin);
    return code;
  }
}

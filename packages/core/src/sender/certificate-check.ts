import type { ConfirmationMethod } from '../token/confirmation.js';
import { reject } from '../token/verification.js';
import type { CertificateSource } from './certificate-source.js';
import { proven, type SenderCheck, type SenderOutcome, type SentToken } from './sender-check.js';

const methods: ReadonlySet<ConfirmationMethod> = new Set(['x5t#S256']);

/**
 * Whether a token that is bound to a client certificate comes from who has it (RFC 8705 §3).
 *
 * Checks: SHA-256 of the whole certificate, as it was shown this very time.
 * Does not check: who signed the certificate, and whether it has expired. That is for the TLS server; the binding needs neither
 * (RFC 8705 §3). Tokens that are bound to no certificate.
 */
export class CertificateCheck implements SenderCheck {
  readonly methods = methods;
  readonly #source: CertificateSource;

  constructor(source: CertificateSource) {
    this.#source = source;
  }

  check({ head, token }: SentToken): SenderOutcome {
    const bound = token.confirmation?.x5tS256;
    if (bound === undefined) return proven;
    const found = this.#source(head);
    if ('hint' in found) {
      return {
        ...reject('wrong_sender', 'cnf', { expected: bound, actual: 'no certificate' }),
        hint: found.hint,
      };
    }
    return found.thumbprint === bound
      ? proven
      : reject('wrong_sender', 'cnf', { expected: bound, actual: found.thumbprint });
  }
}

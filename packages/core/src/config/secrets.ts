import { maxSecrets, minSecretBytes, sizeOfSecret } from '../secrets/read-secrets.js';
import { list } from './check-options.js';
import { kind } from './kinds.js';

const secret = kind<string | Uint8Array>(
  `a secret of at least ${minSecretBytes} bytes, as a string or a Uint8Array`,
  (value) => sizeOfSecret(value) >= minSecretBytes,
  { hint: () => 'make one with: openssl rand -base64 32' },
);

const any = list(secret, { nonEmpty: true });

/** The kind of a list of secrets of which the first one makes, and all verify. */
export const secretList = {
  ...any,
  must: `${any.must}; at most ${maxSecrets}`,
  fits: (value: unknown) => any.fits(value) && (value as readonly unknown[]).length <= maxSecrets,
};

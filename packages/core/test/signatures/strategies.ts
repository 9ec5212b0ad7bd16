import { verifySignature as onNode } from '../../src/signatures/node-signatures.js';
import type { VerifySignature } from '../../src/signatures/verify-signature.js';
import { verifySignature as withWebCrypto } from '../../src/signatures/web-signatures.js';

/** Both, whichever the tests of the project verify with. */
export const strategies: readonly { readonly name: string; readonly verifySignature: VerifySignature }[] = [
  { name: 'node:crypto', verifySignature: onNode },
  { name: 'WebCrypto', verifySignature: withWebCrypto },
];

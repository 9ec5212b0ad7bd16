// Which file this is depends on the platform: `imports` in package.json
declare module '#signatures' {
  export const verifySignature: import('./verify-signature.js').VerifySignature;
}

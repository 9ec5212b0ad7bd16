// Which file this is depends on the platform: `imports` in package.json
declare module '#signatures' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- a declared module cannot import relative ones
  export const verifySignature: import('./verify-signature.js').VerifySignature;
}

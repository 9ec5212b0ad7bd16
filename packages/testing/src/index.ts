export { asCaller, type CallerContext, type TestCaller } from './caller/as-caller.js';
export { parseChallenges, type AuthParameter, type Challenge } from './challenge/parse-challenges.js';
export { createTestClock, type TestClock } from './clock.js';
export { createProver, type ProofRequest, type Prover, type ProverOptions } from './dpop/prover.js';
export {
  testExpress,
  testFastify,
  testFetch,
  testHono,
  type FastifyLike,
  type FetchLike,
} from './harness/servers.js';
export type { TestCall, TestRequest, TestServer } from './harness/test-request.js';
export type { BrokenAnswer, IssuerEndpoint } from './issuer/behaviour.js';
export { brokenTokenNames, type BrokenTokenName } from './issuer/broken-tokens.js';
export { createTestIssuer, type InProcessTestIssuerOptions } from './issuer/create-test-issuer.js';
export type { DiscoveryKind } from './issuer/endpoints.js';
export type { PublicJwk, TestAlgorithm } from './issuer/key-pair.js';
export { startTestIssuer, type ListeningTestIssuerOptions } from './issuer/start-test-issuer.js';
export type {
  InProcessTestIssuer,
  TestIssuer,
  TestIssuerConfig,
  TestIssuerOptions,
  TestIssuerRequest,
} from './issuer/test-issuer.js';
export type { TokenOptions } from './issuer/token-options.js';

export type { ConformanceCase, Step } from './case.js';
export { cases } from './cases/cases.js';
export { coveringCases } from './cases/covering-cases.js';
export { parseChallenges, type AuthParameter, type Challenge } from '@mcp-auth/testing';
export { decisionTable, type DecisionTableRow } from './completeness/decision-table.js';
export { excludedRequirements, type ExcludedRequirement } from './completeness/excluded-requirements.js';
export { oneSidedRequirements } from './completeness/one-sided-requirements.js';
export { outOfScope, type OutOfScopeSituation } from './completeness/out-of-scope.js';
export type {
  BodyExpectation,
  ChallengeExpectation,
  Expectation,
  FetchCount,
  FieldExpectation,
} from './expectation.js';
export {
  controlCases,
  hostileCases,
  HostileTrial,
  registerHostileTrial,
  type ControlCase,
  type ExpectedRefusal,
  type HostileCase,
  type HostileGroup,
  type HostileRequest,
  type HostileRoutes,
  type HostileSelection,
} from './hostile/index.js';
export { serveFetch, type FetchHandler, type FetchHost } from './http/serve-fetch.js';
export type {
  AnswerSigning,
  EndpointMode,
  IntrospectionMode,
  IssuerBehaviour,
  IssuerName,
  KeyName,
} from './issuer/issuer-name.js';
export { TestIssuer, type IssuerRequest } from './issuer/test-issuer.js';
export type { JsonObject, JsonValue } from './json.js';
export { listMatrixMethods, type MatrixMethod, withHandle } from './matrix/list-matrix-methods.js';
export type {
  OpaqueToken,
  Profile,
  ProfileIntrospection,
  ProfileLimits,
  ProfileResource,
  ProfileRoute,
  ProfileServer,
} from './profiles/profile.js';
export { profiles, type ProfileName } from './profiles/profiles.js';
export type { RemoteConformanceSubject, RemoteWorld, RunningRemoteSubject } from './remote-subject.js';
export type { RequestSpec } from './request-spec.js';
export { ConformanceError } from './runner/conformance-error.js';
export type { AnySubject } from './runner/start-subject.js';
export type { IssuerFacts, World } from './runner/world.js';
export { runCase, type CaseResult } from './runner/run-case.js';
export {
  getTestName,
  registerConformance,
  runConformance,
  type ConformanceOptions,
  type RegisterTest,
} from './runner/run-conformance.js';
export { Emissions } from './secrets/emissions.js';
export type { Leak } from './secrets/secret-search.js';
export type {
  ApplicationSetup,
  ConformanceSubject,
  HandlerReply,
  LegacySetup,
  RunningSubject,
  SubjectRoute,
  SubjectSetup,
} from './subject.js';
export type { TokenRecipe, TokenSpoiling } from './token-recipe.js';

import type { IssuerName } from './issuer/issuer-name.js';
import type { JsonObject } from './json.js';

/** What must come back, and what must have happened besides. What holds for every answer is checked anyway. */
export interface Expectation {
  /** One status, or several that are all right. */
  readonly status: number | readonly number[];
  /** The Bearer challenge. Absent: none. `maybe`: with or without. */
  readonly challenge?: ChallengeExpectation | 'maybe';
  /** The DPoP challenge (RFC 9449 §7.1). Absent: none. */
  readonly dpopChallenge?: ChallengeExpectation;
  /** By lower-case header name. */
  readonly headers?: Readonly<Record<string, FieldExpectation>>;
  readonly body?: BodyExpectation;
  /** Whether the protected handler ran for this request. */
  readonly handlerRan: boolean;
  /** Members of the caller's identity as the handler saw it. `{primary}` and its like stand for identifiers. */
  readonly auth?: JsonObject;
  /**
   * The decisions that the owner is told of for this request: whole events but for their time. `{primary}` and its like, and
   * `{ fromNow: 60 }`, mean what they mean in a token recipe.
   */
  readonly decisions?: readonly JsonObject[];
  /** Requests that issuers have received since the case began. */
  readonly fetches?: Readonly<Partial<Record<IssuerName, FetchCount>>>;
}

/** Parameters of the Bearer challenge. `resource_metadata` is always compared with the profile. */
export interface ChallengeExpectation {
  /** Parameters with these values, character by character. */
  readonly exactly?: Readonly<Record<string, string>>;
  readonly absent?: readonly string[];
  /** The scopes named, in any order. */
  readonly scopes?: readonly string[];
}

export interface FieldExpectation {
  /** The whole value. */
  readonly is?: string;
  /** Members of a comma-separated list, each once, compared without regard to case; others may be there. */
  readonly lists?: readonly string[];
  /** A regular expression that the value must match. */
  readonly matches?: string;
  readonly absent?: boolean;
}

export interface BodyExpectation {
  /** Members of the JSON object; others may be there. */
  readonly members?: JsonObject;
  /** The JSON object, and nothing else. */
  readonly exactly?: JsonObject;
  readonly absent?: readonly string[];
  readonly empty?: boolean;
  /** A regular expression that the text must match. */
  readonly matches?: string;
  /** A regular expression that the text must not match. */
  readonly lacks?: string;
  /** No member is `null` or an empty array. */
  readonly withoutEmptyMembers?: boolean;
}

export interface FetchCount {
  readonly metadata?: number;
  readonly keys?: number;
  readonly introspection?: number;
  /** Requests of any kind. */
  readonly any?: number;
}

import type { AuthInfo, MCPAuthConfig } from '@mcp-auth/core';
import type { OptionsFor, VerificationMode } from '@mcp-auth/core/adapter';
import type { LegacyMCPAuthConfig, LegacyOptionsFor } from '@mcp-auth/core/legacy';
import type { Emissions } from './secrets/emissions.js';

/** An adapter under test. */
export interface ConformanceSubject {
  readonly name: string;
  /** Notes what is sent and what is emitted, to look for secrets of the one in the other. Default: one for each run. */
  readonly emissions?: Emissions;
  /** Builds the application that `setup` describes and listens on 127.0.0.1. */
  start(setup: SubjectSetup): Promise<RunningSubject>;
  /** The same with the adapter's legacy mode. Without it the cases about legacy mode are left out. */
  startLegacy?(setup: LegacySetup): Promise<RunningSubject>;
}

export interface RunningSubject {
  readonly origin: string;
  close(): Promise<void>;
}

/** The application to build: an `MCPAuth` with its metadata routes, protected routes, and one that is not protected. */
export interface SubjectSetup extends ApplicationSetup {
  readonly config: MCPAuthConfig;
  /** To protect for every method the framework knows. */
  readonly routes: readonly SubjectRoute[];
}

/** The same with the `MCPAuth` of legacy mode, and its `delegatedRouter()`. */
export interface LegacySetup extends ApplicationSetup {
  readonly config: LegacyMCPAuthConfig;
  readonly routes: readonly SubjectRoute<LegacyOptionsFor<VerificationMode>>[];
}

/** What an application has in addition to its `MCPAuth`. */
export interface ApplicationSetup {
  /** GET on this path answers 200 with the text `open`, without any protection. All other paths are left to the framework. */
  readonly openPath: string;
  /** Headers to set on every answer before any other middleware runs. */
  readonly frontHeaders: readonly (readonly [name: string, value: string])[];
  /**
   * What the protected handler does: answer 200 with the returned value as JSON, awaited where it is a promise.
   *
   * @param auth - the caller, read the way users of the adapter do
   * @param body - the request body: parsed where it is JSON, as text otherwise, nothing where there is none
   */
  readonly handle: (auth: AuthInfo | undefined, body: unknown) => HandlerReply | Promise<HandlerReply>;
}

export interface SubjectRoute<Options = OptionsFor<VerificationMode>> {
  readonly path: string;
  readonly mode: VerificationMode;
  readonly options: Options;
}

/** What the handler saw. The token is not among it. */
export interface HandlerReply {
  readonly auth: Readonly<Record<string, unknown>> | null;
  readonly body: unknown;
  /** Subject of the caller in the async context, on routes that have one. */
  readonly subjectInContext?: string | null;
  /** What the client may bring back, where a profile has handles. */
  readonly handle?: string;
  /** Whether the handle that came with the request is the caller's; absent where none came. */
  readonly found?: boolean;
}

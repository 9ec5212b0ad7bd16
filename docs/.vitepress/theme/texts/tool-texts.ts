import type { TokenCheck, TokenCheckName } from '@mcp-auth/core/explain';

/** Why a token is refused, as the events of a gate name it. */
export type RefusalCode = Extract<TokenCheck, { outcome: 'refused' }>['code'];

export type FetchProblem = 'address' | 'login' | 'blocked' | 'slow' | 'status' | 'large' | 'json';

/** What the tools say in one language. */
export interface ToolTexts {
  readonly local: string;
  /** Shown where the browser runs no script. */
  readonly needsScript: string;
  readonly examples: string;
  readonly good: string;
  readonly lax: string;
  readonly broken: string;
  readonly share: {
    readonly make: string;
    readonly link: string;
    readonly copied: string;
  };
  readonly checker: {
    readonly document: string;
    readonly documentHint: string;
    readonly url: string;
    readonly urlHint: string;
    readonly fetch: string;
    readonly fetching: string;
    readonly kind: string;
    readonly kinds: Readonly<Record<'detect' | 'oauth' | 'openid' | 'resource', string>>;
    readonly revision: string;
    readonly expected: string;
    readonly expectedHint: string;
    readonly check: string;
    readonly result: string;
    /** `{kind}` stands for one of the kinds, `{revision}` for an MCP revision. */
    readonly judgedAs: string;
    readonly clean: string;
    /** `{errors}`, `{warnings}` and `{notes}` stand for numbers. */
    readonly summary: string;
    readonly severities: Readonly<Record<'error' | 'warning' | 'info', string>>;
    readonly wholeDocument: string;
    /** Up to what follows on the line, punctuation included. */
    readonly requirement: string;
    readonly fix: string;
    /** What the English beneath a translated finding is for. Empty in English. */
    readonly original: string;
    readonly empty: string;
    readonly notJson: string;
    /** What a link to the result holds. */
    readonly shareHint: string;
    /** `{status}` stands for the HTTP status. */
    readonly problems: Readonly<Record<FetchProblem, string>>;
  };
  readonly explainer: {
    readonly token: string;
    readonly tokenHint: string;
    readonly resource: string;
    readonly issuers: string;
    readonly issuersHint: string;
    readonly audiences: string;
    readonly audiencesHint: string;
    readonly scopes: string;
    readonly scopesHint: string;
    readonly clock: string;
    readonly clockHint: string;
    readonly tolerance: string;
    readonly jwks: string;
    readonly jwksHint: string;
    readonly dpop: string;
    readonly dpopModes: Readonly<Record<'none' | 'dpop-optional' | 'dpop-required', string>>;
    readonly proof: string;
    readonly proofHint: string;
    readonly method: string;
    readonly url: string;
    readonly urlHint: string;
    readonly configuration: string;
    readonly request: string;
    readonly takeOver: string;
    /** After it: which check proves nothing now. */
    readonly tookOver: string;
    readonly explain: string;
    readonly result: string;
    readonly verdicts: Readonly<Record<'accepted' | 'refused' | 'undecided', string>>;
    readonly header: string;
    readonly claims: string;
    readonly check: string;
    readonly outcome: string;
    readonly reason: string;
    readonly outcomes: Readonly<Record<'passed' | 'refused' | 'not-checkable', string>>;
    readonly checks: Readonly<Record<TokenCheckName, string>>;
    readonly reasons: Readonly<Record<RefusalCode, string>>;
    /** `{scopes}` stands for a list. */
    readonly missing: string;
    readonly needsKeys: string;
    /** `{thumbprint}`, `{htm}`, `{htu}` and `{ath}` stand for what the proof must have. */
    readonly needsProof: string;
    readonly needsCertificate: string;
    readonly needsSender: string;
    readonly expected: string;
    readonly actual: string;
    /** What a link to the result holds, and what not. */
    readonly shareHint: string;
    /** On what came from a link. */
    readonly fromLink: string;
    readonly empty: string;
    readonly badClock: string;
    readonly badJwks: string;
    readonly badOption: string;
    readonly errorsPage: string;
  };
  /** Of the tool that takes whatever a reader has at hand. */
  readonly finder: {
    readonly paste: string;
    readonly pasteHint: string;
    readonly find: string;
    readonly result: string;
    readonly nothing: string;
    readonly symptoms: string;
    readonly examples: Readonly<Record<'challenge' | 'message' | 'log', string>>;
    readonly token: FinderText;
    readonly document: FinderText;
    readonly noError: FinderText;
    /** `{scopes}` stands for a list. */
    readonly scopes: FinderText;
    /** `{url}` stands for an address. */
    readonly metadata: FinderText;
  };
  /** Of the configuration builder. */
  readonly builder: Readonly<Record<BuilderText, string>>;
}

/** What something is, what it means, and the words of the link that goes on. */
export interface FinderText {
  readonly title: string;
  readonly text: string;
  readonly more: string;
}

export type BuilderText =
  | 'framework'
  | 'provider'
  | 'other'
  | 'resource'
  | 'resourceHint'
  | 'resourceProblem'
  | 'scopes'
  | 'scopesHint'
  | 'scopesProblem'
  | 'options'
  | 'introspection'
  | 'dpop'
  | 'cors'
  | 'operations'
  | 'server'
  | 'install'
  | 'unpublished'
  | 'howToInstall'
  | 'run'
  | 'copy'
  | 'copied'
  | 'values'
  | 'console'
  | 'loading'
  | 'noConsole'
  | 'page'
  | 'byHand'
  | 'hosts'
  | 'hostsChecked'
  | 'secrets'
  | 'shareHint';

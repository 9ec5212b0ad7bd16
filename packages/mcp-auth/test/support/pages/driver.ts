/** What the pages write by hand. */
export interface ManualConfig {
  readonly type: 'oauth' | 'oidc';
  readonly metadata: {
    issuer: string;
    authorizationEndpoint: string;
    tokenEndpoint: string;
    jwksUri: string;
    responseTypesSupported: string[];
    codeChallengeMethodsSupported: string[];
  };
}

interface FetchConfig {
  readonly type: 'oauth' | 'oidc';
  readonly transpileData?: (data: object) => Record<string, unknown>;
}

export interface PageApp {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/**
 * A package, for the steps of the pages.
 *
 * @typeParam Config - what its `authorizationServers` take
 */
export interface PagesDriver<Config> {
  readonly name: string;
  readonly fetchServerConfig: (issuer: string, config: FetchConfig) => Promise<Config>;
  readonly fetchServerConfigByWellKnownUrl: (url: string, config: FetchConfig) => Promise<Config>;
  readonly byHand: (config: ManualConfig) => Config;
  readonly discover: (issuer: string, type: 'oauth' | 'oidc') => Config;
  /** Whether there is a context entry, and with it the tool `add_in_context`. */
  readonly hasContext: boolean;
  /**
   * The application of the pages: the metadata router, `GET /notes`, and an MCP endpoint at `/mcp`; with `leeway`, a minute's
   * tolerance of clocks at `/leeway`.
   */
  readonly start: (resourceIdentifier: string, authServerConfig: Config) => Promise<PageApp>;
}

import type { Exchange } from './log/exchange.js';

/** What a scope lets its holder do, and who may grant it. */
export interface ScopeDescription {
  /** What the user is asked to allow, such as `read your notes`. Default: the name of the scope alone is shown. */
  readonly description?: string;
  /** The users who may grant it. Default: all. Names that are not among the ready users are added to them. */
  readonly users?: readonly string[];
}

/** Scopes by name: in words, or with who may grant them. */
export type ScopeTable = Readonly<Record<string, string | ScopeDescription>>;

/** What access tokens look like: JWTs (RFC 9068), or strings that only the issuer can read (RFC 7662). */
export type TokenFormat = 'jwt' | 'opaque';

/** A resource with settings of its own. */
export interface DevResource {
  /** Its identifier: the URL that clients use for the MCP server (RFC 8707). */
  readonly resource: string;
  /** The scopes that exist there. Default: the option `scopes`. */
  readonly scopes?: readonly string[];
  /** What its tokens look like. Default: the option `tokens`. */
  readonly tokens?: TokenFormat;
}

/** A client that the issuer knows from the start, in the words of RFC 7591 §2. */
export interface DevClient {
  readonly client_id: string;
  readonly [member: string]: unknown;
}

/** How the practice issuer is set up. All of it may be left out. */
export interface DevIssuerOptions {
  /** The port on 127.0.0.1; 0 takes any free one. There is no option for another address. Default: 9400. */
  readonly port?: number;
  /**
   * Resources that tokens may be for. Default: every `http` or `https` URL on this machine (`localhost`, `127.0.0.1`, `[::1]`). With this
   * option only those named here.
   */
  readonly resources?: readonly (string | DevResource)[];
  /** Scopes that may be granted: names, or a table with words for the user. Default: whatever a client asks for. */
  readonly scopes?: readonly string[] | ScopeTable;
  /** What access tokens look like. Default: `'jwt'`. */
  readonly tokens?: TokenFormat;
  /** Whether every token has to be bound to a key (RFC 9449). Default: only those of clients that send a proof. */
  readonly dpop?: boolean;
  /** The names to choose from at the login page. Default: `alice`, `bob` and `admin`. */
  readonly users?: readonly string[];
  /** Clients known from the start. Default: none but the resource server that may ask about tokens. */
  readonly clients?: readonly DevClient[];
  /** Folder where keys, clients and tokens are kept between runs. Default: nothing is kept. */
  readonly folder?: string;
  /** Forgets the keys, clients and tokens of earlier runs first. Default: false. */
  readonly fresh?: boolean;
  /** Fetches the documents and keys of clients on the web. Default: the global one, for public `https` addresses alone. */
  readonly fetch?: typeof globalThis.fetch;
  /** Is told of each exchange when it is over, without tokens. */
  readonly onExchange?: (exchange: Exchange) => void;
}

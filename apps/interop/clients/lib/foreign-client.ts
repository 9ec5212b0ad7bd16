/** What somebody else's client is told before it goes to a server. */
export interface OpenOptions {
  /** The MCP endpoint. */
  readonly resource: string;
  /** Logs the user in: from the authorization URL to the client's callback, which is returned with the answer in it. */
  readonly login: (authorizationUrl: URL) => Promise<URL>;
  /** Asks for these scopes, where the client has such a setting. Default: what the client itself chooses. */
  readonly scope?: string;
  /** Address of a document that describes the client, for those that take one instead of registering. */
  readonly clientMetadataUrl?: string;
}

/** A client that is logged in. */
export interface Session {
  /** Names of the tools. */
  listTools(): Promise<readonly string[]>;
  /**
   * The structured answer of a tool.
   *
   * @throws {Error} with what the client says when the server refused or the tool failed
   */
  callTool(name: string, args: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

/** Somebody else's client, driven without a person. */
export interface ForeignClient {
  readonly name: string;
  readonly version: string;
  /** Why it cannot be run on this machine; nothing when it can. Fetches it where that is allowed. */
  missing?(): Promise<string | undefined>;
  /** Whether it adds `offline_access`, for a refresh token, to the scopes that the server names. */
  readonly asksForOfflineAccess: boolean;
  /** What it does when a tool needs more scopes than it has. */
  readonly stepUp:
    | { readonly kind: 'by itself' }
    | { readonly kind: 'not'; readonly says: RegExp; readonly why: string };
  /**
   * Connects, logs in by `login` when the server says so, and stays connected.
   *
   * @throws {Error} when the user denied it, or the server did not let it in
   */
  open(options: OpenOptions): Promise<Session>;
}

/** The structured content of a tool's answer, as the server sent it. */
export function readAnswer(result: object): Readonly<Record<string, unknown>> {
  const { isError, content, structuredContent } = result as {
    readonly isError?: unknown;
    readonly content?: unknown;
    readonly structuredContent?: unknown;
  };
  if (isError === true) throw new Error(`the tool failed: ${JSON.stringify(content)}`);
  if (typeof structuredContent !== 'object' || structuredContent === null)
    throw new Error(`the tool gave no structured answer: ${JSON.stringify(content)}`);
  return structuredContent as Readonly<Record<string, unknown>>;
}

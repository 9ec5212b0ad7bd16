/** One MCP request: what is done, to what. Taken from the body, never from the mirrored headers alone. */
export interface Operation {
  /** JSON-RPC method, for example `tools/call`. */
  readonly method: string;
  /** Name of the tool or prompt, or URI of the resource, where the method has one. */
  readonly target?: string | undefined;
}

/** The scopes that an operation needs, all of them. */
export type OperationScopes = (operation: Operation) => readonly string[] | undefined;

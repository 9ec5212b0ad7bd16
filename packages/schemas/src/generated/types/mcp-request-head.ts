// Generated from src/sources by pnpm codegen. Do not edit.

/** Who the client says it is. */
export interface McpClientInfo {
  /**
   * Name of the client.
   *
   * @see MCP 2026-07-28
   */
  name?: string;
  /**
   * Version of the client.
   *
   * @see MCP 2026-07-28
   */
  version?: string;
  [other: string]: unknown;
}

/** What a client says about itself in each request since revision 2026-07-28. */
export interface McpRequestMeta {
  /**
   * Protocol revision of the request.
   *
   * @see MCP 2026-07-28
   */
  'io.modelcontextprotocol/protocolVersion'?: string;
  /**
   * Who the client says it is.
   *
   * @see MCP 2026-07-28
   */
  'io.modelcontextprotocol/clientInfo'?: McpClientInfo;
  /**
   * What the client can do.
   *
   * @see MCP 2026-07-28
   */
  'io.modelcontextprotocol/clientCapabilities'?: { [member: string]: unknown };
  [other: string]: unknown;
}

/** The parameters that name the target of an operation. */
export interface McpRequestParams {
  /**
   * Tool or prompt: target of tools/call and prompts/get.
   *
   * @see MCP 2026-07-28
   */
  name?: string;
  /**
   * Resource: target of resources/read.
   *
   * @see MCP 2026-07-28
   */
  uri?: string;
  /**
   * What the client says about itself.
   *
   * @see MCP 2026-07-28
   */
  _meta?: McpRequestMeta;
  [other: string]: unknown;
}

/** What names the operation in an MCP request. */
export interface McpRequestHead {
  /**
   * Version of JSON-RPC.
   *
   * @see JSON-RPC 2.0 section 4
   */
  jsonrpc: '2.0';
  /**
   * Absent in a notification.
   *
   * @see JSON-RPC 2.0 section 4
   */
  id?: string | number;
  /**
   * Name of the method.
   *
   * @see JSON-RPC 2.0 section 4
   */
  method: string;
  /**
   * Parameters of the method.
   *
   * @see JSON-RPC 2.0 section 4.2
   */
  params?: McpRequestParams;
  [other: string]: unknown;
}

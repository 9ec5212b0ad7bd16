// Generated from src/sources by pnpm codegen. Do not edit.
import { literal, missing, object, text, textOrNumber } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { McpRequestHead } from '../types/mcp-request-head.js';

function checkMcpClientInfo(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.name) !== undefined) text(v, 'name', r);
  if ((v = o.version) !== undefined) text(v, 'version', r);
}

function checkMcpRequestMeta(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o['io.modelcontextprotocol/protocolVersion']) !== undefined)
    text(v, 'io.modelcontextprotocol/protocolVersion', r);
  if ((v = o['io.modelcontextprotocol/clientInfo']) !== undefined)
    object(v, 'io.modelcontextprotocol/clientInfo', r, checkMcpClientInfo);
  if ((v = o['io.modelcontextprotocol/clientCapabilities']) !== undefined)
    object(v, 'io.modelcontextprotocol/clientCapabilities', r);
}

function checkMcpRequestParams(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.name) !== undefined) text(v, 'name', r);
  if ((v = o.uri) !== undefined) text(v, 'uri', r);
  if ((v = o._meta) !== undefined) object(v, '_meta', r, checkMcpRequestMeta);
}

function checkMcpRequestHead(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.jsonrpc) === undefined) missing('jsonrpc', r);
  else literal(v, 'jsonrpc', r, '2.0');
  if ((v = o.id) !== undefined) textOrNumber(v, 'id', r);
  if ((v = o.method) === undefined) missing('method', r);
  else text(v, 'method', r);
  if ((v = o.params) !== undefined) object(v, 'params', r, checkMcpRequestParams);
}

/**
 * Tells why a value is not an McpRequestHead document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see JSON-RPC 2.0 section 4
 * @example
 * ```ts
 * import { validateMcpRequestHead } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateMcpRequestHead({})) console.error(path.join('.'), message);
 * ```
 */
export const validateMcpRequestHead = (input: unknown): readonly Issue[] =>
  validate(input, checkMcpRequestHead);

/**
 * Hands a value back as the McpRequestHead it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateMcpRequestHead} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see JSON-RPC 2.0 section 4
 * @example
 * ```ts
 * import { parseMcpRequestHead } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseMcpRequestHead(JSON.parse(json));
 * ```
 */
export const parseMcpRequestHead = (input: unknown): McpRequestHead =>
  accept('mcp_request_head', input, validateMcpRequestHead(input)) as McpRequestHead;

// Generated from src/sources by pnpm codegen. Do not edit.
import { object, text, literal, textOrNumber } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { McpRequestHead } from '../types/mcp-request-head.js';

function checkMcpClientInfo(o: Members, r: Report): void {
  text(o.name, 'name', r);
  text(o.version, 'version', r);
}

function checkMcpRequestMeta(o: Members, r: Report): void {
  text(o['io.modelcontextprotocol/protocolVersion'], 'io.modelcontextprotocol/protocolVersion', r);
  object(
    o['io.modelcontextprotocol/clientInfo'],
    'io.modelcontextprotocol/clientInfo',
    r,
    false,
    checkMcpClientInfo,
  );
  object(o['io.modelcontextprotocol/clientCapabilities'], 'io.modelcontextprotocol/clientCapabilities', r);
}

function checkMcpRequestParams(o: Members, r: Report): void {
  text(o.name, 'name', r);
  text(o.uri, 'uri', r);
  object(o._meta, '_meta', r, false, checkMcpRequestMeta);
}

function checkMcpRequestHead(o: Members, r: Report): void {
  literal(o.jsonrpc, 'jsonrpc', r, true, '2.0');
  textOrNumber(o.id, 'id', r);
  text(o.method, 'method', r, true);
  object(o.params, 'params', r, false, checkMcpRequestParams);
}

/**
 * Tells why a value is not an McpRequestHead document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateMcpRequestHead = (input: unknown): readonly Issue[] =>
  validate(input, checkMcpRequestHead);

/**
 * Hands a value back as the McpRequestHead it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateMcpRequestHead} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseMcpRequestHead = (input: unknown): McpRequestHead =>
  accept('mcp_request_head', input, validateMcpRequestHead(input)) as McpRequestHead;

import * as z from 'zod';
import { constant, shaped, text, type MemberInfo } from './member.js';
import { shapeOf } from './shape.js';

const optional = (description: string, source = 'MCP 2026-07-28') =>
  ({ source, level: 'optional', description }) satisfies MemberInfo;
const required = (description: string, source = 'JSON-RPC 2.0 section 4') =>
  ({ source, level: 'required', description }) satisfies MemberInfo;

const clientInfo = shapeOf('McpClientInfo', 'Who the client says it is.', {
  name: text(optional('Name of the client.')),
  version: text(optional('Version of the client.')),
});

const meta = shapeOf(
  'McpRequestMeta',
  'What a client says about itself in each request since revision 2026-07-28.',
  {
    'io.modelcontextprotocol/protocolVersion': text(optional('Protocol revision of the request.')),
    'io.modelcontextprotocol/clientInfo': shaped(clientInfo, optional('Who the client says it is.')),
    'io.modelcontextprotocol/clientCapabilities': shaped(
      z.looseObject({}),
      optional('What the client can do.'),
    ),
  },
);

const params = shapeOf('McpRequestParams', 'The parameters that name the target of an operation.', {
  name: text(optional('Tool or prompt: target of tools/call and prompts/get.')),
  uri: text(optional('Resource: target of resources/read.')),
  _meta: shaped(meta, optional('What the client says about itself.')),
});

/**
 * The part of an MCP request that says which operation it is. Arguments are not looked at.
 *
 * @see JSON-RPC 2.0 section 4
 */
export const mcpRequestHeadSchema = shapeOf('McpRequestHead', 'What names the operation in an MCP request.', {
  jsonrpc: constant('2.0', required('Version of JSON-RPC.')),
  id: shaped(
    z.union([z.string(), z.number()]),
    optional('Absent in a notification.', 'JSON-RPC 2.0 section 4'),
  ),
  method: text(required('Name of the method.')),
  params: shaped(params, optional('Parameters of the method.', 'JSON-RPC 2.0 section 4.2')),
});

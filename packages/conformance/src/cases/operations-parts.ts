import type { Expectation } from '../expectation.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { RequestSpec } from '../request-spec.js';
import { allowed, call, withoutError } from './case-parts.js';

export function callTool(name: JsonValue): JsonObject {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } };
}

export function readResource(uri: JsonValue): JsonObject {
  return { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri } };
}

export function getPrompt(name: JsonValue): JsonObject {
  return { jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name } };
}

export const newest = [['MCP-Protocol-Version', '2026-07-28']] as const;

export function jsonBody(value: JsonValue): NonNullable<RequestSpec['body']> {
  return { type: 'application/json', text: JSON.stringify(value) };
}

/** A request with a token that has these scopes; without any scopes given, without a token. */
export function ask(
  body: NonNullable<RequestSpec['body']>,
  scope: string | undefined,
  more: Partial<RequestSpec> = {},
): RequestSpec {
  const request = { ...call({ claims: { scope: scope ?? '' } }), headers: newest, body, ...more };
  return scope === undefined ? { ...request, authorization: [] } : request;
}

/** The handler ran and got this body. */
export function arrives(body: JsonValue): Expectation {
  return { ...allowed, body: { members: { body } } };
}

/** 401 that names all scopes in one challenge. */
export function loginFor(...scopes: readonly string[]): Expectation {
  return { ...withoutError, challenge: { ...withoutError.challenge, scopes } };
}

/** What MCP servers answer about something that does not exist. */
export function notFound(code: number, status = 200): Expectation {
  return {
    status,
    headers: { 'www-authenticate': { absent: true }, 'cache-control': { lists: ['no-store'] } },
    body: { members: { jsonrpc: '2.0', id: 1 }, matches: `"code":${code}\\b`, absent: ['auth', 'result'] },
    handlerRan: false,
  };
}

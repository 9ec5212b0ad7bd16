import { defineCases } from '../define-cases.js';
import { isLetIn, isRecord, readMessage, type BlackBoxResponse } from '../exchange.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, skipped, type Verdict } from '../verdict.js';
import type { McpCall } from '../wire.js';
import { about403, refused, scopeOf, unneeded } from './narrow-token.js';

const noOperation = 'No operation is named that needs more than a narrow token has.';
const needs = 'second token without scope';

/** Whether a good token with too little scope is kept from what needs more. */
export const operationScopeCases = defineCases('scopes', {
  'scope-status': {
    title: 'a good token with too little scope is refused with 403',
    requirements: ['RFC6750-3.1-03', 'MCP-2026-07-28-RS-020', 'OAUTH21-5-01', 'OAUTH21-5.2-01'],
    severity: 'MUST',
    clause: 'MCP 2026-07-28, Authorization, Error Handling',
    needs,
    fix: 'Answer 403 with insufficient_scope: with 401 clients log in again for the same token.',
    probe: async (probe) => {
      const response = await refused(probe);
      if (response.status < 400) return skipped(unneeded);
      return check(response.status === 403, '403', describeAnswer(response));
    },
  },
  'operation-scope': {
    title: 'an operation that needs more scope is refused to a token without it',
    requirements: ['MCP-2026-07-28-RS-021', 'OAUTH21-5-01'],
    severity: 'MUST',
    clause: 'MCP 2026-07-28, Authorization, Runtime Insufficient Scope Errors',
    revisions: ['2025-06-18', '2025-11-25', '2026-07-28'],
    needs,
    fix: 'Judge each operation by the message in the body before it runs, and answer 403 with insufficient_scope.',
    probe: (probe) => aboutOperation(probe, () => refused(probe)),
  },
  'operation-without-headers': {
    title: 'an operation is judged by the body, whether or not headers name it',
    requirements: ['MCP-2026-07-28-RS-030', 'OAUTH21-5-01'],
    needs,
    fix: 'Read the operation from the body; Mcp-Method and Mcp-Name only repeat it.',
    probe: (probe) => aboutOperation(probe, (operation) => sendBare(probe, operation, [])),
  },
  'operation-other-headers': {
    title: 'headers that name a harmless operation open no other one',
    requirements: ['MCP-2026-07-28-RS-030', 'OAUTH21-5-01'],
    needs,
    fix: 'Read the operation from the body, and refuse headers that say something else.',
    probe: (probe) =>
      aboutOperation(probe, (operation) =>
        sendBare(probe, operation, [
          ['Mcp-Method', 'tools/list'],
          ['Mcp-Name', 'harmless'],
        ]),
      ),
  },
  'operation-in-batch': {
    title: 'an operation in a batch is judged like one that comes alone',
    requirements: ['MCP-2026-07-28-RS-030', 'OAUTH21-5-01'],
    needs,
    hostile: true,
    fix: 'Judge every message of a batch, or refuse batches.',
    probe: (probe) =>
      aboutOperation(probe, async (operation) => {
        const harmless = { jsonrpc: '2.0', id: 7, method: 'ping' };
        const other = { jsonrpc: '2.0', id: 8, method: operation.method, params: operation.params };
        const body = JSON.stringify([harmless, other]);
        return probe.call({ token: await probe.narrowToken(), call: operation, body });
      }),
  },
  'operation-allowed': {
    title: 'the same operation is let in with the scopes it asks for, at the first attempt',
    requirements: ['MCP-2026-07-28-RS-024', 'MCP-2025-11-25-RS-023', 'MCP-2026-07-28-RS-022'],
    needs,
    fix: 'Name all scopes of the operation in one challenge.',
    probe: (probe) =>
      about403(probe, async (response) => {
        const scopes = scopeOf(probe, response);
        if (!probe.hasIssuer) return skipped('It takes a test issuer to get the token that is asked for.');
        if (scopes.length === 0) return skipped('The challenge names no scope: see scope-challenge.');
        const { operation } = probe.credentials;
        const granted = [...new Set([...(await probe.challengedScopes()), ...scopes])];
        const answer = await probe.call({
          token: await probe.mint({}, granted),
          ...(operation === undefined ? {} : { call: operation }),
        });
        return check(isLetIn(answer), `let in with ${granted.join(' ')}`, describeAnswer(answer));
      }),
  },
});

/** Judges whether the operation that needs more is refused to a narrow token, sent in some way. */
async function aboutOperation(
  probe: Probe,
  send: (operation: McpCall) => Promise<BlackBoxResponse>,
): Promise<Verdict> {
  const { operation } = probe.credentials;
  if (operation === undefined) return skipped(noOperation);
  const response = await send(operation);
  const message = readMessage(response);
  // An error of JSON-RPC lets nobody in either, where the server knows no such thing
  if (response.status < 300 && !isRecord(message?.error))
    return {
      outcome: 'failed',
      expected: '403 with insufficient_scope',
      actual: `${response.status} and a result`,
      letIn: true,
    };
  return check(response.status >= 400 || isRecord(message?.error), '403', describeAnswer(response));
}

/** The message alone, with these headers about it and a narrow token. */
async function sendBare(
  probe: Probe,
  { method, params }: McpCall,
  about: readonly (readonly [string, string])[],
): Promise<BlackBoxResponse> {
  const isNewest = probe.revision === '2026-07-28';
  const meta = {
    'io.modelcontextprotocol/protocolVersion': probe.revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return probe.send({
    method: 'POST',
    url: probe.url,
    headers: [
      ['Authorization', `Bearer ${await probe.narrowToken()}`],
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json, text/event-stream'],
      ['MCP-Protocol-Version', probe.revision],
      ...about,
    ],
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: isNewest ? { ...params, _meta: meta } : params,
    }),
  });
}

import { parameterOf } from '../../rules/challenge-rules.js';
import { defineCases } from '../define-cases.js';
import { isLetIn, isRecord, readMessage, type BlackBoxResponse } from '../exchange.js';
import { challengedUrl } from '../find-metadata.js';
import {
  check,
  describeAnswer,
  failed,
  passed,
  skipped,
  type Probe,
  type ProbeCall,
  type Verdict,
} from '../probe.js';
import type { McpCall } from '../wire.js';

const unneeded = 'A token without scopes is let in: nothing asks for more.';
const noOperation = 'No operation is named that needs more than a narrow token has.';
const needs = 'second token without scope';

/** The answer to a good token that lacks scopes, to the operation if one is named. */
async function refused(probe: Probe, more: ProbeCall = {}): Promise<BlackBoxResponse> {
  const { operation } = probe.credentials;
  return probe.call({
    token: await probe.narrowToken(),
    ...(operation === undefined ? {} : { call: operation }),
    ...more,
  });
}

function scopeOf(probe: Probe, response: BlackBoxResponse): readonly string[] {
  const challenge = probe.bearer(response);
  const scope = challenge === undefined ? undefined : parameterOf(challenge, 'scope');
  return scope?.split(' ').filter((each) => each !== '') ?? [];
}

/** Judges the 403, where there is one. */
async function about403(
  probe: Probe,
  judge: (response: BlackBoxResponse) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  const response = await refused(probe);
  if (response.status !== 403)
    return skipped(isLetIn(response) ? unneeded : `The answer is ${response.status}: see scope-status.`);
  return judge(response);
}

export const scopeCases = defineCases('scopes', {
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
    probe: async (probe) => {
      const { operation } = probe.credentials;
      if (operation === undefined) return skipped(noOperation);
      const response = await refused(probe);
      return refusedOperation(response);
    },
  },
  'operation-without-headers': {
    title: 'an operation is judged by the body, whether or not headers name it',
    requirements: ['MCP-2026-07-28-RS-030', 'OAUTH21-5-01'],
    needs,
    fix: 'Read the operation from the body; Mcp-Method and Mcp-Name only repeat it.',
    probe: async (probe) => {
      const { operation } = probe.credentials;
      if (operation === undefined) return skipped(noOperation);
      const token = await probe.narrowToken();
      return refusedOperation(await sendBare(probe, operation, token, []));
    },
  },
  'operation-other-headers': {
    title: 'headers that name a harmless operation open no other one',
    requirements: ['MCP-2026-07-28-RS-030', 'OAUTH21-5-01'],
    needs,
    fix: 'Read the operation from the body, and refuse headers that say something else.',
    probe: async (probe) => {
      const { operation } = probe.credentials;
      if (operation === undefined) return skipped(noOperation);
      const token = await probe.narrowToken();
      const harmless = [
        ['Mcp-Method', 'tools/list'],
        ['Mcp-Name', 'harmless'],
      ] as const;
      return refusedOperation(await sendBare(probe, operation, token, harmless));
    },
  },
  'operation-in-batch': {
    title: 'an operation in a batch is judged like one that comes alone',
    requirements: ['MCP-2026-07-28-RS-030', 'OAUTH21-5-01'],
    needs,
    hostile: true,
    fix: 'Judge every message of a batch, or refuse batches.',
    probe: async (probe) => {
      const { operation } = probe.credentials;
      if (operation === undefined) return skipped(noOperation);
      const harmless = { jsonrpc: '2.0', id: 7, method: 'ping' };
      const other = { jsonrpc: '2.0', id: 8, method: operation.method, params: operation.params };
      const response = await probe.call({
        token: await probe.narrowToken(),
        call: operation,
        body: JSON.stringify([harmless, other]),
      });
      return refusedOperation(response);
    },
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
  'scope-challenge': {
    title: 'the 403 says which scopes are missing, and where to get them',
    requirements: ['MCP-2026-07-28-RS-021', 'RFC6750-3.1-03', 'RFC6750-3-01'],
    needs,
    fix: 'Send error="insufficient_scope", scope and resource_metadata in the Bearer challenge of the 403.',
    probe: (probe) =>
      about403(probe, (response) => {
        const challenge = probe.bearer(response);
        const error = challenge === undefined ? undefined : parameterOf(challenge, 'error');
        const isGood =
          error === 'insufficient_scope' &&
          scopeOf(probe, response).length > 0 &&
          challengedUrl(response) !== undefined;
        return check(isGood, 'insufficient_scope with scope and resource_metadata', describeAnswer(response));
      }),
  },
  'scope-in-first-challenge': {
    title: 'the first challenge names the scopes that are needed',
    requirements: ['MCP-2026-07-28-RS-008'],
    needs,
    fix: 'Name the scopes of the route in the challenge of the 401, so that one login is enough.',
    probe: async (probe) => {
      const plain = await probe.call({ token: await withoutScopes(probe) });
      if (isLetIn(plain)) return skipped(unneeded);
      const named = await probe.challengedScopes();
      return check(
        named.length > 0,
        'scope in the challenge of the 401',
        describeAnswer(await probe.unauthenticated()),
      );
    },
  },
  'scope-same-each-time': {
    title: 'the same operation is challenged with the same scopes',
    requirements: ['MCP-2026-07-28-RS-010'],
    needs,
    fix: 'Build the scopes of a challenge from the rules alone.',
    probe: (probe) =>
      about403(probe, async (response) => {
        const [first, second] = [scopeOf(probe, response), scopeOf(probe, await refused(probe))];
        return check(first.join(' ') === second.join(' '), first.join(' '), second.join(' '));
      }),
  },
  'delegated-rights': {
    title: 'an actor inside a token adds no rights',
    requirements: ['RFC8693-4.1-01', 'RFC8693-4.4-01'],
    needs: 'issuer',
    hostile: true,
    fix: 'Take rights from the scopes of the token alone; act and may_act give none.',
    probe: async (probe) => {
      const plain = await refused(probe);
      if (plain.status !== 403) return skipped(unneeded);
      const scope = (await probe.scopes()).join(' ');
      const act = { sub: 'admin', scope, act: { sub: 'root', scope } };
      const { operation } = probe.credentials;
      const token = await probe.mint(
        { claims: { act, may_act: { sub: 'admin', scope } } },
        operation === undefined ? [] : await probe.challengedScopes(),
      );
      const answer = await refused(probe, { token });
      return check(answer.status === 403, '403 as without the actor', describeAnswer(answer));
    },
  },
  'lists-private': {
    title: 'a list that differs from caller to caller is private',
    requirements: ['MCP-2026-07-28-RS-042', 'MCP-2026-07-28-RS-043'],
    needs,
    fix: 'Set cacheScope to private on every page of such a list.',
    probe: async (probe) => {
      const list: McpCall = { method: 'tools/list' };
      const wide = readResult(await probe.call({ token: await probe.goodToken(), call: list }));
      const narrow = readResult(await probe.call({ token: await withoutScopes(probe), call: list }));
      if (wide === undefined || narrow === undefined)
        return skipped('The server lists no tools for both tokens.');
      if (JSON.stringify(wide.tools) === JSON.stringify(narrow.tools)) return passed;
      const open = [wide, narrow].find(({ cacheScope }) => cacheScope !== 'private');
      return check(open === undefined, 'cacheScope: private', String(open?.cacheScope));
    },
  },
  'login-challenge': {
    title: 'a login that is too weak or too old is answered with what is needed',
    requirements: ['RFC9470-3-01', 'RFC9470-3-02', 'RFC9470-3-03', 'RFC9470-6-01'],
    needs: 'issuer',
    fix: 'Answer 401 with insufficient_user_authentication, and acr_values or max_age.',
    probe: async (probe) => {
      const { operation } = probe.credentials;
      const call = operation === undefined ? {} : { call: operation };
      const old = await probe.call({
        token: await probe.mint({ claims: { acr: '0', auth_time: 1 } }),
        ...call,
      });
      const challenge = probe.bearer(old);
      const error = challenge === undefined ? undefined : parameterOf(challenge, 'error');
      if (challenge === undefined || error !== 'insufficient_user_authentication')
        return skipped('The server asks for no stronger login.');
      const [values, age] = [parameterOf(challenge, 'acr_values'), parameterOf(challenge, 'max_age')];
      if (old.status !== 401 || (values === undefined && age === undefined) || !/^\d*$/.test(age ?? ''))
        return failed('401 with acr_values, or max_age in whole seconds', describeAnswer(old));
      const [acr = '1'] = values?.split(' ') ?? [];
      const fresh = await probe.mint({ claims: { acr, auth_time: { fromNow: -1 } } });
      const answer = await probe.call({ token: fresh, ...call });
      return check(
        isLetIn(answer),
        `let in after the login that was asked for (${acr})`,
        describeAnswer(answer),
      );
    },
  },
});

/** A good token without any scope. */
async function withoutScopes(probe: Probe): Promise<string> {
  return probe.hasIssuer
    ? probe.mint({ omitClaims: ['scope'] })
    : (probe.credentials.tokenWithoutScope ?? '');
}

function refusedOperation(response: BlackBoxResponse): Verdict {
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

/** The message alone, with these headers about it. */
function sendBare(
  probe: Probe,
  { method, params }: McpCall,
  token: string,
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
      ['Authorization', `Bearer ${token}`],
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

function readResult(response: BlackBoxResponse): Readonly<Record<string, unknown>> | undefined {
  const result = readMessage(response)?.result;
  return response.status < 300 && isRecord(result) && Array.isArray(result.tools) ? result : undefined;
}

import { parameterOf } from '../../rules/challenge-rules.js';
import { defineCases } from '../define-cases.js';
import { isLetIn, isRecord, readMessage, type BlackBoxResponse } from '../exchange.js';
import { challengedUrl } from '../find-metadata.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, failed, passed, skipped } from '../verdict.js';
import type { McpCall } from '../wire.js';
import { about403, refused, scopeOf, unneeded } from './narrow-token.js';

const needs = 'second token without scope';

/** What callers are told of the scopes that they need. */
export const scopeChallengeCases = defineCases('scopes', {
  'scope-challenge': {
    title: 'the 403 says which scopes are missing, and where to get them',
    requirements: ['MCP-2026-07-28-RS-021', 'RFC6750-3.1-03', 'RFC6750-3-01'],
    needs,
    fix: 'Send error="insufficient_scope", scope and resource_metadata in the Bearer challenge of the 403.',
    probe: async (probe) => {
      // It is there for consistency with the 401, which since MCP 2025-11-25 may leave it to the well-known URL
      const namesDocument = challengedUrl(await probe.unauthenticated()) !== undefined;
      return about403(probe, (response) => {
        const challenge = probe.bearer(response);
        const error = challenge === undefined ? undefined : parameterOf(challenge, 'error');
        const isGood =
          error === 'insufficient_scope' &&
          scopeOf(probe, response).length > 0 &&
          (!namesDocument || challengedUrl(response) !== undefined);
        const expected = `insufficient_scope with scope${namesDocument ? ' and resource_metadata' : ''}`;
        return check(isGood, expected, describeAnswer(response));
      });
    },
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

function readResult(response: BlackBoxResponse): Readonly<Record<string, unknown>> | undefined {
  const result = readMessage(response)?.result;
  return response.status < 300 && isRecord(result) && Array.isArray(result.tools) ? result : undefined;
}

import { explainToken, type ExplainOptions } from '@mcp-auth/core/explain';
import { describe, expect, test } from 'vitest';
import { controlCases } from '../../src/hostile/control-group.js';
import { hostileCases } from '../../src/hostile/corpus.js';
import { requiredScope, resource, secondResource } from '../../src/hostile/facts.js';
import type { HostileRequest } from '../../src/hostile/hostile-case.js';
import { createKeyRing } from '../../src/hostile/key-ring.js';
import { Mint } from '../../src/hostile/mint.js';

const ring = createKeyRing();
const facts = {
  issuer: 'http://127.0.0.1:1/tenant-a',
  secondIssuer: 'http://127.0.0.1:1/tenant-b',
  untrustedIssuer: 'http://127.0.0.1:2/tenant-a',
  resource,
  secondResource,
  scope: requiredScope,
  now: 1_800_000_000,
};
const mint = new Mint(facts, ring);

/** The configuration of the corpus, as far as tokens are concerned. */
function describeResource(path: HostileRequest['path'], keys: 'given' | 'unknown'): ExplainOptions {
  const jwksOf = (jwks: unknown) => (keys === 'given' ? { jwks } : {});
  const second = { issuer: facts.secondIssuer, ...jwksOf({ keys: [ring.keys.second.jwk] }) };
  const jwtVerify = { currentDate: new Date(facts.now * 1000) };
  if (path === '/notes') return { resource: secondResource, authorizationServers: [second], jwtVerify };
  return {
    resource,
    authorizationServers: [{ issuer: facts.issuer, ...jwksOf({ keys: ring.published }) }, second],
    requiredScopes: [requiredScope],
    jwtVerify,
  };
}

/** The token of a request that carries it in the usual way: one field, `Bearer`, one space. */
function tokenOf({ authorization }: HostileRequest): string | undefined {
  const [value = '', ...more] = authorization;
  return more.length === 0 && /^Bearer [^ ]/.test(value) ? value.slice('Bearer '.length) : undefined;
}

const explain = async (request: HostileRequest, keys: 'given' | 'unknown' = 'given') =>
  explainToken(tokenOf(request) ?? '', describeResource(request.path, keys));

const refused = hostileCases
  .map((entry) => ({ ...entry, request: entry.recipe(mint) }))
  .filter(({ request }) => tokenOf(request) !== undefined);
const admitted = controlCases
  .map((entry) => ({ ...entry, request: entry.recipe(mint) }))
  .filter(({ request }) => tokenOf(request) !== undefined);

describe('the explanation of a token and the answer of a gate are one', () => {
  test('most of the corpus are tokens', () => {
    expect(refused.length).toBeGreaterThan(250);
    expect(admitted.length).toBeGreaterThan(30);
  });

  test.each(refused)('$id: $expected.event', async ({ request, expected }) => {
    const { verdict, refusal } = await explain(request);
    expect({ verdict, code: refusal?.code }).toEqual({ verdict: 'refused', code: expected.event });
  });

  test.each(admitted)('$id is accepted', async ({ request }) => {
    const { verdict, refusal } = await explain(request);
    expect({ verdict, code: refusal?.code }).toEqual({ verdict: 'accepted', code: undefined });
  });
});

describe('without the keys of the issuer', () => {
  test('[RFC8725-3.1-01] no token is ever called accepted', async () => {
    for (const { request } of [...refused, ...admitted]) {
      expect((await explain(request, 'unknown')).verdict).not.toBe('accepted');
    }
  });

  test('a good token is left undecided, for its signature alone', async () => {
    for (const { request } of admitted) {
      const { verdict, checks } = await explain(request, 'unknown');
      expect(verdict).toBe('undecided');
      expect(checks.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name)).toEqual([
        'signature',
      ]);
    }
  });
});

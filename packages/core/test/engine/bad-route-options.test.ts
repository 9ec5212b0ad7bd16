import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { configError } from '../support/config-error.js';

const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const server = new ResourceServer({
  protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
});
const gate = (options: unknown, mode: unknown = 'jwt') =>
  configError(() => server.createGate(mode as 'jwt', options as { resource: string }));
const create = (options: object) => () => server.createGate('jwt', { resource, ...options });

describe('[contract row 9] a route that cannot work is refused when it is made', () => {
  test.each(['', 'https://other.example', 'https://api.example.com', `${resource}/`, 5, 'nonsense'])(
    '[MCP-2026-07-28-RS-018] a resource that is not configured: %j',
    (unknown) => {
      const problem = gate({ resource: unknown });
      expect(problem).toMatchObject({ code: 'unknown_resource', path: 'resource' });
      expect(problem.message).toContain(JSON.stringify(resource));
    },
  );

  test.each([null, 'x'])('no options at all: %j', (options) => {
    expect(gate(options)).toMatchObject({ code: 'invalid_option', path: 'options' });
  });

  test.each(['jwtt', '', undefined, null, {}, 'JWT'])('a mode that is none: %j', (mode) => {
    // An explicit undefined would take the default of the helper
    expect(gate({ resource }, mode ?? null)).toMatchObject({ code: 'invalid_option', path: 'mode' });
  });

  test.each([
    [{ requiredScopes: 'read' }, 'invalid_scope', 'requiredScopes'],
    [{ requiredScopes: ['a', 'b c'] }, 'invalid_scope', 'requiredScopes[1]'],
    [{ requiredScopes: ['a"'] }, 'invalid_scope', 'requiredScopes[0]'],
    [{ requiredScopes: [5] }, 'invalid_scope', 'requiredScopes[0]'],
    [{ audience: '' }, 'invalid_audience', 'audience'],
    [{ audience: [] }, 'invalid_audience', 'audience'],
    [{ audience: ['a', ''] }, 'invalid_audience', 'audience[1]'],
    [{ audience: [5] }, 'invalid_audience', 'audience[0]'],
  ])('[RFC6750-3-04] %j', (options, code, path) => {
    expect(gate({ resource, ...options })).toMatchObject({ code, path });
  });

  test('[RFC9068-4-07] metadata without a way to get keys fails where JWTs are to be verified, and only there', () => {
    const withoutKeys = new ResourceServer({
      protectedResources: { metadata: { resource, authorizationServers: [{ metadata: { issuer } }] } },
    });
    expect(configError(() => withoutKeys.createGate('jwt', { resource }))).toMatchObject({
      code: 'missing_key_source',
      path: 'protectedResources.metadata.authorizationServers[0]',
    });
    expect(() => withoutKeys.createGate(() => ({ issuer }), { resource })).not.toThrow();
  });
});

describe('options under jose’s names', () => {
  test.each(['issuer', 'audience', 'crit'])(
    '[RFC8725-3.1-01] jwtVerify.%s would weaken or contradict the configuration',
    (name) => {
      expect(gate({ resource, jwtVerify: { [name]: 'x' } })).toMatchObject({
        code: 'unsupported_option',
        path: `jwtVerify.${name}`,
      });
    },
  );

  test.each([
    [{ algorithms: [] }, 'algorithms'],
    [{ algorithms: ['HS256'] }, 'algorithms'],
    [{ algorithms: ['RS256', 'none'] }, 'algorithms'],
    [{ algorithms: 'RS256 ES256' }, 'algorithms'],
    [{ algorithms: 'RS256' }, 'algorithms'],
    [{ typ: 5 }, 'typ'],
    [{ subject: ['user-1'] }, 'subject'],
    [{ clockTolerance: 301 }, 'clockTolerance'],
    [{ clockTolerance: '6 minutes' }, 'clockTolerance'],
    [{ clockTolerance: -1 }, 'clockTolerance'],
    [{ clockTolerance: NaN }, 'clockTolerance'],
    [{ clockTolerance: 'soon' }, 'clockTolerance'],
    [{ clockTolerance: '5 ms' }, 'clockTolerance'],
    [{ maxTokenAge: -1 }, 'maxTokenAge'],
    [{ maxTokenAge: Infinity }, 'maxTokenAge'],
    [{ maxTokenAge: '1 month' }, 'maxTokenAge'],
    [{ requiredClaims: 'sub' }, 'requiredClaims'],
    [{ requiredClaims: [5] }, 'requiredClaims[0]'],
    [{ currentDate: new Date('nonsense') }, 'currentDate'],
    [{ currentDate: 5 }, 'currentDate'],
  ])('[RFC8725-3.1-01][RFC9068-4-04] jwtVerify: %j', (jwtVerify, name) => {
    expect(gate({ resource, jwtVerify })).toMatchObject({
      code: 'invalid_option',
      path: `jwtVerify.${name}`,
    });
  });

  test.each([
    [{ cacheMaxAge: -1 }, 'cacheMaxAge'],
    [{ cacheMaxAge: 0 }, 'cacheMaxAge'],
    [{ cacheMaxAge: NaN }, 'cacheMaxAge'],
    [{ cooldownDuration: 0 }, 'cooldownDuration'],
    [{ cooldownDuration: '30s' }, 'cooldownDuration'],
    [{ timeoutDuration: 0 }, 'timeoutDuration'],
    [{ timeoutDuration: Infinity }, 'timeoutDuration'],
    [{ timeoutDuration: 3_000_000_000 }, 'timeoutDuration'],
    [{ timeoutDuration: NaN }, 'timeoutDuration'],
    [{ staleMaxAge: -1 }, 'staleMaxAge'],
  ])('[RFC8414-CACHE-01] remoteJwkSet: %j', (remoteJwkSet, name) => {
    expect(gate({ resource, remoteJwkSet })).toMatchObject({
      code: 'invalid_option',
      path: `remoteJwkSet.${name}`,
    });
  });

  test.each([
    { jwtVerify: { clockTolerance: '5 minutes', maxTokenAge: '1.5 hours' } },
    { jwtVerify: { clockTolerance: 0, maxTokenAge: '2w' } },
    { jwtVerify: { maxTokenAge: '1 day', algorithms: ['RS256'] } },
    { jwtVerify: { maxTokenAge: '30 secs', requiredClaims: [] } },
    { remoteJwkSet: { cacheMaxAge: 1000, cooldownDuration: 1000, timeoutDuration: 1, staleMaxAge: 0 } },
    { remoteJwkSet: { headers: { 'x-key': 'k' } } },
    { requiredScopes: [], audience: 'a' },
  ])('%j is fine', (options) => {
    expect(create(options)).not.toThrow();
  });
});

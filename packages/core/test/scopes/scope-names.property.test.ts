import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cognito, entra } from '../../src/providers.js';
import { ScopeChecks } from '../../src/scopes/scope-names.js';
import { propertyRuns } from '../support/property.js';

const id = '5b7f2c1e-8f34-4f0c-b0a3-6c2d9e1f7a22';
const tenantId = '0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11';
const pool = { region: 'eu-central-1', userPoolId: 'eu-central-1_aBcDeFgHi', clientIds: ['c-1'] };

const providers = [
  {
    name: 'entra, by id',
    policy: entra({ tenantId, applicationId: id, applicationRoles: ['api', 'api:x'] }).policy,
    prefixes: [`api://${id}/`, `${id}/`],
    foreign: ['api', 'api:x', 'openid'],
  },
  {
    name: 'entra, by URL',
    policy: entra({
      tenantId,
      applicationId: id,
      applicationIdUri: 'https://x/m',
      applicationRoles: ['https'],
    }).policy,
    prefixes: ['https://x/m/', `api://${id}/`],
    foreign: ['https', 'openid', 'profile'],
  },
  {
    name: 'cognito',
    policy: cognito({ ...pool, resourceServer: 'profile' }).policy,
    prefixes: ['profile/'],
    foreign: ['profile', 'openid', 'email'],
  },
] as const;

const separator = fc.constantFrom(':', '/', '.', 'x');
const word = fc.constantFrom('a', 'b', 'api', 'https', 'm');

describe.each(providers)('$name: two names of one scope never mean more than one name does', (provider) => {
  const { policy, prefixes, foreign } = provider;
  const checksOf = (by: string) =>
    new ScopeChecks({ separator: by }, 'scopeHierarchy', [{ tokenIssuers: ['i'], policy, path: 'server' }])
      .first;

  /** A scope by the name in front of which nothing stands, and one of the ways to write it. */
  const own = (by: string) =>
    fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('', ...prefixes))
      .map(([words, prefix]) => ({ name: words.join(by === '/' ? ':' : by), prefix }))
      // A name of that kind belongs to the provider, however it is written
      .filter(({ name }) => !foreign.some((one: string) => one === name));

  test('own scopes contain each other as their short names do', () => {
    fc.assert(
      fc.property(
        separator.chain((by) => fc.tuple(fc.constant(by), own(by), own(by))),
        ([by, granted, required]) => {
          const covered = checksOf(by).covers(
            [granted.prefix + granted.name],
            [required.prefix + required.name],
          );
          const expected = granted.name === required.name || required.name.startsWith(granted.name + by);
          expect(covered).toBe(expected);
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  test('a scope that is not of the resource contains none that is, and is contained in none', () => {
    fc.assert(
      fc.property(
        separator.chain((by) => fc.tuple(fc.constant(by), fc.constantFrom(...foreign), own(by))),
        ([by, other, { name, prefix }]) => {
          expect(checksOf(by).covers([other], [prefix + name])).toBe(false);
          expect(checksOf(by).covers([prefix + name], [other])).toBe(false);
        },
      ),
      { numRuns: propertyRuns },
    );
  });
});

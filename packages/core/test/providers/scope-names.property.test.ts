import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns, propertyTest } from '../support/property.js';
import { catalogue, createProviderOf } from './support/catalogue.js';
import { openScopeGate } from './support/scope-gate.js';

const scopeName = fc.stringMatching(/^[a-z][a-z.:_-]{0,11}$/).filter((name) => name !== 'openid');

/** A scope that a requirement names, and how it is written there and in the metadata. */
const written = fc.record({ name: scopeName, required: fc.boolean(), supported: fc.boolean() });

const needs = fc.uniqueArray(written, { minLength: 1, maxLength: 4, selector: ({ name }) => name });

describe('a challenge asks for what the provider knows, whatever helper it is', () => {
  test.each(catalogue.filter(({ hasScopes }) => hasScopes))(
    '[RFC6750-3-04] $name: challenge and metadata agree, the scope opens, its lack does not',
    propertyTest,
    async (entry) => {
      const provider = await createProviderOf(entry);
      const { publishedScope = (scope: string) => scope } = entry.server.policy ?? {};
      const write = (scope: string, full: boolean) => (full ? publishedScope(scope) : scope);
      const sign = (scopes: readonly string[]) => provider.sign(entry.token(scopes), { typ: entry.typ });

      await fc.assert(
        fc.asyncProperty(needs, async (scopes) => {
          const names = scopes.map(({ name }) => name);
          const asked = names.map((name) => publishedScope(name)).sort();
          const gate = openScopeGate(entry.server, provider, {
            requiredScopes: scopes.map(({ name, required }) => write(name, required)),
            scopesSupported: [...scopes.map(({ name, supported }) => write(name, supported)), 'other-scope'],
          });

          const metadata = await gate.published();
          const without = await gate.call();
          const lacking = await gate.call(await sign(['other-scope', ...names.slice(1)]));
          const good = await gate.call(await sign(['other-scope', ...names]));

          expect(without).toEqual({ status: 401, scopes: asked });
          expect(lacking).toEqual({ status: 403, scopes: asked });
          expect(metadata).toEqual(expect.arrayContaining(asked));
          expect(good.status).toBe(200);
          expect(gate.warnings.filter((message) => message.includes('publishedScope'))).toEqual([]);
        }),
        { numRuns: Math.ceil(propertyRuns / 20) },
      );
    },
  );

  test.each(catalogue)(
    '[RFC6750-3-04] $name: the name of a name is that name itself, so both forms mean one scope',
    ({ server }) => {
      const { publishedScope = (scope: string) => scope } = server.policy ?? {};
      fc.assert(
        fc.property(fc.oneof(scopeName, fc.stringMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,40}$/)), (scope) => {
          const name = publishedScope(scope);
          expect(publishedScope(name)).toBe(name);
          expect(name).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
        }),
        { numRuns: propertyRuns },
      );
    },
  );
});

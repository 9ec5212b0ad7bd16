import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationRule } from '../../src/index.js';
import { callTool, gateWith } from '../policy/ask-gate.js';
import { resource } from '../support/protect.js';

const scopes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
const someScopes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });

const need = fc.oneof(
  scopes,
  fc.record({ allOf: scopes, anyOf: someScopes }),
  fc.record({ anyOf: someScopes }),
  fc.constantFrom('anonymous' as const, 'refuse' as const),
);
const rule: fc.Arbitrary<OperationRule> = fc.oneof(
  need,
  need.map((answer) => () => answer),
  need.map((answer) => () => Promise.resolve(answer)),
);

const everything = 'a b c d mcp';

test('whatever the rules say, a client that does what the schemes of a tool say gets in, and one that sees no tool finds none', async () => {
  await fc.assert(
    fc.asyncProperty(rule, fc.boolean(), async (tool, isNarrow) => {
      const requiredScopes = isNarrow ? ['mcp'] : [];
      const operations = { tools: { tool, '*': 'refuse' as const } };
      const { server, send } = await gateWith(operations, { requiredScopes });
      const options = { resource, operations, requiredScopes };
      const schemes = await server.declarations.securitySchemes(options).of('tool');
      const allows = async (scope?: string) => (await send(callTool('tool'), scope)).kind === 'allow';
      if (schemes === undefined) {
        expect(await allows(everything)).toBe(false);
        return;
      }
      expect(schemes.length).toBeGreaterThan(0);
      expect(await allows()).toBe(schemes.some(({ type }) => type === 'noauth'));
      for (const scheme of schemes) {
        if (scheme.type === 'oauth2') expect(await allows(scheme.scopes.join(' '))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { arbitraryFunction, arbitraryValue } from '../support/arbitrary-value.js';
import { headWith } from '../support/head.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { protect, type Protected } from '../support/protect.js';

const options = { numRuns: propertyRuns * 2 };
let protectedResource: Protected;
let poor: string;

beforeAll(async () => {
  protectedResource = await protect();
  poor = `Bearer ${await protectedResource.issuer.sign({ scope: 'read' })}`;
});

/** What is asked for, and the rule that is about it. */
const groups = {
  tools: { group: 'tools', name: 'x', method: 'tools/call', params: { name: 'x' } },
  'the rest of the tools': { group: 'tools', name: '*', method: 'tools/call', params: { name: 'x' } },
  resources: {
    group: 'resources',
    name: 'notes://x',
    method: 'resources/read',
    params: { uri: 'notes://x' },
  },
  templates: {
    group: 'resources',
    name: 'notes://{id}',
    method: 'resources/read',
    params: { uri: 'notes://x' },
  },
  prompts: { group: 'prompts', name: 'x', method: 'prompts/get', params: { name: 'x' } },
  methods: { group: 'methods', name: 'logging/setLevel', method: 'logging/setLevel', params: {} },
  'the rest of the methods': { group: 'methods', name: '*', method: 'future/thing', params: {} },
} as const;
const group = fc.constantFrom(...(Object.keys(groups) as (keyof typeof groups)[]));

interface Outcome {
  readonly status: number;
  readonly policyEvents: number;
}

/** The outcome of a request under this rule; nothing where the rule is refused at construction. */
async function outcome(
  rule: unknown,
  which: keyof typeof groups,
  token: boolean,
): Promise<Outcome | undefined> {
  const { group, name, method, params } = groups[which];
  const rest = group === 'methods' ? {} : { '*': 'refuse' };
  const { server, events } = protectedResource;
  let gate;
  try {
    gate = server.createGate('jwt', {
      resource: 'https://api.example.com/mcp',
      operations: { [group]: { ...rest, [name]: rule } },
    });
  } catch (error) {
    expect(error).toBeInstanceOf(MCPAuthConfigError);
    return undefined;
  }
  events.length = 0;
  const head = headWith(token ? poor : undefined);
  const first = await gate.authenticate(head);
  const decision =
    first.kind === 'refuse' || first.next === 'proceed'
      ? first
      : await gate.authorize(head, first.auth, {
          kind: 'json',
          value: { jsonrpc: '2.0', id: 1, method, params },
        });
  return {
    status:
      decision.kind === 'allow'
        ? 200
        : decision.body?.includes('"error"') === true && decision.status === 200
          ? 404
          : decision.status,
    policyEvents: events.filter(({ type }) => type === 'policy').length,
  };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A need that a caller with the scope "read" meets, written as documented. */
function isMet(value: unknown): boolean {
  if (isList(value)) return value.every((scope) => scope === 'read');
  if (typeof value !== 'object' || value === null) return false;
  const { allOf, anyOf, ...others } = value as { allOf?: unknown; anyOf?: unknown };
  if (Object.keys(others).length > 0 || (allOf === undefined && anyOf === undefined)) return false;
  return (
    (allOf === undefined || (isList(allOf) && allOf.every((scope) => scope === 'read'))) &&
    (anyOf === undefined || (isList(anyOf) && anyOf.includes('read')))
  );
}

/** What a function leads to, waited for; nothing where it fails. */
async function settle(rule: (...args: never) => unknown): Promise<{ readonly value: unknown } | undefined> {
  try {
    return { value: await rule(...([] as never)) };
  } catch {
    return undefined;
  }
}

describe('whatever a computed rule returns, throws or rejects with', () => {
  test('without a token nothing but "anonymous" passes', propertyTest, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFunction, group, async (rule, which) => {
        const settled = await settle(rule);
        const found = await outcome(rule, which, false);
        expect(found?.status === 200).toBe(settled?.value === 'anonymous');
      }),
      options,
    );
  });

  test(
    'with a token nothing but a need that it meets passes, and what is no need is an error of the server',
    propertyTest,
    async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryFunction, group, async (rule, which) => {
          const settled = await settle(rule);
          const found = await outcome(rule, which, true);
          if (found?.status === 200)
            expect(settled?.value === 'anonymous' || isMet(settled?.value)).toBe(true);
          expect([200, 403, 404, 500]).toContain(found?.status);
          expect(found?.policyEvents).toBe(found?.status === 500 ? 1 : 0);
          if (settled === undefined) expect(found?.status).toBe(500);
        }),
        options,
      );
    },
  );
});

describe('whatever is written as a rule', () => {
  test('it is refused at construction, or a documented one', propertyTest, async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryValue.filter((value) => typeof value !== 'function'),
        group,
        fc.boolean(),
        async (rule, which, token) => {
          const found = await outcome(rule, which, token);
          if (found?.status !== 200) return;
          const isRest = groups[which].name === '*';
          const isOpen = rule === 'anonymous' && !isRest;
          // A method that MCP knows and no rule is about needs what the route needs; undefined is no rule
          const isAbsent = rule === undefined && which === 'methods';
          expect(isOpen || (token && (isMet(rule) || isAbsent))).toBe(true);
        },
      ),
      options,
    );
  });

  test(
    'it is refused at construction as a whole group, or leads to no pass without a token',
    propertyTest,
    async () => {
      const kinds = fc.constantFrom('tools', 'resources', 'prompts', 'methods');
      await fc.assert(
        fc.asyncProperty(arbitraryValue, kinds, async (value, kind) => {
          try {
            const gate = protectedResource.server.createGate('jwt', {
              resource: 'https://api.example.com/mcp',
              operations: { [kind]: value },
            });
            const first = await gate.authenticate(headWith(undefined));
            expect(first.kind).toBe('refuse');
          } catch (error) {
            expect(error).toBeInstanceOf(MCPAuthConfigError);
          }
        }),
        options,
      );
    },
  );
});

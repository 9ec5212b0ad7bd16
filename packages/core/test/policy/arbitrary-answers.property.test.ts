import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allow,
  createPolicy,
  deny,
  depends,
  needAuthentication,
  needScopes,
  type OperationFunction,
  PolicyUnavailableError,
} from '../../src/index.js';
import { createAuth, resource } from '../context/callers.js';
import { arbitraryFunction, arbitraryValue } from '../support/arbitrary-value.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { statusOf } from '../support/protect.js';
import { type AskedGate, callTool, gateWith } from './ask-gate.js';

const options = { numRuns: propertyRuns };
const mark = Symbol.for('@mcp-auth/core/policy-decision');

/** What passes for a caller with the scope "read": written as documented, and nothing else. */
const passing = new Set<unknown>([allow(), needScopes(['read']), needScopes({ anyOf: ['write', 'read'] })]);

const decision = fc.constantFrom<unknown>(
  ...passing,
  needScopes(['write']),
  deny(),
  deny({ reason: 'x', public: true }),
  depends(),
  needAuthentication({ maxAgeSeconds: 1 }),
  new PolicyUnavailableError('returned, not thrown'),
);

/** What looks like a decision: another kind under the mark, or a right one with something in place of its contents. */
const forged = fc
  .record({
    kind: fc.oneof(fc.constantFrom('needs', 'deny', 'authentication', 'depends', 'allow'), arbitraryValue),
    content: arbitraryValue,
  })
  .map(({ kind, content }) => ({
    [mark]: kind,
    requirement: content,
    denial: content,
    need: content,
  }));

/** What an engine sends as JSON: with members that engines use to say yes. */
const engineAnswer = fc
  .oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(
      fc.constantFrom('decision', 'result', 'allow', 'allowed', 'kind', 'requirement', 'context'),
      fc.oneof(
        fc.constantFrom<fc.JsonValue>(true, 'true', 1, 'allow', 'needs', []),
        fc.jsonValue({ maxDepth: 1 }),
      ),
    ),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** A list of scopes that the caller has, or `{ allOf }` and `{ anyOf }` of such: the documented needs that pass. */
function isMetNeed(value: unknown): boolean {
  if (Array.isArray(value)) return Array.from(value as unknown[]).every((scope) => scope === 'read');
  if (typeof value !== 'object' || value === null) return false;
  const { allOf, anyOf, ...others } = value as { allOf?: unknown; anyOf?: unknown };
  if (Object.keys(others).length > 0 || (allOf === undefined && anyOf === undefined)) return false;
  return (
    (allOf === undefined || isMetNeed(allOf)) &&
    (anyOf === undefined || (Array.isArray(anyOf) && anyOf.includes('read')))
  );
}

let asked: Promise<AskedGate> | undefined;
let current: OperationFunction = allow;
/** One gate for all: its rule is what the test says. */
const gate = () =>
  (asked ??= gateWith({ tools: { '*': (request) => current(request) }, ruleTimeoutMs: 5000 }));

async function outcome(rule: OperationFunction, scope?: string): Promise<number> {
  current = rule;
  const { send, events } = await gate();
  events.length = 0;
  const found = await send(callTool('x', { a: 1 }), scope);
  if (found.kind === 'refuse' && found.status === 200) return 404;
  return statusOf(found);
}

describe('whatever a function returns that looks like a decision', () => {
  test('passes only as it is documented, and never without a token', propertyTest, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(decision, forged), fc.boolean(), async (value, isLate) => {
        const rule = (() => (isLate ? Promise.resolve(value) : value)) as OperationFunction;
        const found = await outcome(rule, 'read');
        const forgery = value as { readonly [mark]?: unknown; readonly requirement?: unknown };
        const isForgedNeed = forgery[mark] === 'needs' && isMetNeed(forgery.requirement);
        expect(found === 200).toBe(passing.has(value) || isForgedNeed);
        expect([200, 401, 403, 404, 500]).toContain(found);
        expect(await outcome(rule)).not.toBe(200);
      }),
      options,
    );
  });
});

describe('whatever an engine answers', () => {
  test(
    'is no pass when it is handed on as it came, unless it is a documented need',
    propertyTest,
    async () => {
      await fc.assert(
        fc.asyncProperty(engineAnswer, async (value) => {
          const rule = (async () => Promise.resolve(value)) as OperationFunction;
          const found = await outcome(rule, 'read');
          expect(found === 200).toBe(isMetNeed(value) || value === 'anonymous');
          expect((await outcome(rule)) === 200).toBe(value === 'anonymous');
        }),
        options,
      );
    },
  );

  test('thrown as an outage is 503, whatever its cause', propertyTest, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryValue, arbitraryValue, async (cause, retryAfterSeconds) => {
        const rule = () =>
          Promise.reject(
            new PolicyUnavailableError('down', { cause, retryAfterSeconds: retryAfterSeconds as number }),
          );
        expect(await outcome(rule, 'read')).toBe(503);
        expect(await outcome(rule)).toBe(503);
      }),
      options,
    );
  });
});

describe('whatever the batch form of a function leads to', () => {
  const listed = async (decideAll: unknown) => {
    const policy = createPolicy({ decide: allow, decideAll: decideAll as never });
    const filter = createAuth().listFilter({ resource, operations: { tools: { '*': policy } } });
    const items = [{ name: 'a' }, { name: 'b' }];
    return filter.visible('tools', items, { scopes: ['read'] }).then(
      (found) => found.length,
      () => 0,
    );
  };

  test('nothing is shown unless there is one documented answer for each', propertyTest, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFunction, async (decideAll) => {
        let value: unknown;
        try {
          value = await decideAll(...([] as never));
        } catch {
          value = undefined;
        }
        const answers = Array.isArray(value) && value.length === 2 ? Array.from(value as unknown[]) : [];
        const shown = answers.every((each) => isDocumented(each))
          ? answers.filter((each) => isMetNeed(each) || each === 'anonymous').length
          : 0;
        expect(await listed(decideAll)).toBe(shown);
      }),
      options,
    );
  });

  test('each answer counts for its own entry', propertyTest, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(decision, { minLength: 2, maxLength: 2 }), async (answers) => {
        const isError = answers.some((each) => each instanceof PolicyUnavailableError);
        const isShown = (each: unknown) => passing.has(each) || each === depends();
        expect(await listed(() => answers)).toBe(isError ? 0 : answers.filter(isShown).length);
      }),
      options,
    );
  });
});

function isDocumented(value: unknown): boolean {
  return value === 'anonymous' || value === 'refuse' || isScopeNeed(value);
}

function isScopeNeed(value: unknown): boolean {
  const isList = (list: unknown) =>
    Array.isArray(list) &&
    Array.from(list as unknown[]).every(
      (scope) => typeof scope === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope),
    );
  if (Array.isArray(value)) return isList(value);
  if (typeof value !== 'object' || value === null) return false;
  const { allOf, anyOf, ...others } = value as { allOf?: unknown; anyOf?: unknown };
  return (
    Object.keys(others).length === 0 &&
    (allOf !== undefined || anyOf !== undefined) &&
    (allOf === undefined || isList(allOf)) &&
    (anyOf === undefined || (isList(anyOf) && (anyOf as unknown[]).length > 0))
  );
}

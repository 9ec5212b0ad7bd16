import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authzenPolicy } from '../../src/authzen.js';
import type { PolicyDecision } from '../../src/index.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { decide, decideAll, isOutage, passes } from './ask.js';
import { type DecisionPoint, startDecisionPoint } from './decision-point.js';

let point: DecisionPoint;
beforeAll(async () => {
  point = await startDecisionPoint();
});
afterAll(() => point.close());

const options = { numRuns: propertyRuns };

const value = fc.oneof(
  fc.constantFrom<fc.JsonValue>(true, false, 'true', 1, 0, null, 'permit', [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);

/** JSON with the members that decision points use, and others that look like them. */
const body = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(
    fc.constantFrom('decision', 'Decision', 'decision ', 'allow', 'result', '__proto__', 'x'),
    value,
  ),
  fc.record({ decision: value, context: value }, { requiredKeys: ['decision'] }),
  // Often enough for each of them to come in any run
  fc.record({ decision: fc.boolean() }),
);

const mediaType = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8') },
  fc.constantFrom(
    '',
    'text/html',
    'text/plain',
    'application/jsonp',
    'application/problem+json',
    'Application/JSON',
  ),
);

const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.integer({ min: 201, max: 599 }));

/** The documented answer, as the standard writes it, judged apart from the code. */
function documented(text: string, found: number, type: string): boolean | undefined {
  if (found !== 200 || type.split(';')[0]?.trim().toLowerCase() !== 'application/json') return undefined;
  return judge(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function judge(parsed: unknown): boolean | undefined {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const members = new Map<string, unknown>(Object.entries(parsed));
  const context = members.get('context') ?? {};
  if (typeof context !== 'object' || Array.isArray(context)) return undefined;
  const decision = members.get('decision');
  return decision === true || decision === false ? decision : undefined;
}

const text = fc.oneof(
  { weight: 5, arbitrary: body.map((each) => JSON.stringify(each)) },
  fc.string(),
  body.map((each) => JSON.stringify(each).slice(0, -1)),
);

describe('whatever a decision point answers', () => {
  test(
    'only a documented permit passes, only a documented denial is one, and the rest is an outage',
    propertyTest,
    async () => {
      const rule = authzenPolicy({ pdp: point.url, stepUp: true });
      const seen = new Set<unknown>();
      await fc.assert(
        fc.asyncProperty(text, status, mediaType, async (sent, code, type) => {
          point.received.length = 0;
          point.respond = (response) =>
            response.writeHead(code, type === '' ? {} : { 'content-type': type }).end(sent);
          const expected = documented(sent, code, type);
          seen.add(expected);
          const found = await decide(rule);
          expect(passes(found)).toBe(expected === true);
          expect(isOutage(found)).toBe(expected === undefined);
        }),
        options,
      );
      expect(seen).toEqual(new Set([true, false, undefined]));
    },
  );

  test('of a batch, each entry passes by its own documented permit', propertyTest, async () => {
    const rule = authzenPolicy({ pdp: point.url });
    const entry = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<fc.JsonValue>({ decision: true }, { decision: false }) },
      body,
    );
    const evaluations = fc.oneof({ weight: 5, arbitrary: fc.array(entry, { maxLength: 4 }) }, value);
    await fc.assert(
      fc.asyncProperty(evaluations, async (sent) => {
        const json = JSON.stringify({ decision: true, evaluations: sent });
        point.received.length = 0;
        point.respond = (response) =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(json);
        const found = await decideAll(rule, [{ target: 'a' }, { target: 'b' }, { target: 'c' }]);
        const entries: unknown = (parse(json) as { readonly evaluations: unknown }).evaluations;
        const judged = Array.isArray(entries) && entries.length <= 3 ? entries.map(judge) : [undefined];
        if (judged.includes(undefined)) expect(found).toSatisfy(isOutage);
        else
          expect((found as readonly PolicyDecision[]).map(passes)).toEqual(
            [0, 1, 2].map((at) => judged[at] === true),
          );
      }),
      options,
    );
  });
});

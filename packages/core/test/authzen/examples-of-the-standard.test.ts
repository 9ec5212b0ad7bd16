import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AuthzenEvaluation,
  authzenPolicy,
  type AuthzenPolicyOptions,
  discoverAuthzen,
} from '../../src/authzen.js';
import { type Asked, decide, decideAll, isOutage, passes, told } from './ask.js';
import { answer, type DecisionPoint, startDecisionPoint } from './decision-point.js';
import document from './examples.json' with { type: 'json' };

let point: DecisionPoint;
beforeAll(async () => {
  point = await startDecisionPoint();
});
afterAll(() => point.close());

type Example = (typeof document.examples)[number];

function example(id: string): Example {
  const found = document.examples.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no example ${id}`);
  const {
    status,
    headers = {},
    body,
  } = found.response as {
    status: number;
    headers?: Record<string, string>;
    body: unknown;
  };
  point.received.length = 0;
  point.respond = answer(body, { status, headers });
  return found;
}

const policy = (more: Partial<AuthzenPolicyOptions> = {}) => authzenPolicy({ pdp: point.url, ...more });

/** The evaluation that an example asks for. */
const asking =
  ({ request }: Example) =>
  () =>
    request as unknown as AuthzenEvaluation;

test('every example is tried', () => {
  expect(document.examples.map(({ id }) => id).sort()).toEqual(
    [
      'permit',
      'deny',
      'deny-step-up',
      'batch-all',
      'batch-deny-first',
      'batch-default-replaced',
      'missing-member',
      'pep-not-authenticated',
      'odd-decision',
      'metadata-mix-up',
    ].sort(),
  );
});

test('odd-decision: "true" is no decision, 503', async () => {
  expect(await decide(policy({ toEvaluation: asking(example('odd-decision')) }))).toSatisfy(isOutage);
});

test('pep-not-authenticated: a 401 of the decision point is 503 here, and says what to do', async () => {
  const found = await decide(policy({ toEvaluation: asking(example('pep-not-authenticated')) }));
  expect(found).toSatisfy(isOutage);
  expect(told(found)).toContain('Correct `headers`');
  expect(JSON.stringify(found)).not.toContain('pdp-as.example.net');
});

test('missing-member: our own mistake never reaches the decision point, and its 400 would be 503', async () => {
  const mistake = example('missing-member');
  const found = await decide(policy({ toEvaluation: asking(mistake) }));
  expect(told(found)).toContain('toEvaluation returned resource without type and id');
  expect(point.received).toEqual([]);
  expect(await decide(policy())).toSatisfy(isOutage);
});

test('metadata-mix-up: the document of another decision point is refused, and start-up fails', async () => {
  example('metadata-mix-up');
  await expect(discoverAuthzen(point.url)).rejects.toSatisfy(isOutage);
  expect(point.received[0]?.path).toBe('/.well-known/authzen-configuration');
});

test('deny: is denied, with what it says for the owner alone', async () => {
  const { request } = example('deny');
  const found = await decide(policy(), { subject: 'u-18', target: 'ledger.write', clientId: '' });
  expect(found).toMatchObject({
    kind: 'deny',
    denial: { reason: expect.stringContaining('limit') as string },
  });
  expect(found).not.toHaveProperty('denial.public');
  expect(point.received[0]?.body).toMatchObject(request as object);
});

test('deny-step-up: is denied, and asks for a login where stepUp says that it means one', async () => {
  example('deny-step-up');
  expect(await decide(policy(), { target: 'ledger.close' })).toMatchObject({ kind: 'deny' });
  expect(await decide(policy({ stepUp: true }), { target: 'ledger.close' })).toMatchObject({
    kind: 'authentication',
    need: { acrValues: ['urn:example:mfa'] },
  });
  const loggedIn = { target: 'ledger.close', claims: { acr: 'urn:example:mfa' } };
  expect(await decide(policy({ stepUp: true }), loggedIn)).toMatchObject({ kind: 'deny' });
});

test('permit: the very question, and a pass', async () => {
  const { request, to } = example('permit');
  expect(await decide(policy(), { given: { account: 'a-1' } })).toSatisfy(passes);
  expect(point.received[0]).toMatchObject({ path: to, body: request });
  expect(point.received[0]?.headers['content-type']).toBe('application/json');
});

const batch = (id: string) => {
  const { request } = example(id);
  const { evaluations, ...shared } = request as unknown as AuthzenEvaluation & {
    readonly evaluations: readonly Partial<AuthzenEvaluation>[];
  };
  const targets: Asked[] = evaluations.map((_each, index) => ({ target: String(index) }));
  const rule = policy({
    toEvaluation: ({ operation }) => ({ ...shared, ...evaluations[Number(operation.target)] }),
  });
  return { rule, targets };
};

test('batch-all: the list shows what is permitted and nothing else', async () => {
  const { rule, targets } = batch('batch-all');
  const found = await decideAll(rule, targets);
  expect(found).toMatchObject([{ kind: 'needs' }, { kind: 'deny' }, { kind: 'deny' }]);
  expect(point.received).toHaveLength(1);
  expect(point.received[0]).toMatchObject({
    path: '/access/v1/evaluations',
    body: {
      subject: { type: 'user', id: 'u-17' },
      action: { name: 'tools/list' },
      options: { evaluations_semantic: 'execute_all' },
      evaluations: [
        { resource: { id: 'ledger.read' } },
        { resource: { id: 'ledger.write' } },
        { resource: { id: 'gone' } },
      ],
    },
  });
});

test('batch-deny-first: what is not answered is denied', async () => {
  const { rule, targets } = batch('batch-deny-first');
  expect(await decideAll(rule, targets)).toMatchObject([
    { kind: 'needs' },
    { kind: 'deny' },
    { kind: 'deny' },
  ]);
});

test('batch-default-replaced: what all have in common is said once', async () => {
  const { rule, targets } = batch('batch-default-replaced');
  expect(await decideAll(rule, targets)).toMatchObject([{ kind: 'needs' }, { kind: 'deny' }]);
  expect(point.received[0]?.body).toMatchObject({
    resource: { type: 'mcp_resource', id: 'file:///a' },
    evaluations: [{ action: { name: 'read' } }, { action: { name: 'write' } }],
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authzenPolicy } from '../../src/authzen.js';
import { requireOperation } from '../../src/context.js';
import {
  allow,
  type AuthenticationNeed,
  createPolicy,
  deny,
  depends,
  type MCPAuthEvent,
  needAuthentication,
  needScopes,
  type ObservedPart,
  type ObserveOptions,
  type OperationFunction,
  type OperationPolicy,
  type OperationRule,
  type PolicyRequest,
  PolicyUnavailableError,
} from '../../src/index.js';
import { answer as respondWith, type DecisionPoint, startDecisionPoint } from '../authzen/decision-point.js';
import { createAuth, post, resource, serve, verify } from '../context/callers.js';
import { propertyTest } from '../support/property.js';

/** 10,000 with `npm run test:long`, which sets it; otherwise as many as cover every kind of rule and caller, the same ones each time. */
const requests = process.env.POLICY_REQUESTS;
const options = requests === undefined ? { numRuns: 400, seed: 20 } : { numRuns: Number(requests) };

/** What a rule comes to, as far as its inputs decide. */
type Outcome =
  | readonly string[]
  | { readonly anyOf: readonly string[] }
  | { readonly allOf: readonly string[]; readonly authentication: AuthenticationNeed }
  | 'anonymous'
  | 'refuse'
  | 'allow'
  | 'deny'
  | 'login'
  | 'down'
  | 'broken';

/** In seconds that no test takes. */
const login: fc.Arbitrary<AuthenticationNeed> = fc.constantFrom<AuthenticationNeed>(
  { acrValues: ['gold'] },
  { acrValues: ['gold', 'silver'], maxAgeSeconds: 3600 },
  { maxAgeSeconds: 3600 },
);

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.subarray(['a', 'b', 'c']),
  fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((anyOf) => ({ anyOf })),
  fc.record({ allOf: fc.subarray(['a', 'b']), authentication: login }),
  fc.constantFrom<Outcome>('anonymous', 'refuse', 'allow', 'deny', 'login', 'down', 'broken'),
);

/** A rule as it is written, and what it comes to by arguments. */
interface RuleSpec {
  readonly kind: 'static' | 'computed' | 'late' | 'kept' | 'batch' | 'engine' | 'kept-engine';
  /** With an argument `big: true`, and without. */
  readonly outcomes: readonly [big: Outcome, small: Outcome];
}

const rule: fc.Arbitrary<RuleSpec> = fc
  .record({
    kind: fc.constantFrom<RuleSpec['kind']>(
      'static',
      'computed',
      'late',
      'kept',
      'batch',
      'engine',
      'kept-engine',
    ),
    outcomes: fc.tuple(outcome, outcome),
  })
  .map(({ kind, outcomes: [big, small] }) => ({
    kind,
    outcomes:
      kind === 'static' || hash(big) === hash(small) ? ([small, small] as const) : ([big, small] as const),
  }));

const hash = (value: unknown) => JSON.stringify(value);

/** What functions return, and throw, for each outcome. */
function answer(found: Outcome): ReturnType<OperationFunction> {
  switch (found) {
    case 'allow':
      return allow();
    case 'deny':
      return deny({ reason: 'no' });
    case 'login':
      return needAuthentication({ acrValues: ['mfa'] });
    case 'down':
      throw new PolicyUnavailableError('down');
    case 'broken':
      throw new Error('broken');
    default:
      return typeof found === 'string' || 'authentication' in found ? found : needScopes(found);
  }
}

let engine: DecisionPoint;
beforeAll(async () => {
  engine = await startDecisionPoint();
  engine.respond = (response, received) => {
    engine.received.length = 0;
    const body = received.body as Question & { readonly evaluations?: readonly Question[] };
    const asked = (body.evaluations ?? [body]).map(({ context = body.context }) => context?.outcome);
    // A decision point that is down answers nobody
    if (asked.includes('down')) {
      respondWith('', { status: 500 })(response, received);
      return;
    }
    const decisions = asked.map(decide);
    respondWith(body.evaluations === undefined ? decisions[0] : { evaluations: decisions })(
      response,
      received,
    );
  };
});
afterAll(() => engine.close());

interface Question {
  readonly context?: { readonly outcome: unknown };
}

function decide(found: unknown): object {
  if (found === 'login') return { decision: false, context: { acr_values: 'mfa' } };
  return { decision: found === 'allow' };
}

/** An engine says yes or no; all else is made of what is asked of it. */
function toEngineRule([big, small]: RuleSpec['outcomes'], isKept: boolean): OperationRule {
  return authzenPolicy({
    pdp: engine.url,
    stepUp: true,
    keepDecisions: isKept ? { id: 'e', version: '1', maxAgeSeconds: 60 } : undefined,
    toEvaluation: ({ arguments: given, operation }) => {
      if (given === undefined && hash(big) !== hash(small)) return depends();
      const found = given?.big === true ? big : small;
      if (typeof found !== 'string') {
        return 'authentication' in found ? needAuthentication(found.authentication) : needScopes(found);
      }
      if (found === 'broken') throw new Error('broken');
      return {
        subject: { type: 'user', id: 'u' },
        action: { name: operation.method },
        resource: { type: 'mcp_tool', id: String(operation.target) },
        context: { outcome: found },
      };
    },
  });
}

function toRule({ kind, outcomes: [big, small] }: RuleSpec, isRemaining: boolean): OperationRule {
  if (kind === 'static') {
    if (small === 'allow') return [];
    if (typeof small !== 'string') return small;
    return small === 'anonymous' && !isRemaining ? small : 'refuse';
  }
  if (kind === 'engine' || kind === 'kept-engine') {
    return toEngineRule([big, small], kind === 'kept-engine');
  }
  const decide: OperationFunction = ({ arguments: given }: PolicyRequest) => {
    if (given === undefined) return hash(big) === hash(small) ? answer(small) : depends();
    return answer(given.big === true ? big : small);
  };
  const late: OperationFunction = async (request) => {
    await Promise.resolve();
    return decide(request);
  };
  switch (kind) {
    case 'computed':
      return decide;
    case 'late':
      return late;
    case 'kept':
      return createPolicy({ decide, keepDecisions: { id: 'p', version: '1', maxAgeSeconds: 60 } });
    case 'batch':
      return createPolicy({
        decide: late,
        decideAll: (requests) => Promise.all(requests.map(async (each) => late(each))),
      });
  }
}

interface Inputs {
  readonly tool: RuleSpec;
  readonly rest: RuleSpec;
  readonly route: readonly string[];
  readonly scopes: readonly string[] | null;
  readonly routeLogin: AuthenticationNeed | null;
  /** What the token says of the login. */
  readonly acr: string | null;
  readonly loginAge: number | null;
  readonly isNamed: boolean;
  readonly isBig: boolean;
  readonly observe: readonly ObservedPart[];
  /** Whether the days are still to come. */
  readonly isObserving: boolean;
}

const request: fc.Arbitrary<Inputs> = fc.record({
  tool: rule,
  rest: rule,
  route: fc.subarray(['a', 'r']),
  scopes: fc.option(fc.subarray(['a', 'b', 'c', 'r'])),
  routeLogin: fc.option(login),
  acr: fc.option(fc.constantFrom('gold', 'silver', 'bronze')),
  loginAge: fc.option(fc.constantFrom(60, 7200)),
  isNamed: fc.boolean(),
  isBig: fc.boolean(),
  observe: fc.subarray<ObservedPart>(['scopes', 'operations']),
  isObserving: fc.boolean(),
});

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** What the route and all that takes its options observe: only what there is can be. */
function toObserve({ observe, isObserving, route }: Inputs): ObserveOptions | undefined {
  const parts = observe.filter((part) => part !== 'scopes' || route.length > 0);
  const day = dayIn(isObserving ? 10 : -10);
  return parts.length === 0 ? undefined : Object.fromEntries(parts.map((part) => [part, day]));
}

/** The same question in each of the four places. */
async function askEverywhere(inputs: Inputs) {
  const { tool, rest, route, scopes, isNamed, isBig, routeLogin, acr, loginAge } = inputs;
  const requiredAuthentication = routeLogin ?? undefined;
  const observe = toObserve(inputs);
  const rules = { named: toRule(tool, false), '*': toRule(rest, true) } as OperationPolicy['tools'];
  const operations: OperationPolicy = { tools: { ...rules, run: 'anonymous' } as never };
  const name = isNamed ? 'named' : 'other';
  const params = { name, arguments: isBig ? { big: true } : {} };
  const caller =
    scopes === null ? undefined : { subject: 'u', clientId: 'c', scopes, claims: toClaims(acr, loginAge) };
  const events: MCPAuthEvent[] = [];
  const auth = createAuth({ events });
  const options = { resource, operations, requiredScopes: route, requiredAuthentication, observe };

  const gate = await auth
    .protect({ fetch: () => new Response('ran') }, verify, options)
    .fetch(post(caller, { jsonrpc: '2.0', id: 1, method: 'tools/call', params }));

  let inCall: unknown;
  await serve(
    async () => {
      await requireOperation('tools/call', params).catch((error: unknown) => (inCall = error));
      return new Response('ran');
    },
    { operations, requiredScopes: route, requiredAuthentication, observe },
  ).fetch(post(caller, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'run' } }));

  const info = caller && (await authInfoOf(auth, caller));
  const challenge = auth.scopeChallenge(operations, {
    resource,
    requiredScopes: route,
    requiredAuthentication,
    observe,
  });
  const challenged = await challenge({ request: { method: 'tools/call', params }, authInfo: info }).then(
    (found) => (found === undefined ? ('passes' as const) : { scopes: found.scopes }),
    (error: unknown) => ({ error }),
  );

  const listed = await auth
    .listFilter(options)
    .visible('tools', [{ name }], info)
    .then(
      (items) => (items.length === 1 ? ('shown' as const) : ('hidden' as const)),
      (error: unknown) => ({ error }),
    );
  return { gate, inCall, challenged, listed, events };
}

function toClaims(acr: string | null, loginAge: number | null): Readonly<Record<string, unknown>> {
  return {
    ...(acr === null ? undefined : { acr }),
    ...(loginAge === null ? undefined : { auth_time: Math.floor(Date.now() / 1000) - loginAge }),
  };
}

/** The caller as a gate hands it on. */
async function authInfoOf(
  auth: ReturnType<typeof createAuth>,
  caller: { readonly scopes: readonly string[] },
) {
  let found: unknown;
  const handler = {
    fetch: (_request: Request, info?: { readonly authInfo?: unknown }) => (
      (found = info?.authInfo),
      new Response()
    ),
  };
  await auth.protect(handler, verify, { resource }).fetch(post(caller));
  return found as { readonly scopes: readonly string[] };
}

const codeOf = (value: unknown) => (value as { readonly error?: { readonly code?: string } }).error?.code;

describe('for equal inputs', () => {
  test('gate, scope challenge, call and list decide alike', propertyTest, async () => {
    const statuses = new Map<string, number>();
    const byEngines = new Set<string>();
    await fc.assert(
      fc.asyncProperty(request, async (inputs) => {
        const { gate, inCall, challenged, listed, events } = await askEverywhere(inputs);
        const body = await gate.text();
        const passes = gate.status === 200 && body === 'ran';
        const code = passes ? undefined : toCode(gate, body);
        statuses.set(code ?? 'passes', (statuses.get(code ?? 'passes') ?? 0) + 1);

        const asked = inputs.isNamed ? inputs.tool : inputs.rest;
        if (asked.kind.endsWith('engine')) byEngines.add(code ?? 'passes');
        const isObserved = passes && events.some((event) => event.type === 'decision' && 'observed' in event);
        if (isObserved) statuses.set('observed', (statuses.get('observed') ?? 0) + 1);
        if (isObserved) expect(toObserve(inputs)).toBeDefined();

        // In a call: the same code
        expect((inCall as { readonly code?: string } | undefined)?.code).toBe(code);

        // Through scopeChallenge: scopes where scopes help, a pass where the gate passes, and for all else an error
        expect(challenged === 'passes').toBe(passes);
        if (code === 'insufficient_scope') expect(challenged).toHaveProperty('scopes');
        else if (!passes && code !== 'missing_credentials') expect(challenged).toHaveProperty('error');

        // A list: shown where the call passes, or depends on arguments; an error where the gate has one
        const { tool, rest, isNamed } = inputs;
        const spec = isNamed ? tool : rest;
        const isOne = hash(spec.outcomes[0]) === hash(spec.outcomes[1]);
        // No engine is asked about a caller without a token, whom it opens nothing to
        const isNobody = spec.kind.endsWith('engine') && inputs.scopes === null;
        if (!isOne) expect(listed).toBe(isNobody ? 'hidden' : 'shown');
        else if (code === 'policy_unavailable') expect(codeOf(listed)).toBe('policy_unavailable');
        else if (code === 'operation_failed') expect(codeOf(listed)).toBe('operation_failed');
        else if (passes) expect(listed).toBe('shown');
        else expect(listed).not.toBe('shown');
      }),
      options,
    );
    // Every kind of answer was among them, and of engines every kind that they have
    expect([...byEngines].sort()).toEqual([
      'insufficient_scope',
      'insufficient_user_authentication',
      'missing_credentials',
      'operation_failed',
      'passes',
      'policy_denied',
      'policy_unavailable',
    ]);
    expect([...statuses.keys()].sort()).toEqual(
      [
        'insufficient_scope',
        'insufficient_user_authentication',
        'missing_credentials',
        'observed',
        'operation_failed',
        'passes',
        'policy_denied',
        'policy_unavailable',
        'unknown_operation',
      ]
        .flatMap((code) => (code === 'unknown_operation' ? ['refused_operation', code] : [code]))
        .sort(),
    );
  });
});

/** What a gate's answer says. */
function toCode(answer: Response, body: string): string {
  const challenge = answer.headers.get('www-authenticate') ?? '';
  if (answer.status === 503) return 'policy_unavailable';
  if (answer.status === 500) return 'operation_failed';
  if (challenge.includes('insufficient_user_authentication')) return 'insufficient_user_authentication';
  if (answer.status === 401) return 'missing_credentials';
  if (answer.status === 403) return 'insufficient_scope';
  if (body.includes('-32010')) return 'policy_denied';
  return body.includes('Tool named') ? 'refused_operation' : 'unknown_operation';
}

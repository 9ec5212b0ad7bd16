import { randomBytes } from 'node:crypto';
import type { ConformanceCase, Step } from '../case.js';
import { toolsList } from '../cases/case-parts.js';
import { defineCase } from './define-cases.js';
import type { BlackBoxArea, BlackBoxCase, BlackBoxNeed } from './model.js';
import type { Probe } from './probe.js';
import { skipped } from './verdict.js';
import { judgeAnswer, type Refusal } from './judge-answer.js';
import { sendStep } from './send-step.js';

/** How cases of the adapter form are put to a server that nobody here configures. */
export interface Borrowing {
  readonly area: BlackBoxArea;
  readonly cases: readonly ConformanceCase[];
  readonly fix: string;
  readonly hostile?: true;
  /** Why the cases say nothing here; nothing where they do. */
  readonly precondition?: (probe: Probe) => Promise<string | undefined>;
  /** What has to be there in any case, also where the recipe of the token would do with less. */
  readonly needs?: BlackBoxNeed;
}

/** Configurations that a server may have which is judged from outside. */
const profiles: readonly string[] = [
  'single',
  'strict-type',
  'strict-claims',
  'dpop',
  'introspection',
  'introspection-signed',
];

/**
 * Stricter than the standards, or about what the owner of a server may choose: told, and no fault. The adapter form demands them of the adapters
 * of this project.
 */
const told = [
  // RFC 9068 §4 refuses what MCP leaves to the server: either is right
  /^type-(?:jwt|absent)-(?:strict|default)$/,
  /^strict-without-(?:sub|client_id|iat|jti)$/,
  /^(?:ed25519|signature-ed25519|signature-no-kid)/,
  /^time-(?:just-expired|milliseconds|future-issue|text-issue|fractions)$/,
  /^unreadable-(?:padding|unused-bits)$/,
  /^audience-(?:mixed|nested)-list$/,
  /^hostile-kid-(?:number|object)$/,
  /^typed-nonce$/,
  /^critical-(?:empty|null)$/,
  /^dpop-(?:n44|p16|p11|p12|n42|p07|p08|p13)/,
  /^introspection-(?:no-issuer|no-user|all-signs|revoked|outage-too-large)$/,
  /^introspection-answer-(?:exp-(?:absent|text|milliseconds)|iat-future|refresh-token|sub-object|bound-type)$/,
];

/** A server that offers no proofs may have no idea of what binds a token: then it should refuse it all the same. */
const lighter = /^bound-dpop$/;

/** What must be refused, as a black box shows it; nothing where it must be let in. */
function expectedOf({ expect: { status } }: Step): Refusal | undefined {
  switch (status) {
    case 400:
      return 'malformed';
    case 401:
      return 'unauthorized';
    case 503:
      return 'unavailable';
    default:
      return undefined;
  }
}

function isBorrowable(test: ConformanceCase): boolean {
  const steps = [...(test.before ?? []), test];
  return profiles.includes(test.profile) && !leavesTheEndpoint(test) && steps.every(isStepBorrowable);
}

/** Its own key set, or one that no server has seen, cannot be had while a server runs. */
function isStepBorrowable({ advanceSeconds, issuers, request, expect }: Step): boolean {
  const { primary, ...others } = issuers ?? {};
  const { metadata, keys, publishes } = primary ?? {};
  return (
    advanceSeconds === undefined &&
    Object.keys(others).length === 0 &&
    (metadata ?? keys ?? publishes) === undefined &&
    request.host === undefined &&
    request.body?.unfinished === undefined &&
    request.body?.chunked === undefined &&
    request.body?.encoding === undefined &&
    [200, 400, 401, 503].includes(expect.status as number)
  );
}

function leavesTheEndpoint({ request, expect }: ConformanceCase): boolean {
  // An answer to GET may never end, and what DELETE means is for the application
  const opens = expect.status === 200 && (request.method ?? 'POST') !== 'POST';
  const otherBody = expect.status === 200 && request.body?.text !== toolsList.text;
  return opens || otherBody || !/^\/mcp(?:\?|$)/.test(request.target);
}

/** Cases of the adapter form as cases about any server. */
export function borrowCases({ cases, ...how }: Borrowing): readonly BlackBoxCase[] {
  return cases.filter(isBorrowable).map((test) => borrowCase(test, how));
}

function borrowCase(test: ConformanceCase, how: Omit<Borrowing, 'cases'>): BlackBoxCase {
  const { area, fix, hostile, precondition, needs = needOf(test) } = how;
  return defineCase(area, test.id, {
    title: test.title,
    requirements: test.requirements,
    needs,
    fix,
    ...(lighter.test(test.id) ? { severity: 'SHOULD' } : undefined),
    ...(told.some((pattern) => pattern.test(test.id)) ? { severity: 'note' } : undefined),
    ...(hostile === undefined ? undefined : { hostile }),
    probe: async (probe) => {
      const reason = await precondition?.(probe);
      if (reason !== undefined) return skipped(reason);
      return runBorrowed(test, probe);
    },
  });
}

/** Whoever brings one good token can present it in any way; other tokens take an issuer. */
function needOf(test: ConformanceCase): BlackBoxNeed {
  const recipes = [...(test.before ?? []), test].flatMap(({ request: { token } }) => token ?? []);
  if (recipes.length === 0) return 'nothing';
  const literal = recipes.every((recipe) => recipe.literal !== undefined || recipe.again === true);
  if (literal) return 'nothing';
  return recipes.every((recipe) => Object.keys(recipe).length === 0) ? 'token' : 'issuer';
}

async function runBorrowed(test: ConformanceCase, probe: Probe) {
  const foreign = probe.hasIssuer ? probe.issuer.countForeign() : 0;
  try {
    const salt = randomBytes(8).toString('hex');
    let before = undefined as Awaited<ReturnType<typeof sendStep>> | undefined;
    for (const step of test.before ?? []) before = await sendStep(test, step, probe, before, salt);
    const refusal = expectedOf(test);
    let sent = await sendStep(test, test, probe, before, salt);
    // A server that cannot say yet is asked again when it says so
    if (sent !== undefined && refusal !== 'unavailable' && (await probe.waitFor(sent.response)))
      sent = await sendStep(test, test, probe, before, salt);
    if (sent === undefined) return skipped('This server is where the fault of the case would be none.');
    if (probe.hasIssuer && probe.issuer.countForeign() > foreign)
      return {
        outcome: 'failed' as const,
        expected: 'no request to an address that stands in the token',
        actual: 'the server asked an issuer that it was never told of',
      };
    return judgeAnswer(sent.response, refusal);
  } finally {
    if (probe.hasIssuer) probe.issuer.recover();
  }
}

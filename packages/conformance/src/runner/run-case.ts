import type { ConformanceCase, Step } from '../case.js';
import { Connection, type RawRequest } from '../http/send-request.js';
import { issuerNames } from '../issuer/issuer-name.js';
import { mintToken } from '../issuer/mint-token.js';
import { fillObject, fillText } from '../issuer/placeholders.js';
import { TestIssuer } from '../issuer/test-issuer.js';
import type { Profile } from '../profiles/profile.js';
import { profiles } from '../profiles/profiles.js';
import { mintProof } from '../proof/mint-proof.js';
import type { ProofRecipe } from '../proof-recipe.js';
import type { RequestSpec } from '../request-spec.js';
import type { Emissions } from '../secrets/emissions.js';
import { checkExpectation } from './check-expectation.js';
import { checkInvariants } from './check-invariants.js';
import { findMetadataUrl, findProofMode, type Observations } from './create-setup.js';
import { type Issuers, toPlaceholders } from './issuers.js';
import { type Exchange, getFieldLines, readBodyObject } from './exchange.js';
import { type AnySubject, type StartedSubject, startSubject } from './start-subject.js';

/** How a case ended. No failure text holds a token. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly failures: readonly string[];
}

/**
 * Runs one case against a fresh server with fresh authorization servers.
 *
 * @see {@link runConformance}
 * @example
 * ```ts
 * import { cases, runCase, type ConformanceSubject } from '@mcp-auth/conformance';
 *
 * export async function runFirst(subject: ConformanceSubject) {
 *   const [first] = cases;
 *   return first && (await runCase(subject, first));
 * }
 * ```
 */
export async function runCase(subject: AnySubject, test: ConformanceCase): Promise<CaseResult> {
  const profile: Profile = profiles[test.profile];
  const issuers = await startIssuers();
  const environment = process.env.NODE_ENV;
  try {
    if (profile.nodeEnv !== undefined) process.env.NODE_ENV = profile.nodeEnv;
    const failures = await runSteps(subject, test, issuers);
    return { id: test.id, title: test.title, requirements: test.requirements, failures };
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
    await Promise.all(Object.values(issuers).map((issuer: TestIssuer) => issuer.close()));
  }
}

/** What requests before have shown. */
interface Before {
  readonly token: string | undefined;
  readonly proof: string | undefined;
  readonly handle: string;
  readonly nonce: string;
}

/** What the steps of a case share. */
interface Run {
  readonly profile: Profile;
  readonly issuers: Issuers;
  readonly now: () => number;
  readonly observations: Observations;
  readonly running: StartedSubject;
  readonly connection: Connection;
  readonly emissions: Emissions | undefined;
}

async function startIssuers(): Promise<Issuers> {
  const started = await Promise.all(issuerNames.map((name) => TestIssuer.start(name)));
  // fromEntries forgets which names it got: all of issuerNames
  return Object.fromEntries(started.map((issuer) => [issuer.name, issuer])) as unknown as Issuers;
}

async function runSteps(
  subject: AnySubject,
  test: ConformanceCase,
  issuers: Issuers,
): Promise<readonly string[]> {
  const profile: Profile = profiles[test.profile];
  const steps: readonly Step[] = [...(test.before ?? []), test];
  // The clock stands still unless a step moves it, so that no case depends on how fast the machine is
  let nowMs = Date.now();
  let before: Before = { token: undefined, proof: undefined, handle: '', nonce: '' };
  const now = () => nowMs;
  const observations: Observations = { handled: 0, events: [] };
  teachTokens(profile, issuers, now);
  const running = await startSubject(subject, test.profile, issuers, now, observations);
  const connection = new Connection(running.origin);
  const { emissions } = subject;
  const run: Run = { profile, issuers, now, observations, running, connection, emissions };
  const failures: string[] = [];
  try {
    for (const [index, step] of steps.entries()) {
      nowMs += (step.advanceSeconds ?? 0) * 1000;
      for (const name of issuerNames) issuers[name].behave(step.issuers?.[name] ?? {});
      const exchange = await runStep(step.request, before, run);
      const { handle: given } = readBodyObject(exchange) ?? {};
      before = {
        token: exchange.token,
        proof: exchange.proof,
        handle: typeof given === 'string' ? given : before.handle,
        nonce: getFieldLines(exchange, 'dpop-nonce')[0] ?? before.nonce,
      };
      const found = [...checkExpectation(step.expect, exchange), ...checkInvariants(exchange)];
      failures.push(...found.map((text) => (steps.length === 1 ? text : `request ${index + 1}: ${text}`)));
    }
  } finally {
    connection.close();
    await running.close();
  }
  return failures;
}

/** Tells the issuers which opaque tokens they have issued. */
function teachTokens({ resources }: Profile, issuers: Issuers, now: () => number): void {
  const placeholders = toPlaceholders(issuers);
  for (const { name, introspection } of resources.flatMap(({ servers }) => servers)) {
    if (introspection === undefined) continue;
    issuers[name].know(() => fillObject(introspection.answers, placeholders, Math.floor(now() / 1000)));
  }
}

async function runStep(
  spec: RequestSpec,
  before: Before,
  { profile, issuers, now, observations, running, connection, emissions }: Run,
): Promise<Exchange> {
  const placeholders = toPlaceholders(issuers);
  const nowSeconds = Math.floor(now() / 1000);
  const audience = profile.resources[0]?.resource ?? profile.legacy?.audience ?? '';
  const context = { issuers: placeholders, audience, nowSeconds };
  const token = spec.token?.again === true ? before.token : spec.token && mintToken(spec.token, context);
  const { origin } = new URL(audience);
  const { handle, nonce } = before;
  const proofContext = {
    method: spec.method ?? 'POST',
    url: `${origin}${spec.target.split('?', 1)[0] ?? ''}`,
    token: token ?? '',
    nowSeconds,
    placeholders: { ...placeholders, nonce, origin, token: token ?? '' },
  };
  const toProof = (recipe: ProofRecipe | undefined) =>
    recipe?.again === true ? before.proof : recipe && mintProof(recipe, proofContext);
  const [proof, other] = [toProof(spec.proof), toProof(spec.otherProof)];
  const texts = { ...placeholders, token: token ?? '', handle, proof: proof ?? '', other: other ?? '' };
  const request = toRawRequest(spec, audience, texts, token !== undefined);
  await running.sync();
  const { handled: handledBefore, events } = observations;
  const toldBefore = events.length;
  emissions?.send(request);
  const response = await connection.send(request);
  await running.sync();
  return {
    request,
    token,
    proof,
    proofMode: findProofMode(profile, spec.target),
    response,
    handlerRuns: observations.handled - handledBefore,
    metadataUrl: findMetadataUrl(profile, spec.target),
    placeholders,
    nowSeconds,
    issuers,
    events,
    newEvents: events.slice(toldBefore),
  };
}

function toRawRequest(
  spec: RequestSpec,
  resource: string,
  texts: Readonly<Record<string, string>>,
  hasToken: boolean,
): RawRequest {
  const scheme = spec.proof === undefined ? 'Bearer' : 'DPoP';
  const { authorization = hasToken ? [`${scheme} {token}`] : [], body } = spec;
  const { proofHeaders = spec.proof === undefined ? [] : [['DPoP', '{proof}'] as const] } = spec;
  const lines: [string, string][] = [
    ['Host', spec.host ?? new URL(resource).host],
    ...authorization.map((value): [string, string] => ['Authorization', value]),
    ...proofHeaders.map(([name, value]): [string, string] => [name, value]),
    ...(spec.headers ?? []).map(([name, value]): [string, string] => [name, value]),
    ...(body === undefined ? [] : [['Content-Type', body.type] satisfies [string, string]]),
  ];
  return {
    method: spec.method ?? 'POST',
    target: fillText(spec.target, texts),
    headers: lines.map(([name, value]): [string, string] => [name, fillText(value, texts)]),
    body: body?.encoding === 'base64' ? Buffer.from(body.text, 'base64') : body && fillText(body.text, texts),
    chunked: body?.chunked,
    unfinished: body?.unfinished,
  };
}

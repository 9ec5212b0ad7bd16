import type { ConformanceCase, Step } from '../case.js';
import { toolsList } from '../cases/case-parts.js';
import { mcp } from '../profiles/basic-profiles.js';
import { fillText } from '../issuer/placeholders.js';
import type { JsonValue } from '../json.js';
import type { Profile } from '../profiles/profile.js';
import { profiles } from '../profiles/profiles.js';
import type { ProofRecipe } from '../proof-recipe.js';
import { parameterOf } from '../rules/challenge-rules.js';
import type { RequestSpec } from '../request-spec.js';
import { headerOf, type BlackBoxRequest, type BlackBoxResponse, readChallenges } from './exchange.js';
import type { Probe } from './probe.js';
import { firstCall, writeCall } from './wire.js';

/** A request of a borrowed case that was sent. */
export interface SentStep {
  readonly token: string | undefined;
  readonly proof: string | undefined;
  readonly response: BlackBoxResponse;
}

/** Scopes of the adapter form's configurations. */
const borrowedScopes = 'notes:read notes:write';

/** Names the judged server instead of the one that the adapter form configures. */
function relocate<Value>(value: Value, resource: string, scope: string): Value {
  const { origin } = new URL(resource);
  const text = JSON.stringify(value)
    .replaceAll(mcp, resource)
    .replaceAll(new URL(mcp).origin, origin)
    .replaceAll(borrowedScopes, scope);
  return JSON.parse(text) as Value;
}

/** Sends one request of a case; nothing where it would be the request of an honest client here. */
export async function sendStep(
  test: ConformanceCase,
  step: Step,
  probe: Probe,
  before: SentStep | undefined,
  salt: string,
): Promise<SentStep | undefined> {
  const resource = await probe.resource();
  const scope = (await probe.scopes()).join(' ');
  const spec = relocate(step.request, resource, scope);
  if (isHonestHere(step.request, spec, resource)) return undefined;
  const token = await makeToken(test, spec, { probe, before, resource, scope, salt });
  const { revoked, ...behaviour } = step.issuers?.primary ?? {};
  if (probe.hasIssuer)
    probe.issuer.behave({
      ...behaviour,
      ...(revoked && { revoked: revoked.map((each) => `${each}-${salt}`) }),
    });
  const sent = await send(spec, probe, { token, before, nonce: undefined });
  const nonce = headerOf(sent.response, 'dpop-nonce');
  const asked = (readChallenges(sent.response) ?? []).some(
    (challenge) => parameterOf(challenge, 'error') === 'use_dpop_nonce',
  );
  // RFC 9449 §9: a server that hands out nonces judges a proof by everything else only with one
  return asked && nonce !== undefined && spec.proof?.again === undefined
    ? send(spec, probe, { token, before, nonce })
    : sent;
}

/** Two identifiers of the adapter form may be one here, where the server is the root of its host. */
function isHonestHere(written: RequestSpec, spec: RequestSpec, resource: string): boolean {
  const isRoot = new URL(resource).pathname === '/';
  const audience = spec.token?.claims?.aud;
  const isOther = written.token?.claims?.aud !== undefined && written.token.claims.aud !== mcp;
  return (
    isRoot &&
    isOther &&
    typeof audience === 'string' &&
    audience.replace(/\/$/, '') === resource.replace(/\/$/, '')
  );
}

interface Making {
  readonly probe: Probe;
  readonly before: SentStep | undefined;
  readonly resource: string;
  readonly scope: string;
  readonly salt: string;
}

async function makeToken(
  test: ConformanceCase,
  { token: recipe }: RequestSpec,
  { probe, before, resource, scope, salt }: Making,
): Promise<string | undefined> {
  if (recipe === undefined) return undefined;
  if (recipe.again === true) return before?.token;
  if (Object.keys(recipe).length === 0 && !probe.hasIssuer) return probe.goodToken();
  const answer = recipe.literal === undefined ? undefined : answersOf(test)[recipe.literal];
  if (recipe.literal === undefined) return probe.mint(recipe);
  if (answer === undefined) return recipe.literal;
  // Whoever remembers answers must not remember this one from another case
  const token = `${recipe.literal.replace(/=+$/, '')}-${salt}`;
  probe.issuer.know(token, relocate(answer, resource, scope));
  probe.conceal(token);
  return token;
}

/** What the issuer of a case says of opaque tokens. */
function answersOf({ profile }: ConformanceCase): Readonly<Record<string, JsonValue>> {
  const { resources }: Profile = profiles[profile];
  return Object.assign(
    {},
    ...resources.flatMap(({ servers }) => servers.map(({ introspection }) => introspection?.answers ?? {})),
  ) as Record<string, JsonValue>;
}

interface Sending {
  readonly token: string | undefined;
  readonly before: SentStep | undefined;
  readonly nonce: string | undefined;
}

async function send(spec: RequestSpec, probe: Probe, { token, before, nonce }: Sending): Promise<SentStep> {
  const url = `${probe.url}${spec.target.slice('/mcp'.length)}`;
  const method = spec.method ?? 'POST';
  const placeholders = probe.hasIssuer ? probe.issuer.placeholders : {};
  const { origin } = new URL(probe.url);
  const context = {
    method,
    url: url.split('?', 1)[0] ?? '',
    token: token ?? '',
    placeholders: { ...placeholders, origin, nonce: nonce ?? '', token: token ?? '' },
  };
  const toProof = (recipe: ProofRecipe | undefined): string | undefined => {
    if (recipe === undefined) return undefined;
    if (recipe.again === true) return before?.proof;
    return probe.issuer.prove(
      nonce === undefined ? recipe : { ...recipe, claims: { nonce, ...recipe.claims } },
      context,
    );
  };
  const [proof, other] = [toProof(spec.proof), toProof(spec.otherProof)];
  for (const each of [proof, other]) if (each !== undefined) probe.conceal(each);
  const texts = { ...placeholders, token: token ?? '', proof: proof ?? '', other: other ?? '' };
  const request = toRequest(spec, { url, method, texts, hasToken: token !== undefined }, probe);
  return { token, proof, response: await probe.send(request) };
}

function toRequest(
  spec: RequestSpec,
  {
    url,
    method,
    texts,
    hasToken,
  }: { url: string; method: string; texts: Readonly<Record<string, string>>; hasToken: boolean },
  probe: Probe,
): BlackBoxRequest {
  const scheme = spec.proof === undefined ? 'Bearer' : 'DPoP';
  const { authorization = hasToken ? [`${scheme} {token}`] : [], body } = spec;
  const { proofHeaders = spec.proof === undefined ? [] : [['DPoP', '{proof}'] as const] } = spec;
  // A client of the revision asks what any server answers
  const written =
    body?.text === toolsList.text ? writeCall(firstCall(probe.revision), probe.revision) : undefined;
  const lines = [
    ...authorization.map((value) => ['Authorization', value] as const),
    ...proofHeaders,
    ...(spec.headers ?? []),
    ...(written?.headers ?? (body === undefined ? [] : [['Content-Type', body.type] as const])),
  ];
  const text = written?.body ?? (body && fillText(body.text, texts));
  const hasBody = text !== undefined && !/^(?:GET|HEAD|TRACE|OPTIONS)$/.test(method);
  return {
    method,
    url: fillText(url, texts),
    headers: lines.map(([name, value]) => [name, fillText(value, texts)] as const),
    ...(hasBody ? { body: text } : undefined),
  };
}

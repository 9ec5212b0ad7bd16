import { isDeepStrictEqual } from 'node:util';
import { parseChallenges } from '@mcp-auth/testing';
import type { BodyExpectation, Expectation, FetchCount, FieldExpectation } from '../expectation.js';
import { issuerNames } from '../issuer/issuer-name.js';
import { fillObject } from '../issuer/placeholders.js';
import type { JsonObject } from '../json.js';
import { checkDecisions } from './check-decisions.js';
import { getFieldLines, readBodyObject, type Exchange } from './exchange.js';

/** Compares an exchange with what its case expects; returns what differs. */
export function checkExpectation(expected: Expectation, exchange: Exchange): string[] {
  return [
    ...checkStatus(expected.status, exchange),
    ...checkChallenge('Bearer', expected.challenge, exchange),
    ...(expected.challenge === 'maybe' ? [] : checkChallenge('DPoP', expected.dpopChallenge, exchange)),
    ...Object.entries(expected.headers ?? {}).flatMap(([name, field]) => checkField(name, field, exchange)),
    ...checkBody(expected.body ?? {}, exchange),
    ...checkEffects(expected, exchange),
    ...checkDecisions(expected.decisions, exchange),
  ];
}

function checkStatus(expected: Expectation['status'], { response }: Exchange): string[] {
  const statuses = typeof expected === 'number' ? [expected] : expected;
  return statuses.includes(response.status)
    ? []
    : [`status is ${response.status}, expected ${statuses.join(' or ')}`];
}

function checkChallenge(
  scheme: 'Bearer' | 'DPoP',
  expected: Expectation['challenge'],
  exchange: Exchange,
): string[] {
  if (expected === 'maybe') return [];
  const lines = getFieldLines(exchange, 'www-authenticate');
  const parameters = readParameters(scheme, lines);
  if (expected === undefined) {
    return parameters === undefined ? [] : [`there is a ${scheme} challenge, expected none`];
  }
  if (parameters === undefined) return [`there is no readable ${scheme} challenge`];
  const exact = Object.entries(expected.exactly ?? {}).flatMap(([name, value]) =>
    parameters.get(name) === value
      ? []
      : [`challenge: ${name} is ${JSON.stringify(parameters.get(name))}, expected ${JSON.stringify(value)}`],
  );
  const present = (expected.absent ?? []).filter((name) => parameters.has(name));
  return [
    ...exact,
    ...present.map((name) => `challenge: ${name} is there, expected none`),
    ...checkScopes(expected.scopes, parameters.get('scope')),
  ];
}

function readParameters(scheme: string, lines: readonly string[]): Map<string, string> | undefined {
  try {
    const found = parseChallenges(lines).find((each) => each.scheme.toLowerCase() === scheme.toLowerCase());
    return found && new Map(found.parameters.map(({ name, value }) => [name.toLowerCase(), value]));
  } catch {
    return undefined;
  }
}

function checkScopes(expected: readonly string[] | undefined, scope: string | undefined): string[] {
  if (expected === undefined) return [];
  const named = scope?.split(' ').sort() ?? [];
  return isDeepStrictEqual(named, [...expected].sort())
    ? []
    : [`challenge: scope is ${JSON.stringify(scope)}, expected ${JSON.stringify(expected.join(' '))}`];
}

function checkField(name: string, expected: FieldExpectation, exchange: Exchange): string[] {
  const lines = getFieldLines(exchange, name);
  const value = lines.length === 0 ? undefined : lines.join(', ');
  const { is, lists = [], matches, absent } = expected;
  if (absent === true) return value === undefined ? [] : [`${name} is there, expected none`];
  const members = value?.split(',').map((member) => member.trim().toLowerCase()) ?? [];
  const fits =
    value !== undefined &&
    (is === undefined || value === is) &&
    lists.every((member) => members.filter((each) => each === member.toLowerCase()).length === 1) &&
    (matches === undefined || new RegExp(matches).test(value));
  return fits ? [] : [`${name} is ${JSON.stringify(value)}, expected ${JSON.stringify(expected)}`];
}

function checkBody(expected: BodyExpectation, exchange: Exchange): string[] {
  const { members, exactly, absent, empty, matches, lacks, withoutEmptyMembers } = expected;
  const text = exchange.response.body;
  const object = readBodyObject(exchange);
  const failures: string[] = [];
  if (empty === true && text !== '') failures.push('the body is not empty');
  if (matches !== undefined && !new RegExp(matches).test(text))
    failures.push(`the body does not match ${matches}`);
  if (lacks !== undefined && new RegExp(lacks).test(text)) failures.push(`the body matches ${lacks}`);
  if ((members ?? exactly ?? withoutEmptyMembers) !== undefined && object === undefined)
    failures.push('the body is not a JSON object');
  failures.push(...checkMembers(members ?? exactly, object ?? {}, exchange));
  const extra = exactly === undefined ? [] : Object.keys(object ?? {}).filter((name) => !(name in exactly));
  const unwanted = [...extra, ...(absent ?? []).filter((name) => object !== undefined && name in object)];
  failures.push(...unwanted.map((name) => `body: ${name} is there, expected none`));
  if (withoutEmptyMembers === true) failures.push(...findEmptyMembers(object ?? {}));
  return failures;
}

function checkMembers(
  expected: JsonObject | undefined,
  actual: Readonly<Record<string, unknown>>,
  { placeholders, nowSeconds }: Exchange,
): string[] {
  return Object.entries(fillObject(expected ?? {}, placeholders, nowSeconds)).flatMap(([name, value]) =>
    isDeepStrictEqual(actual[name], value)
      ? []
      : [`${name} is ${JSON.stringify(actual[name])}, expected ${JSON.stringify(value)}`],
  );
}

function findEmptyMembers(object: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(object)
    .filter(([, value]) => value === null || (Array.isArray(value) && value.length === 0))
    .map(([name]) => `body: ${name} is empty, expected it to be left out`);
}

function checkEffects(expected: Expectation, exchange: Exchange): string[] {
  const runs = expected.handlerRan ? 1 : 0;
  const failures =
    exchange.handlerRuns === runs ? [] : [`the handler ran ${exchange.handlerRuns} times, expected ${runs}`];
  const auth = readBodyObject(exchange)?.auth;
  if (expected.auth !== undefined) {
    const seen = typeof auth === 'object' && auth !== null ? (auth as Record<string, unknown>) : {};
    failures.push(...checkMembers(expected.auth, seen, exchange).map((text) => `auth: ${text}`));
  }
  return [...failures, ...checkFetches(expected.fetches ?? {}, exchange)];
}

function checkFetches(expected: NonNullable<Expectation['fetches']>, { issuers }: Exchange): string[] {
  return issuerNames.flatMap((name) => {
    const counts: FetchCount = expected[name] ?? {};
    return (['metadata', 'keys', 'introspection', 'any'] as const).flatMap((kind) => {
      const wanted = counts[kind];
      const seen = issuers[name].count(kind === 'any' ? undefined : kind);
      return wanted === undefined || wanted === seen
        ? []
        : [`${name} received ${seen} requests (${kind}), expected ${wanted}`];
    });
  });
}

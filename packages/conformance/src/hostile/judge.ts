import type { MCPAuthEvent } from '@mcp-auth/core';
import { parseChallenges } from '@mcp-auth/testing';
import type { RawResponse } from '../http/send-request.js';
import { requiredScope, resource, resourceMetadataUrl, secondMetadataUrl, secondResource } from './facts.js';
import type { ExpectedRefusal, HostileRequest } from './hostile-case.js';
import { findLeaks } from './leaks.js';

/** What came of one request. */
export interface Outcome {
  readonly response: RawResponse;
  readonly events: readonly MCPAuthEvent[];
  /** Times the protected handler ran. */
  readonly handled: number;
}

/** What every answer may hold: configured identifiers and the sentences of the library. */
const known = [resource, secondResource, resourceMetadataUrl, secondMetadataUrl, `"${requiredScope}"`].join(
  ' ',
);

/** What is wrong with the way a hostile request ended; nothing when all is well. */
export function judgeRefusal(sent: HostileRequest, expected: ExpectedRefusal, outcome: Outcome): string[] {
  const { response, events, handled } = outcome;
  const leaks = [
    ...findLeaks(sent, { 'the response': print(response) }, known),
    ...findLeaks(sent, { 'the events': JSON.stringify(events) }, known, toldOf(events)),
  ];
  const passed = handled === 0 ? [] : ['the protected handler ran'];
  // RFC 6585 §5: the HTTP server in front may have smaller limits than the gate
  if (isOversized(sent) && response.status === 431) return [...passed, ...leaks];
  return [
    ...passed,
    ...leaks,
    ...judgeStatus(response, expected),
    ...judgeChallenge(response, expected, sent.path ?? '/mcp'),
    ...judgeBody(response, expected),
    ...judgeEvents(events, expected, sent.path ?? '/mcp'),
  ];
}

/** What is wrong with the way a request of the control group ended. */
export function judgeAdmission(sent: HostileRequest, outcome: Outcome): string[] {
  const { response, events, handled } = outcome;
  const failures = judgeAllowed(events);
  if (response.status !== 200) failures.push(`status ${response.status} instead of 200`);
  if (handled !== 1) failures.push(`the handler ran ${handled} times`);
  const headers = response.headers.flat().join('\n');
  return [...failures, ...findLeaks(sent, { 'the headers of the response': headers }, known)];
}

function isOversized({ authorization }: HostileRequest): boolean {
  return authorization.join('').length > 16_000;
}

function print({ status, headers, body }: RawResponse): string {
  return [String(status), ...headers.flat(), body].join('\n');
}

function lines({ headers }: RawResponse, name: string): string[] {
  return headers.filter(([candidate]) => candidate.toLowerCase() === name).map(([, value]) => value);
}

function judgeStatus({ status }: RawResponse, expected: ExpectedRefusal): string[] {
  return status === expected.status ? [] : [`status ${status} instead of ${expected.status}`];
}

function judgeChallenge(
  response: RawResponse,
  { error }: ExpectedRefusal,
  path: '/mcp' | '/notes',
): string[] {
  const challenges = parseChallenges(lines(response, 'www-authenticate'));
  const [challenge] = challenges;
  if (challenges.length !== 1 || challenge?.scheme !== 'Bearer') return ['not exactly one Bearer challenge'];
  const values = new Map(challenge.parameters.map(({ name, value }) => [name, value]));
  const failures: string[] = [];
  if (values.get('error') !== error)
    failures.push(`error ${String(values.get('error'))} instead of ${String(error)}`);
  // RFC 6750 §3.1: no other error information either
  if (error === undefined && values.has('error_description')) failures.push('a description without an error');
  const url = path === '/mcp' ? resourceMetadataUrl : secondMetadataUrl;
  if (values.get('resource_metadata') !== url) failures.push('resource_metadata names another document');
  return failures;
}

function judgeBody(response: RawResponse, { error }: ExpectedRefusal): string[] {
  if (!lines(response, 'content-type').join().startsWith('application/json'))
    return ['a body that is not JSON'];
  const body = JSON.parse(response.body) as { readonly error?: unknown };
  const failures = body.error === error ? [] : [`the body says error ${String(body.error)}`];
  if (!lines(response, 'cache-control').includes('no-store')) failures.push('a refusal that may be stored');
  return failures;
}

function judgeEvents(
  events: readonly MCPAuthEvent[],
  { status, event: code }: ExpectedRefusal,
  path: '/mcp' | '/notes',
): string[] {
  const [event, ...more] = events.filter(isAboutRequest);
  if (more.length > 0 || event?.type !== 'decision' || event.outcome !== 'deny')
    return [`not exactly one refusal: ${JSON.stringify(events)}`];
  const failures: string[] = [];
  if (event.code !== code) failures.push(`the event says ${event.code} instead of ${code}`);
  if (event.status !== status) failures.push(`the event says status ${event.status}`);
  if (event.resource !== (path === '/mcp' ? resource : secondResource))
    failures.push('the event names another resource');
  return failures;
}

/** A key that nobody knows is looked for, and hundreds of requests without a login show something of the setup: both are told apart. */
function isAboutRequest({ type }: MCPAuthEvent): boolean {
  return type !== 'dependency' && type !== 'keys' && type !== 'warning';
}

function judgeAllowed(events: readonly MCPAuthEvent[]): string[] {
  const [event, ...more] = events.filter(isAboutRequest);
  const isAllowed = event?.type === 'decision' && event.outcome === 'allow' && event.via === 'bearer';
  return more.length === 0 && isAllowed ? [] : [`not exactly one allowed request: ${JSON.stringify(events)}`];
}

/** Members of a token that its owner may be told of: where it is from, for whom and for what, and what was wrong with it. */
const told = [
  'iss',
  'aud',
  'sub',
  'client_id',
  'azp',
  'cid',
  'appid',
  'typ',
  'alg',
  'kid',
  'scope',
  'scp',
  'scopes',
];

function toldOf(events: readonly MCPAuthEvent[]): ReadonlySet<string> {
  const wrong = events.flatMap((event) => ('claim' in event ? event.claim : []));
  return new Set([...told, ...wrong]);
}

import { describe, expect, test } from 'vitest';
import {
  refuseBody,
  refuseForFault,
  refuseMalformedRequest,
  refuseOperations,
} from '../../src/challenge/operation-refusals.js';
import {
  refuseCredentials,
  refuseForOutage,
  refuseScope,
  refuseWithoutCredentials,
} from '../../src/challenge/refusals.js';
import type { RefuseDecision } from '../../src/http/answer.js';
import type { BodyProblemKind } from '../../src/http/json-body.js';
import type { Refusal } from '../../src/operation/verdict.js';
import type { Message, TargetedOperation } from '../../src/operation/operation.js';

const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
const context = { resourceMetadataUrl: metadataUrl, scopes: ['read', 'write'] };
const json = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-store'],
];
const close = ['Connection', 'close'];

function bodyOf({ body }: RefuseDecision): unknown {
  return JSON.parse(body ?? 'null');
}

describe('a body that cannot be judged is answered as JSON-RPC, without a challenge', () => {
  test.each<[BodyProblemKind, number, number, string, readonly (readonly string[])[]]>([
    ['empty', 400, -32_700, 'The request has no body', []],
    ['not-json', 400, -32_700, 'The body is not JSON', []],
    ['too-large', 413, -32_600, 'The body is larger than this resource accepts', [close]],
    ['too-many-chunks', 400, -32_600, 'The body comes in too many small pieces', [close]],
    ['too-slow', 408, -32_600, 'The body did not come in time', [close]],
    ['aborted', 400, -32_600, 'The body is not complete', [close]],
    ['too-complex', 400, -32_600, 'The body is nested too deeply or holds too many values', []],
    [
      'inexact-number',
      400,
      -32_600,
      'The body holds a number that cannot be kept exactly. Write it as a string',
      [],
    ],
    ['wrong-type', 415, -32_600, 'The body must be JSON, with Content-Type: application/json', []],
    [
      'encoded',
      415,
      -32_600,
      'A body with a content coding is not accepted',
      [['Accept-Encoding', 'identity']],
    ],
    [
      'busy',
      503,
      -32_000,
      'This resource is reading too many bodies at the same time. Try again',
      [
        ['Retry-After', '1'],
        ['Access-Control-Expose-Headers', 'Retry-After'],
      ],
    ],
  ])('%s: %i', (kind, status, code, message, extra) => {
    const answer = refuseBody(kind);
    expect(answer).toMatchObject({ kind: 'refuse', status, headers: [...json, ...extra] });
    expect(bodyOf(answer)).toEqual({ jsonrpc: '2.0', id: null, error: { code, message } });
  });

  test('JSON that is no JSON-RPC', () => {
    expect(refuseMalformedRequest).toMatchObject({ kind: 'refuse', status: 400, headers: json });
    expect(bodyOf(refuseMalformedRequest)).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32_600, message: 'The body is not a JSON-RPC request that can be authorized' },
    });
  });
});

describe('what is refused looks like what does not exist', () => {
  const request = (id: number): Message => ({ kind: 'request', id }) as Message;
  const notification = { kind: 'notification' } as Message;
  const refused = (operation: Partial<TargetedOperation>): Refusal =>
    ({ kind: 'refuse', operation }) as Refusal;
  const fine = { kind: 'needs', requirements: [] } as const;
  const old = '2025-11-25';
  const current = '2026-07-28';

  test.each<[string, Partial<TargetedOperation>, string, number, object]>([
    ['a method', {}, current, 404, { code: -32_601, message: 'Method not found' }],
    ['a method, for an older client', {}, old, 200, { code: -32_601, message: 'Method not found' }],
    [
      'a tool',
      { group: 'tools', target: 'sum' },
      current,
      200,
      { code: -32_602, message: 'Tool sum not found' },
    ],
    [
      'a prompt',
      { group: 'prompts', target: 'hello' },
      current,
      200,
      { code: -32_602, message: 'Prompt hello not found' },
    ],
    [
      'a resource',
      { group: 'resources', target: 'file:///a' },
      current,
      200,
      { code: -32_602, message: 'Resource not found: file:///a', data: { uri: 'file:///a' } },
    ],
    [
      'a resource, for an older client',
      { group: 'resources', target: 'file:///a' },
      old,
      200,
      { code: -32_002, message: 'Resource not found: file:///a', data: { uri: 'file:///a' } },
    ],
  ])('%s', (_what, operation, version, status, error) => {
    const body = { messages: [request(7)], isBatch: false };
    const answer = refuseOperations(body, [refused(operation)], version, 'json-rpc');
    expect(answer).toMatchObject({ kind: 'refuse', status, headers: json });
    expect(bodyOf(answer)).toEqual({ jsonrpc: '2.0', id: 7, error });
  });

  test('a batch is refused as a whole, and its notifications are dropped', () => {
    const body = { messages: [request(1), notification, request(2)], isBatch: true };
    const answer = refuseOperations(body, [refused({}), fine, fine], current, 'json-rpc');
    expect(answer).toMatchObject({ status: 200, headers: json });
    expect(bodyOf(answer)).toEqual([
      { jsonrpc: '2.0', id: 1, error: { code: -32_601, message: 'Method not found' } },
      {
        jsonrpc: '2.0',
        id: 2,
        error: { code: -32_600, message: 'Another request of this batch was refused' },
      },
    ]);
  });

  test('notifications alone get no body', () => {
    const body = { messages: [notification], isBatch: false };
    expect(refuseOperations(body, [refused({})], old, 'json-rpc')).toEqual({
      kind: 'refuse',
      status: 202,
      headers: [],
      body: undefined,
    });
  });

  test('a rule at fault says no more than that, and says it to notifications as well', () => {
    const error = { code: -32_603, message: 'Internal error' };
    const one = refuseForFault({ messages: [request(1)], isBatch: false });
    expect(one).toMatchObject({ kind: 'refuse', status: 500, headers: json });
    expect(bodyOf(one)).toEqual({ jsonrpc: '2.0', id: 1, error });
    const none = refuseForFault({ messages: [notification], isBatch: false });
    expect(none).toMatchObject({ kind: 'refuse', status: 500, headers: json });
    expect(bodyOf(none)).toEqual({ jsonrpc: '2.0', id: null, error });
  });
});

describe('a refusal about the token, header and body', () => {
  const challenged = (challenge: string) => [
    ['WWW-Authenticate', challenge],
    ...json,
    ['Access-Control-Expose-Headers', 'WWW-Authenticate'],
  ];

  test('[RFC6750-3.1-04] without credentials: no error code', () => {
    const answer = refuseWithoutCredentials(context);
    expect(answer).toMatchObject({
      kind: 'refuse',
      status: 401,
      headers: challenged(`Bearer scope="read write", resource_metadata="${metadataUrl}"`),
    });
    expect(bodyOf(answer)).toEqual({
      message: 'This resource requires an access token.',
      resource_metadata: metadataUrl,
    });
  });

  test('without credentials, where no metadata is published', () => {
    const answer = refuseWithoutCredentials({ resourceMetadataUrl: undefined, scopes: [] });
    expect(answer.headers).toEqual(challenged('Bearer realm="mcp"'));
    expect(bodyOf(answer)).toEqual({ message: 'This resource requires an access token.' });
  });

  test('[RFC6750-3.1-01] invalid_request: 400, which names no scopes', () => {
    const answer = refuseCredentials(context, 'invalid_request', 'Twice');
    const value = `Bearer error="invalid_request", error_description="Twice", resource_metadata="${metadataUrl}"`;
    expect(answer).toMatchObject({ kind: 'refuse', status: 400, headers: challenged(value) });
    expect(bodyOf(answer)).toEqual({ error: 'invalid_request', error_description: 'Twice' });
  });

  test('invalid_token: 401, with the scopes to ask for at the next login', () => {
    const answer = refuseCredentials(context, 'invalid_token', 'Expired');
    const value = `Bearer error="invalid_token", error_description="Expired", scope="read write", resource_metadata="${metadataUrl}"`;
    expect(answer).toMatchObject({ kind: 'refuse', status: 401, headers: challenged(value) });
    expect(bodyOf(answer)).toEqual({ error: 'invalid_token', error_description: 'Expired' });
  });

  test('insufficient_scope: 403, with all that is needed', () => {
    const answer = refuseScope(context, ['admin', 'read']);
    const said = 'The access token does not cover this operation';
    const value = `Bearer error="insufficient_scope", error_description="${said}", scope="admin read", resource_metadata="${metadataUrl}"`;
    expect(answer).toMatchObject({ kind: 'refuse', status: 403, headers: challenged(value) });
    expect(bodyOf(answer)).toEqual({
      error: 'insufficient_scope',
      error_description: said,
      scope: 'admin read',
    });
  });

  test('an outage: 503 without a challenge, for the token is not at fault', () => {
    const answer = refuseForOutage(30);
    expect(answer).toMatchObject({
      kind: 'refuse',
      status: 503,
      headers: [
        ...json,
        ['Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After'],
        ['Retry-After', '30'],
      ],
    });
    expect(bodyOf(answer)).toEqual({
      error: 'temporarily_unavailable',
      error_description:
        'The authorization server of this resource cannot be reached. Try again later with the same token.',
    });
  });

  test('what answers many requests cannot be changed', () => {
    for (const answer of [refuseWithoutCredentials(context), refuseBody('empty'), refuseForOutage(1)]) {
      expect(Object.isFrozen(answer)).toBe(true);
      expect(Object.isFrozen(answer.headers)).toBe(true);
      expect(answer.headers.every(Object.isFrozen)).toBe(true);
    }
  });
});

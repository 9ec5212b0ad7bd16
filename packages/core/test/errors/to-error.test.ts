import { describe, expect, test } from 'vitest';
import { toError } from '../../src/errors/to-error.js';

interface Steering {
  readonly status?: unknown;
  readonly statusCode?: unknown;
}

/** What h3 answers with; others read less of it. */
function readStatus(error: Error): unknown {
  const own = error as Steering;
  const cause = error.cause as Steering | undefined;
  return [own.status, own.statusCode, cause?.status, cause?.statusCode, 500].find(Boolean);
}

describe('[MCP-2026-07-28-RS-030] what an application throws chooses no status that is not that of an error', () => {
  const misleading: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['an object with a status', { status: 200 }],
    ['a response', new Response('ok')],
    ['an error with a good status', Object.assign(new Error('x'), { status: 200 })],
    ['an error with a status that is a string', Object.assign(new Error('x'), { statusCode: '204' })],
    ['an error with the exit status of a program', Object.assign(new Error('x'), { status: 1 })],
    ['an error with a status that is null', Object.assign(new Error('x'), { status: null })],
    ['an error with 401, which must have a challenge', Object.assign(new Error('x'), { status: 401 })],
    ['an error with 401 as a string', Object.assign(new Error('x'), { statusCode: '401' })],
    [
      'an error of a class with a status',
      new (class extends Error {
        readonly status = 302;
      })('x'),
    ],
    ['an error made of a response', new Error('x', { cause: new Response('ok') })],
    ['an error made of a refusal elsewhere', new Error('x', { cause: new Response('', { status: 401 }) })],
  ];
  for (const [what, thrown] of misleading) {
    test(`${what} is the cause of an error with status 500`, () => {
      const error = toError(thrown);
      expect(readStatus(error)).toBe(500);
      expect(error.cause).toBe(thrown);
    });
  }

  test('an error that cannot be looked at is the cause of one that can', () => {
    const thrown = Object.defineProperty(new Error('x'), 'status', {
      get: () => {
        throw new Error('no');
      },
    });
    expect(toError(thrown)).toMatchObject({ status: 500, cause: thrown });
  });

  test('a revoked proxy is the cause of one that can', () => {
    const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
    revoke();
    expect((toError(proxy) as Steering).status).toBe(500);
  });

  test('an error of the application reaches its error handler as it is', () => {
    for (const error of [
      new RangeError('x'),
      Object.assign(new Error('x'), { status: 404 }),
      Object.assign(new Error('x'), { statusCode: 503 }),
      new Error('x', { cause: new TypeError('y') }),
      Object.assign(new Error('x', { cause: new Response('ok') }), { status: 502 }),
    ])
      expect(toError(error)).toBe(error);
  });
});

import { expect, test } from 'vitest';
import { AuthInfo, authInfoOf } from '../../src/index.js';

const auth = new AuthInfo({
  token: 'token',
  issuer: 'https://as.example.com',
  clientId: 'client-1',
  scopes: [],
  audience: 'https://api.example.com/mcp',
  subject: 'user-1',
  expiresAt: 4_000_000_000,
  claims: {},
  resource: 'https://api.example.com/mcp',
  resourceMetadataUrl: undefined,
});

test.each([
  ['nothing', {}],
  ['a request without a caller', { http: {} }],
  ['no request, as over stdio', { http: undefined }],
  ['a caller that somebody else has put there', { http: { authInfo: { token: 'x', scopes: ['admin'] } } }],
  ['the same in version 1', { authInfo: Object.assign({}, auth) }],
])('%s is no caller', (_what, context) => {
  expect(authInfoOf(context)).toBeUndefined();
});

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a string', 'arguments'],
])('a handler that reads the wrong argument is told which one has the caller: %s', (is, context) => {
  expect(() => authInfoOf(context as never)).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      message: `context: must be the context that the SDK hands to a handler, but is ${is}. It is the last argument: the first and only one where a tool has no inputSchema.`,
    }) as Error,
  );
});

test.each([
  ['version 2', { http: { authInfo: auth } }],
  ['version 1', { authInfo: auth }],
])('the caller in a handler of %s of the official SDK', (_version, context) => {
  expect(authInfoOf(context)).toBe(auth);
});

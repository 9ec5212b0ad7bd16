import { AuthInfo, authInfoOf, MCPAuthInsufficientScopeError } from '@mcp-auth/core';
import { isAuthInfo } from '@mcp-auth/core/adapter';
import { getAuthInfo, hasScopes, requireScopes } from '@mcp-auth/core/context';
import { expect, test, vi } from 'vitest';
import { asCaller } from '../../src/index.js';

test('a handler that asks for scopes that the caller lacks throws what a server answers with', async () => {
  const handler = vi.fn(() => {
    requireScopes('notes:write');
    return 'written';
  });
  const error: unknown = await asCaller({ scopes: ['notes:read'] }, handler).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MCPAuthInsufficientScopeError);
  expect(error).toMatchObject({ code: 'insufficient_scope' });
  expect(await asCaller({ scopes: ['notes:write'] }, handler)).toBe('written');
});

test('what a handler throws is what comes, and later callers are told apart', async () => {
  const failure = new Error('the disk is full');
  await expect(
    asCaller({}, () => {
      throw failure;
    }),
  ).rejects.toBe(failure);
  const ask = (subject: string) =>
    asCaller({ subject }, async () => {
      await Promise.resolve();
      return getAuthInfo()?.subject;
    });
  expect(await Promise.all(['alice', 'bob'].map(ask))).toEqual(['alice', 'bob']);
  expect(getAuthInfo()).toBeUndefined();
});

test('the caller is in every place where a handler looks for it', async () => {
  const caller = { subject: 'alice', clientId: 'editor', scopes: ['a'], claims: { tenant: 'one' } };
  const auth = await asCaller(caller, (context) => {
    expect(authInfoOf(context)).toBe(context.auth);
    expect(authInfoOf({ http: context.http })).toBe(context.auth);
    expect(context.get('auth')).toBe(context.auth);
    expect(context.get('other')).toBeUndefined();
    expect(getAuthInfo()).toBe(context.auth);
    return context.auth;
  });
  expect(isAuthInfo(auth)).toBe(true);
  expect(auth).toBeInstanceOf(AuthInfo);
  expect(auth).toMatchObject({
    subject: 'alice',
    clientId: 'editor',
    scopes: ['a'],
    claims: { tenant: 'one' },
  });
  expect(String(auth.resource)).toBe('https://mcp.test/mcp');
});

test('scopes contain others as the server is configured', async () => {
  const scopeHierarchy = { scopes: { admin: ['notes:write'] } };
  expect(await asCaller({ scopes: ['admin'] }, () => hasScopes('notes:write'))).toBe(false);
  expect(await asCaller({ scopes: ['admin'], scopeHierarchy }, () => hasScopes('notes:write'))).toBe(true);
});

test('a caller that no server would let in is an error, and the handler does not run', async () => {
  const handler = vi.fn();
  await expect(asCaller({ expiresInSeconds: -60 }, handler)).rejects.toThrow(/no server takes a token/);
  await expect(asCaller({ audience: 'https://other.test' }, handler)).rejects.toThrow(
    /no server takes a token/,
  );
  await expect(asCaller({ scope: 'a' } as object, handler)).rejects.toThrow(/"scope" is not an option/);
  expect(handler).not.toHaveBeenCalled();
});

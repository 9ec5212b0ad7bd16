import type { CallToolResult as CallToolResultV1 } from '@modelcontextprotocol/sdk/types.js';
import type { AuthInfo as AuthInfoV1 } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { OAuthTokenVerifier as TokenVerifierV1 } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import {
  OAuthError,
  type AuthInfo as AuthInfoV2,
  type CallToolResult as CallToolResultV2,
  type OAuthTokenVerifier,
  type ScopeChallengeHandler as SdkHandler,
} from '@modelcontextprotocol/server';
import { expectTypeOf, test } from 'vitest';
import type {
  AccessTokenVerifier,
  AuthInfo,
  InsufficientScopeResult,
  OAuthErrorClass,
  ScopeChallengeHandler,
} from '../../src/index.js';
import { createHandles } from '../handles/callers.js';

test('what we hand to the official SDKs is of their types', () => {
  expectTypeOf<AuthInfo>().toExtend<AuthInfoV1>();
  expectTypeOf<AuthInfo>().toExtend<AuthInfoV2>();
  expectTypeOf<ScopeChallengeHandler>().toExtend<SdkHandler>();
  expectTypeOf<AccessTokenVerifier>().toExtend<OAuthTokenVerifier>();
  expectTypeOf<AccessTokenVerifier>().toExtend<TokenVerifierV1>();
  expectTypeOf<InsufficientScopeResult>().toExtend<CallToolResultV1>();
  expectTypeOf<InsufficientScopeResult>().toExtend<CallToolResultV2>();
  expectTypeOf(OAuthError).toExtend<OAuthErrorClass>();
});

test('a handler of tasks that asks a database, and so is async, is registered without a cast', () => {
  const guarded = createHandles().taskHandler(async ({ taskId }: { taskId: string }) =>
    Promise.resolve({ taskId, status: 'working' }),
  );
  expectTypeOf(guarded).returns.toEqualTypeOf<Promise<{ taskId: string; status: string }>>();
});

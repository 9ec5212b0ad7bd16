import { expect } from 'vitest';
import { MCPAuth } from '../../../src/fetch.js';
import {
  MCPAuthConfigError,
  type AuthInfo,
  type AuthServerConfig,
  type VerifyAccessToken,
} from '../../../src/index.js';
import { now, type FakeProvider } from './fake-provider.js';

/** Identifier of the resource that all these tests protect. */
export const resource = 'https://api.example.com/mcp';

/** What an operator learns about a refusal. */
export interface Reason {
  readonly code: string;
  readonly claim?: string;
}

/** A token that must not open the resource, and why. */
export interface WrongToken {
  /** What the token is. */
  readonly title: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly header?: { readonly typ?: string };
  readonly reason: Reason;
}

export interface Outcome {
  readonly status: number;
  readonly reason: Reason | undefined;
  readonly auth: AuthInfo | undefined;
}

export interface OpenGate {
  readonly warnings: readonly string[];
  call(token: string): Promise<Outcome>;
}

export interface GateSettings {
  readonly requiredScopes?: readonly string[];
  readonly audience?: string;
  /** Verifies tokens in place of the provider's keys. */
  readonly verify?: VerifyAccessToken;
}

/** A real gate over a provider's configuration; only the network is replaced. */
export function openGate(
  server: AuthServerConfig,
  provider: FakeProvider,
  { verify, ...settings }: GateSettings = {},
): OpenGate {
  const warnings: string[] = [];
  let reason: Reason | undefined;
  let auth: AuthInfo | undefined;
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [server] } },
    fetch: provider.fetch,
    now: () => now * 1000,
    onEvent: (event) => {
      if (event.type === 'warning') warnings.push(event.message);
      if (event.type !== 'decision' || event.outcome !== 'deny') return;
      reason = { code: event.code, ...(event.claim === undefined ? {} : { claim: event.claim }) };
    },
  });
  const handler = mcpAuth.protect(
    {
      fetch: (_request, options) => {
        auth = options?.authInfo;
        return new Response(null, { status: 200 });
      },
    },
    verify ?? 'jwt',
    { resource, ...settings },
  );
  return {
    warnings,
    call: async (token) => {
      reason = undefined;
      auth = undefined;
      const headers = { authorization: `Bearer ${token}` };
      const response = await handler.fetch(new Request(resource, { method: 'POST', headers }));
      return { status: response.status, reason, auth };
    },
  };
}

/** Asserts that a configuration is refused at once, naming the option and what to write instead. */
export function expectMistake(create: () => unknown, path: string, code: string, fix: RegExp): void {
  let thrown: unknown;
  try {
    create();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(MCPAuthConfigError);
  expect(thrown).toMatchObject({ path, code });
  expect((thrown as MCPAuthConfigError).message).toMatch(fix);
}

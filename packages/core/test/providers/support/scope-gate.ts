import { MCPAuth } from '../../../src/fetch.js';
import type { AuthServerConfig, BearerAuthOptions, ScopeHierarchy } from '../../../src/index.js';
import { parseChallenge } from '../../support/parse-challenge.js';
import { now, type FakeProvider } from './fake-provider.js';
import { resource } from './open-gate.js';

export interface ScopeGateSettings extends BearerAuthOptions {
  readonly scopesSupported?: readonly string[];
  readonly scopeHierarchy?: ScopeHierarchy;
  readonly otherServers?: readonly AuthServerConfig[];
}

/** What a client sees: the status, the scopes of the challenge, the body where it is one of a refusal. */
export interface ScopeAnswer {
  readonly status: number;
  /** Sorted. */
  readonly scopes: readonly string[];
}

/** A real gate, asked as a client asks that looks for scopes. */
export function openScopeGate(
  server: AuthServerConfig,
  provider: FakeProvider,
  { scopesSupported, scopeHierarchy, otherServers = [], ...options }: ScopeGateSettings,
) {
  const warnings: string[] = [];
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: {
        resource,
        authorizationServers: [server, ...otherServers],
        ...(scopesSupported && { scopesSupported: [...scopesSupported] }),
      },
      scopeHierarchy,
    },
    fetch: provider.fetch,
    now: () => now * 1000,
    onEvent: (event) => {
      if (event.type === 'warning') warnings.push(event.message);
    },
  });
  const handler = mcpAuth.protect({ fetch: () => new Response(null) }, 'jwt', {
    challengeScopes: 'required',
    ...options,
  });
  const call = async (token?: string, tool?: string): Promise<ScopeAnswer> => {
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool ?? 'any' } };
    const response = await handler.fetch(
      new Request(resource, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? undefined : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      }),
    );
    const challenge = response.headers.get('www-authenticate');
    const { scope = '' } = challenge === null ? {} : parseChallenge(challenge).parameters;
    return {
      status: response.status,
      scopes: scope
        .split(' ')
        .filter((one) => one !== '')
        .sort(),
    };
  };
  const published = async (): Promise<readonly string[]> => {
    const router = mcpAuth.protectedResourceMetadataRouter();
    const response = await router(
      new Request('https://api.example.com/.well-known/oauth-protected-resource/mcp'),
    );
    const { scopes_supported: scopes = [] } = (await response?.json()) as { scopes_supported?: string[] };
    return scopes;
  };
  return { warnings, call, published };
}

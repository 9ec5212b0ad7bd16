import { MCPAuth, type FetchHandler, type ProtectedFetchHandler } from '../../src/fetch.js';
import { authContext } from '../../src/context.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { BearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import type { ProtectedResourceConfig } from '../../src/config/protected-resource.js';
import type { VerifyAccessToken } from '../../src/verifier/token-info.js';

export const issuer = 'https://as.example.com';
export const resource = 'https://api.example.com/mcp';
export const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';

export interface Caller {
  readonly subject?: string;
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  readonly issuer?: string;
  readonly audience?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Makes another token of the same caller. */
  readonly serial?: number;
}

/** A token that says who it stands for; the verifier below believes it. */
export function tokenOf(caller: Caller): string {
  return Buffer.from(JSON.stringify(caller)).toString('base64url');
}

export const verify: VerifyAccessToken = (token) => {
  const { serial: _serial, ...caller } = JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller;
  return {
    issuer,
    audience: resource,
    expiresAt: Date.now() / 1000 + 300,
    ...caller,
  };
};

export interface ServeOptions extends Omit<Partial<BearerAuthOptions>, 'resource'> {
  readonly protectedResource?: Partial<ProtectedResourceConfig>;
  readonly events?: MCPAuthEvent[];
}

export function createAuth({ protectedResource, events }: ServeOptions = {}): MCPAuth {
  const metadata = { resource, authorizationServers: [{ issuer }, { issuer: 'https://other.example.com' }] };
  return new MCPAuth({
    protectedResources: { metadata, ...protectedResource },
    onEvent: (event) => events?.push(event),
  });
}

/** A handler behind a gate, in the async context. */
export function serve(
  handler: FetchHandler['fetch'] | FetchHandler,
  options: ServeOptions = {},
): ProtectedFetchHandler {
  const fetchHandler = typeof handler === 'function' ? { fetch: handler } : handler;
  const { protectedResource, events, ...route } = options;
  const auth = createAuth({ ...(protectedResource && { protectedResource }), ...(events && { events }) });
  return auth.protect(fetchHandler, verify, { resource, asyncContext: authContext, ...route });
}

export function post(
  caller: Caller | undefined,
  body: unknown = {},
  fields: Record<string, string> = {},
): Request {
  const authorization = caller === undefined ? undefined : { authorization: `Bearer ${tokenOf(caller)}` };
  return new Request(resource, {
    method: 'POST',
    headers: {
      ...authorization,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...fields,
    },
    body: JSON.stringify(body),
  });
}

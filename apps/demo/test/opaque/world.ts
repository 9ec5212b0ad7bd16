import { request as sendRequest, type RequestListener } from 'node:http';
import type { AuthServerConfig, MCPAuthEvent } from '@mcp-auth/core';
import type { OptionsFor, VerificationMode } from '@mcp-auth/core/adapter';
import { listen } from '@mcp-auth/app-sample-kit';
import {
  knownClient,
  knownResourceServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import type { CreateHost } from './hosts.js';

export type Introspection = NonNullable<AuthServerConfig['introspection']>;

export interface WorldOptions {
  /** Default: `introspection`. */
  readonly mode?: VerificationMode;
  readonly introspection?: Partial<Introspection>;
  readonly route?: Pick<OptionsFor<'introspection'>, 'requiredScopes'>;
  /** Stops the clock of the resource server, which moves by `advance` only. Default: false, it runs beside the real one. */
  readonly stopped?: boolean;
  /** Called before each introspection request is sent. */
  readonly beforeIntrospection?: () => Promise<void>;
}

/** A request for introspection as it left the resource server. */
export interface IntrospectionCall {
  readonly headers: Headers;
  readonly form: URLSearchParams;
}

/** A resource server in front of a real authorization server. */
export interface World {
  readonly resource: string;
  readonly calls: readonly IntrospectionCall[];
  readonly events: readonly MCPAuthEvent[];
  /** Requests that arrived at the resource server. */
  readonly arrived: number;
  /** Moves the clock of the resource server, not that of the authorization server. */
  readonly advance: (seconds: number) => void;
  /** An opaque token for this resource, without a user. */
  readonly getToken: (resource?: string) => Promise<string>;
  /** Takes a token back (RFC 7009). */
  readonly revoke: (token: string) => Promise<void>;
  readonly call: (token: string) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export const basic: Introspection = {
  clientAuthentication: {
    method: 'client_secret_basic',
    clientId: knownResourceServer.id,
    clientSecret: knownResourceServer.secret,
  },
};

export const scope = 'notes:read';

export async function openWorld(
  authorizationServer: AuthorizationServer,
  createHost: CreateHost,
  options: WorldOptions = {},
): Promise<World> {
  const { issuer } = authorizationServer;
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  let arrived = 0;
  const server = await listen(
    (request, response) => {
      arrived += 1;
      listener(request, response);
    },
    0,
    '127.0.0.1',
  );
  const resource = `http://127.0.0.1:${server.port}/mcp`;
  authorizationServer.addResource(resource, [scope, 'notes:write'], 'opaque');

  const calls: IntrospectionCall[] = [];
  const events: MCPAuthEvent[] = [];
  const started = Date.now();
  let advancedMs = 0;
  const watchedFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.endsWith('/token/introspection')) return fetch(request);
    calls.push({ headers: request.headers, form: new URLSearchParams(await request.clone().text()) });
    await options.beforeIntrospection?.();
    return fetch(request);
  };
  listener = await createHost({
    config: {
      protectedResources: {
        metadata: {
          resource,
          authorizationServers: [{ issuer, introspection: { ...basic, ...options.introspection } }],
        },
      },
      fetch: watchedFetch,
      onEvent: (event) => events.push(event),
      now: () => (options.stopped === true ? started : Date.now()) + advancedMs,
    },
    mode: options.mode ?? 'introspection',
    options: { ...options.route, resource },
  });

  return {
    resource,
    calls,
    events,
    get arrived() {
      return arrived;
    },
    advance: (seconds) => void (advancedMs += seconds * 1000),
    getToken: async (forResource = resource) => {
      const body = { grant_type: 'client_credentials', resource: forResource, scope };
      const response = await asClient(`${issuer}/token`, body);
      return ((await response.json()) as { access_token: string }).access_token;
    },
    revoke: async (token) => {
      const { status } = await asClient(`${issuer}/token/revocation`, { token });
      if (status !== 200) throw new Error(`revocation was answered with ${status}`);
    },
    call: (token) => fetch(resource, { method: 'POST', headers: { authorization: `Bearer ${token}` } }),
    close: () => server.close(),
  };
}

function asClient(url: string, body: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${knownClient.id}:${knownClient.secret}`)}` },
    body: new URLSearchParams(body),
  });
}

/** Statuses of calls that are all under way at once; `pause` waits between portions that fit into a listen queue. */
export async function callAtOnce(
  { resource }: World,
  tokens: readonly string[],
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly status: number; readonly retryAfter: string | undefined }[]> {
  const pending: Promise<{ status: number; retryAfter: string | undefined }>[] = [];
  for (const [index, token] of tokens.entries()) {
    pending.push(send(resource, token));
    if (index % 250 === 249) await pause();
  }
  return Promise.all(pending);
}

function send(url: string, token: string): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      url,
      { method: 'POST', agent: false, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        response.resume();
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }),
        );
      },
    );
    outgoing.on('error', reject).end();
  });
}

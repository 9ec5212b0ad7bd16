import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { listen } from '@mcp-auth/app-sample-kit';
import { SignJWT } from 'jose';
import { portAdvice } from '../options.js';
import type { ClientMetadata } from 'oidc-provider';
import { createProvider, type KnownResource } from './create-provider.js';
import { interact, isInteraction } from './interactions.js';
import { createSigningKey } from './signing-key.js';

/** A client known from the start, for tokens without a user. */
export const knownClient = { id: 'demo', secret: 'demo-secret' } as const;

/** A resource server known from the start, which may ask about tokens (RFC 7662 §2.1). */
export const knownResourceServer = { id: 'resource-server', secret: 'resource-server-secret' } as const;

export interface AuthorizationServer {
  readonly issuer: string;
  /** Makes a resource known, with the scopes that exist there. Its tokens are JWTs by default. Possible at any time. */
  addResource(
    identifier: string,
    scopes: readonly string[],
    accessTokenFormat?: KnownResource['accessTokenFormat'],
  ): void;
  /** Signs an access token outside of any grant, for tests of what must be refused. */
  sign(claims: {
    readonly audience: string;
    readonly subject: string;
    readonly scopes: readonly string[];
    readonly expiresInSeconds: number;
  }): Promise<string>;
  /** Stops listening, as in an outage, until {@link resume}. */
  interrupt(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an authorization server on loopback; port 0 takes any free one.
 *
 * @param clients - further clients it knows from the start
 * @param options - `fetch` fetches documents of clients whose id is an https address
 * @throws {StartupError} when the port cannot be had
 */
export async function startAuthorizationServer(
  port: number,
  clients: readonly ClientMetadata[] = [],
  { fetch }: { readonly fetch?: typeof globalThis.fetch } = {},
): Promise<AuthorizationServer> {
  // The issuer is known once the port is
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const open = (at: number) =>
    listen((request, response) => listener(request, response), at, '127.0.0.1', portAdvice);
  let server = await open(port);
  const issuer = `http://127.0.0.1:${server.port}`;

  const { privateKey, jwk } = await createSigningKey();
  const keyId = randomUUID();
  const resources = new Map<string, KnownResource>();
  const provider = await createProvider({
    issuer,
    signingKey: { ...jwk, kid: keyId },
    clients: [
      withoutUser(knownClient, ['client_credentials']),
      withoutUser(knownResourceServer, []),
      ...clients,
    ],
    resources,
    fetch,
  });
  const callback = provider.callback();
  listener = (request, response) => {
    if (!isInteraction(request)) return void callback(request, response);
    interact(provider, request, response).catch(() => {
      response.writeHead(400, { 'Content-Type': 'text/plain' }).end('This login has expired. Start again.\n');
    });
  };

  return {
    issuer,
    addResource: (identifier, scopes, accessTokenFormat = 'jwt') =>
      void resources.set(identifier, { scopes, accessTokenFormat }),
    sign: ({ audience, subject, scopes, expiresInSeconds }) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ client_id: knownClient.id, scope: scopes.join(' ') })
        .setProtectedHeader({ alg: 'ES256', kid: keyId, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt(Math.min(now, now + expiresInSeconds - 1))
        .setExpirationTime(now + expiresInSeconds)
        .sign(privateKey);
    },
    interrupt: () => server.close(),
    resume: async () => {
      server = await open(server.port);
    },
    close: () => server.close(),
  };
}

function withoutUser(
  { id, secret }: { readonly id: string; readonly secret: string },
  grantTypes: readonly string[],
): ClientMetadata {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: [...grantTypes],
    redirect_uris: [],
    response_types: [],
  };
}

import { createServer, type Server } from 'node:http';
import type { AuthInfo, MCPAuthConfig, MCPAuthEvent } from '@mcp-auth/core';
import { closeServer, listen } from '../http/listen.js';
import type { Emissions } from '../secrets/emissions.js';
import type { SubjectSetup } from '../subject.js';
import { EnginePolicy } from './engine-policy.js';
import { requiredScope, resource, secondResource } from './facts.js';
import { createKeyRing } from './key-ring.js';
import type { PublishedJwk } from './jwk-material.js';
import { Mint } from './mint.js';

const path = '/tenant-a';
const secondPath = '/tenant-b';

/** Two trusted issuers and an attacker over real HTTP, and the server under test between them. */
export class HostileWorld {
  readonly mint: Mint;
  readonly events: MCPAuthEvent[] = [];
  /** Callers that the protected handler has seen, in order. */
  readonly callers: (AuthInfo | undefined)[] = [];
  readonly visits: Record<string, number> = {};
  readonly attackerVisits: Record<string, number> = {};
  /** What decides behind the gate; nothing where scopes alone do. */
  readonly policy: EnginePolicy | undefined;
  readonly #servers: readonly Server[];

  readonly #emissions: Emissions;

  private constructor(
    trusted: Server,
    attacker: Server,
    origin: string,
    attackerOrigin: string,
    emissions: Emissions,
    withPolicy: boolean,
  ) {
    this.#emissions = emissions;
    this.policy = withPolicy ? new EnginePolicy() : undefined;
    const ring = createKeyRing();
    this.#servers = [trusted, attacker];
    this.mint = new Mint(
      {
        issuer: `${origin}${path}`,
        secondIssuer: `${origin}${secondPath}`,
        untrustedIssuer: `${attackerOrigin}${path}`,
        resource,
        secondResource,
        scope: requiredScope,
        now: Math.floor(Date.now() / 1000),
      },
      ring,
    );
    const { attackerEc, attackerRsa, second } = ring.keys;
    publish(trusted, this.visits, [
      [`${origin}${path}`, ring.published],
      [`${origin}${secondPath}`, [second.jwk]],
    ]);
    publish(attacker, this.attackerVisits, [[`${attackerOrigin}${path}`, [attackerEc.jwk, attackerRsa.jwk]]]);
  }

  static async open(emissions: Emissions, withPolicy: boolean): Promise<HostileWorld> {
    const [trusted, attacker] = [createServer(), createServer()];
    const origins = [await listen(trusted), await listen(attacker)] as const;
    return new HostileWorld(trusted, attacker, ...origins, emissions, withPolicy);
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map(closeServer));
  }

  /** The clock stands still: intervals do not pass, and no token expires in the middle of a run. */
  get setup(): SubjectSetup {
    const { issuer, secondIssuer, now } = this.mint.facts;
    const second = { issuer: secondIssuer, type: 'oauth' } as const;
    const rules = this.policy && { operations: this.policy.operations };
    const config: MCPAuthConfig = {
      protectedResources: [
        {
          metadata: {
            resource,
            authorizationServers: [{ issuer, type: 'oauth' }, second],
            scopesSupported: [requiredScope],
          },
        },
        { metadata: { resource: secondResource, authorizationServers: [second] } },
      ],
      now: () => now * 1000,
      onEvent: (event) => {
        this.events.push(event);
        this.#emissions.hear(event);
      },
      log: this.#emissions.logger,
    };
    return {
      config,
      routes: [
        { path: '/mcp', mode: 'jwt', options: { resource, requiredScopes: [requiredScope], ...rules } },
        { path: '/notes', mode: 'jwt', options: { resource: secondResource, ...rules } },
      ],
      openPath: '/open',
      frontHeaders: [],
      handle: (auth) => {
        this.callers.push(auth);
        return { auth: describe(auth), body: null };
      },
    };
  }
}

function describe(auth: AuthInfo | undefined): Record<string, unknown> | null {
  if (auth === undefined) return null;
  const { subject, clientId, issuer, scopes, claims } = auth;
  return { subject, clientId, issuer, scopes, jti: claims.jti };
}

type Tenant = readonly [issuer: string, keys: readonly PublishedJwk[]];

function publish(server: Server, visits: Record<string, number>, tenants: readonly Tenant[]): void {
  const documents = new Map(tenants.flatMap(([issuer, keys]) => describeTenant(issuer, keys)));
  server.on('request', ({ url = '' }, response) => {
    visits[url] = (visits[url] ?? 0) + 1;
    response.writeHead(documents.has(url) ? 200 : 404, { 'content-type': 'application/json' });
    response.end(documents.get(url) ?? '{}');
  });
}

/** RFC 8414 §3.1 inserts the well-known segment before the path. */
function describeTenant(issuer: string, keys: readonly PublishedJwk[]): (readonly [string, string])[] {
  const { pathname } = new URL(issuer);
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  };
  return [
    [`/.well-known/oauth-authorization-server${pathname}`, JSON.stringify(metadata)],
    [`${pathname}/keys`, JSON.stringify({ keys })],
  ];
}

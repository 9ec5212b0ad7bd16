import { ResourceServer } from '../../src/engine/resource-server.js';
import type { OptionsFor } from '../../src/config/verification-mode.js';
import type { AuthServerOptions } from '../../src/config/authorization-server.js';
import type { StoreOptions } from '../../src/config/stores.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { Decision } from '../../src/gate/decision.js';
import type { IntrospectionConfig } from '../../src/config/introspection.js';
import type { FetchFunction, FetchInit } from '../../src/net/fetch-json.js';
import { Keyring } from '../../src/secrets/keyring.js';
import { Sealer } from '../../src/secrets/sealer.js';
import { createClock, type TestClock } from '../support/clock.js';
import { headWith } from '../support/head.js';
import { resource } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

export const opaque = 'opaque-8f3b1c-d29e47a0';
export const secret = 'kept/between us:é&=+%';

/** A call that reached an introspection endpoint. */
export interface Call {
  readonly url: string;
  readonly init: FetchInit;
  readonly form: URLSearchParams;
}

/** What an endpoint says about a token: a body, or a whole response. */
type Reply = Readonly<Record<string, unknown>> | ((call: Call) => Response | Promise<Response>);

/** An introspection endpoint inside the process. */
export class Endpoint {
  readonly calls: Call[] = [];
  readonly answers = new Map<string, Reply>();
  /** Takes the place of all answers. */
  reply: Reply | undefined;

  readonly respond = async (url: string, init: FetchInit): Promise<Response> => {
    const call = { url, init, form: new URLSearchParams(init.body) };
    this.calls.push(call);
    const reply = this.reply ?? this.answers.get(call.form.get('token') ?? '') ?? { active: false };
    return typeof reply === 'function' ? reply(call) : Response.json(reply);
  };
}

export interface Setup {
  readonly clock?: TestClock;
  readonly issuer?: TestIssuer;
  readonly mode?: 'introspection' | 'auto';
  readonly introspection?: Partial<IntrospectionConfig>;
  readonly server?: Partial<AuthServerOptions>;
  readonly options?: Partial<OptionsFor<'introspection'>>;
  readonly fetch?: FetchFunction;
  readonly stores?: StoreOptions | undefined;
}

export interface Introspecting {
  readonly clock: TestClock;
  readonly issuer: TestIssuer;
  readonly endpoint: Endpoint;
  readonly events: MCPAuthEvent[];
  readonly server: ResourceServer;
  readonly ask: (token: string) => Promise<Decision>;
  /** Members of an answer about a good token, changed so; `undefined` removes one. */
  readonly good: (changes?: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

export const authentication = {
  method: 'client_secret_basic',
  clientId: 'resource server',
  clientSecret: secret,
} as const;

/** One resource whose authorization server is discovered and asked; it knows one good token. */
export async function introspecting(setup: Setup = {}): Promise<Introspecting> {
  const clock = setup.clock ?? createClock();
  const issuer = setup.issuer ?? (await TestIssuer.create(clock));
  const endpoint = new Endpoint();
  issuer.metadata.introspection_endpoint = `${issuer.issuer}/introspect`;
  issuer.overrides.set('/introspect', endpoint.respond);
  const events: MCPAuthEvent[] = [];
  const introspection = { clientAuthentication: authentication, ...setup.introspection };
  const server = new ResourceServer({
    protectedResources: {
      metadata: {
        resource,
        authorizationServers: [{ issuer: issuer.issuer, type: 'oauth', ...setup.server, introspection }],
      },
    },
    fetch: setup.fetch ?? issuer.fetch,
    now: clock.now,
    onEvent: (event) => events.push(event),
    stores: setup.stores,
  });
  const gate = server.createGate(setup.mode ?? 'introspection', { resource, ...setup.options });
  const good = (changes: Readonly<Record<string, unknown>> = {}) =>
    JSON.parse(
      JSON.stringify({ active: true, token_type: 'Bearer', ...issuer.claims(), ...changes }),
    ) as Record<string, unknown>;
  endpoint.answers.set(opaque, good());
  return {
    clock,
    issuer,
    endpoint,
    events,
    server,
    good,
    ask: async (token) => gate.authenticate(headWith(`Bearer ${token}`)),
  };
}

/** The codes of faults, in order. */
export function faultsOf(events: readonly MCPAuthEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : []));
}

/** What processes of tests share. */
export const storeSecret = 'a secret of the stores, 32 bytes or more';

/** Where an entry belongs. */
interface EntryPlace {
  readonly issuer: string;
  readonly clientId?: string;
  readonly resource?: string;
}

/** What a process with this secret would have written under a name. */
export function sealAnswer(
  name: string,
  text: string,
  { issuer, clientId = authentication.clientId, resource: of = resource }: EntryPlace,
  by = storeSecret,
): Promise<string> {
  const keyring = new Keyring([() => new TextEncoder().encode(by)]);
  const sealer = new Sealer(keyring, 'mcp-auth stores: seal answers');
  return sealer.seal(text, JSON.stringify([1, name, issuer, clientId, of]));
}

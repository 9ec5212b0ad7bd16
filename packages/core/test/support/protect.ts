import { createHead, type HeadOptions, headWith } from './head.js';
import { parseChallenge, type ParsedChallenge } from './parse-challenge.js';
import { combineFetch, TestIssuer } from './test-issuer.js';
import { createClock, type TestClock } from './clock.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { OptionsFor, VerificationMode } from '../../src/config/verification-mode.js';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import type { ResourceServerModeConfig } from '../../src/config/mcp-auth.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import type { AuthInfo } from '../../src/caller/auth-info.js';
import type { Decision } from '../../src/gate/decision.js';
import type { RefuseDecision } from '../../src/http/answer.js';
import type { Gate } from '../../src/gate/gate.js';
import type { ProtectedResourceConfig } from '../../src/config/protected-resource.js';

export const resource = 'https://api.example.com/mcp';
export const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';

export interface ProtectOptions {
  readonly clock?: TestClock;
  readonly issuer?: TestIssuer;
  /** Entries of `authorizationServers`. Default: the issuer, to be discovered, of type `oauth`. */
  readonly servers?: (issuer: TestIssuer) => readonly AuthServerConfig[];
  readonly others?: readonly TestIssuer[];
  readonly options?: Partial<OptionsFor<'jwt'>>;
  readonly mode?: VerificationMode;
  readonly resource?: Partial<ProtectedResourceConfig>;
  readonly config?: Partial<ResourceServerModeConfig>;
}

/** One protected resource behind one gate, with everything around it under control. */
export interface Protected {
  readonly clock: TestClock;
  readonly issuer: TestIssuer;
  readonly server: ResourceServer;
  readonly gate: Gate;
  /** What its owner hears, but for what goes well with its authorization servers. */
  readonly events: MCPAuthEvent[];
  /** All that its owner hears. */
  readonly heard: MCPAuthEvent[];
  /** Sends a token; without one, a request without credentials. */
  readonly ask: (token?: string) => Promise<Decision>;
  readonly askWith: (head: HeadOptions) => Promise<Decision>;
}

export async function protect(options: ProtectOptions = {}): Promise<Protected> {
  const clock = options.clock ?? createClock();
  const issuer = options.issuer ?? (await TestIssuer.create(clock));
  const events: MCPAuthEvent[] = [];
  const heard: MCPAuthEvent[] = [];
  const authorizationServers = options.servers?.(issuer) ?? [{ issuer: issuer.issuer, type: 'oauth' }];
  const server = new ResourceServer({
    protectedResources: { metadata: { resource, authorizationServers }, ...options.resource },
    fetch: combineFetch(issuer, ...(options.others ?? [])),
    now: clock.now,
    onEvent: (event) => {
      heard.push(event);
      if (event.type !== 'keys' && event.type !== 'dependency') events.push(event);
    },
    ...options.config,
  });
  const gate = server.createGate(options.mode ?? 'jwt', { resource, ...options.options });
  return {
    clock,
    issuer,
    server,
    gate,
    events,
    heard,
    ask: async (token) => gate.authenticate(headWith(token === undefined ? undefined : `Bearer ${token}`)),
    askWith: async (head) => gate.authenticate(createHead(head)),
  };
}

/** What the outside sees of a decision: 200 for a pass. */
export function statusOf(decision: Decision): number {
  return decision.kind === 'allow' ? 200 : decision.status;
}

export function allowed(decision: Decision): AuthInfo {
  if (decision.kind !== 'allow') throw new Error(`refused with ${decision.status}: ${decision.body ?? ''}`);
  if (decision.auth === undefined) throw new Error('passed without an identity');
  return decision.auth;
}

export function refused(decision: Decision): RefuseDecision {
  if (decision.kind !== 'refuse') throw new Error('passed');
  return decision;
}

export function fieldsOf(decision: Decision, name: string): readonly string[] {
  return decision.headers
    .filter(([field]) => field.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}

/** The one challenge of a refusal, read strictly. */
export function challengeOf(decision: Decision): ParsedChallenge['parameters'] {
  const [value, ...more] = fieldsOf(decision, 'www-authenticate');
  if (value === undefined || more.length > 0) throw new Error('not exactly one challenge');
  const challenge = parseChallenge(value);
  if (challenge.scheme !== 'Bearer') throw new Error(`scheme ${challenge.scheme}`);
  return challenge.parameters;
}

export function retryAfterOf(decision: Decision): number {
  return Number(fieldsOf(decision, 'retry-after')[0]);
}

/** The code of the latest refusal, as operators see it. */
export function lastCode(events: readonly MCPAuthEvent[]): string | undefined {
  const refusals = events.filter((event) => event.type === 'decision' && event.outcome === 'deny');
  return refusals.at(-1)?.code;
}

import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { OutageReport } from '../authorization-server/outage-report.js';
import { resolveKeySetSettings } from '../config/jwt-verify-options.js';
import { MCPAuthAuthServerError, type Unavailable } from '../errors/auth-server-error.js';
import { watch } from '../events/watch.js';
import type { ServerEnvironment } from '../net/environment.js';
import { mayShareCalls, withinTime } from '../net/fetch-json.js';
import { postForm } from '../net/post-form.js';
import { Budget } from '../net/retry-budget.js';
import { EndpointCalls } from './endpoint-calls.js';
import { createCacheKey, IntrospectionCache } from './introspection-cache.js';
import type { IntrospectionSettings } from '../config/check-introspection.js';
import {
  type ClientAuthentication,
  createClientAuthentication,
  credentialsFault,
} from './client-authentication.js';
import type { IntrospectionAnswer } from './introspection-response.js';
import { readFormAnswer } from './read-form-answer.js';
import { SeenTokens } from './seen-tokens.js';
import { SharedAnswers } from './shared-answers.js';
import { type SignedResponseRules, signedResponseType } from './signed-response.js';

/** An answer takes a few hundred bytes; a large one carries claims. */
const maxResponseBytes = 64 * 1024;
/** A call ends on its own after its timeout, no matter what becomes of its request. */
const callGraceMs = 5000;

/** Asks one authorization server about tokens (RFC 7662): one call for all who ask about a token at a time. */
export class Introspector {
  readonly #server: AuthorizationServer;
  readonly #environment: ServerEnvironment;
  readonly #settings: IntrospectionSettings;
  readonly #authentication: ClientAuthentication;
  readonly #signed: SignedResponseRules | undefined;
  readonly #calls: EndpointCalls;
  readonly #seen = new SeenTokens();
  readonly #cache: IntrospectionCache | undefined;
  readonly #pending = new Map<string, Promise<IntrospectionAnswer | Unavailable>>();
  /** For faults that no circuit breaker bounds: those that may be a token's. */
  readonly #reports: Budget;
  readonly #outage: OutageReport;

  constructor(settings: IntrospectionSettings, server: AuthorizationServer, environment: ServerEnvironment) {
    const { now, events } = environment;
    this.#server = server;
    this.#environment = environment;
    const { signedAudience, maxConcurrentCalls, cache } = settings;
    this.#settings = settings;
    this.#authentication = createClientAuthentication(settings.clientAuthentication, server.issuer, now);
    if (signedAudience !== undefined) {
      this.#signed = {
        issuer: server.issuer,
        audience: signedAudience,
        keys: server.keys(resolveKeySetSettings()),
      };
    }
    // Made up once: whoever looks at the endpoint's log sees one token that is not in use, and not many
    const probe = `mcp-auth-probe-${crypto.randomUUID()}`;
    this.#calls = new EndpointCalls({
      maxConcurrentCalls,
      maxCallMs: settings.timeoutMs + callGraceMs,
      now,
      probe: async () => {
        const endpoint = await this.#findEndpoint();
        if (typeof endpoint === 'string') await this.#call(endpoint, probe);
      },
    });
    this.#reports = new Budget(3, 60_000, now);
    this.#outage = new OutageReport(server.issuer, 'introspection', environment);
    this.#cache =
      cache &&
      new IntrospectionCache({
        settings: cache,
        signed: signedAudience !== undefined,
        now,
        onPressure: (dropped) => {
          const { maxEntries, maxBytes } = cache;
          events.emit({
            type: 'cache',
            cache: 'introspection',
            issuer: server.issuer,
            maxEntries,
            maxBytes,
            dropped,
          });
        },
        shared:
          environment.answers &&
          new SharedAnswers(environment.answers, {
            issuer: server.issuer,
            clientId: this.#authentication.clientId,
          }),
      });
  }

  /** What the server says about a token now, or as far as the cache may tell. Never throws because of what a token holds. */
  introspect(token: string): Promise<IntrospectionAnswer | Unavailable> {
    if (!mayShareCalls()) return this.#introspect(token);
    const pending = this.#pending.get(token);
    if (pending !== undefined) return pending;
    const started = this.#introspect(token).finally(() => this.#pending.delete(token));
    this.#pending.set(token, started);
    return started;
  }

  /**
   * Resolves when the endpoint is known and there are credentials for it. The endpoint is not called.
   *
   * @throws {MCPAuthAuthServerError}
   */
  async ready(): Promise<void> {
    const endpoint = await this.#findEndpoint();
    if (typeof endpoint !== 'string') throw endpoint.error;
    await this.#withCredentials(
      endpoint,
      () => this.#authentication.ready(),
      () => Promise.resolve(),
    );
    await this.#signed?.keys.ready();
  }

  async #introspect(token: string): Promise<IntrospectionAnswer | Unavailable> {
    const endpoint = await this.#findEndpoint();
    if (typeof endpoint !== 'string') return endpoint;
    const key = await createCacheKey(this.#server.issuer, endpoint, this.#authentication.clientId, token);
    const known = await this.#cache?.get(key);
    const answer = known ?? (await this.#ask(endpoint, token, key));
    if (answer.kind === 'active') this.#seen.add(key);
    else if (answer.kind === 'inactive') this.#seen.delete(key);
    if (known === undefined && answer.kind !== 'unavailable') this.#cache?.put(key, answer);
    return answer;
  }

  async #findEndpoint(): Promise<string | Unavailable> {
    const { endpoint } = this.#settings;
    if (endpoint !== undefined) return endpoint;
    const found = await this.#server.introspectionEndpoint();
    if (typeof found === 'string') return found;
    if (!(found instanceof MCPAuthAuthServerError)) return found;
    if (this.#reports.take()) this.#report(found);
    return { kind: 'unavailable', error: found, retryAfterSeconds: 5 };
  }

  async #ask(endpoint: string, token: string, key: string): Promise<IntrospectionAnswer | Unavailable> {
    const result = await this.#calls.run(this.#seen.has(key), () => this.#call(endpoint, token));
    if (result.kind === 'answered') {
      this.#outage.succeeded();
      return result.answer;
    }
    const { retryAfterSeconds } = result;
    if (result.kind === 'stopped') {
      const error = new MCPAuthAuthServerError('retry_later', `${endpoint} must not be asked again yet`, {
        details: { url: endpoint },
      });
      return { kind: 'unavailable', error, retryAfterSeconds };
    }
    // A token that has gone bad must not speak against the endpoint again and again
    if (result.mayBeToken) this.#seen.fail(key);
    const error = withoutCause(result.cause, endpoint);
    if (result.isCounted || this.#reports.take()) this.#report(error);
    return { kind: 'unavailable', error, retryAfterSeconds };
  }

  #call(url: string, token: string): Promise<IntrospectionAnswer> {
    const { events } = this.#environment;
    return watch(events, this.#server.issuer, 'introspection', () => this.#post(url, token));
  }

  async #post(url: string, token: string): Promise<IntrospectionAnswer> {
    const { fetch, now } = this.#environment;
    const { allowInsecure } = this.#server;
    const headers = { accept: this.#signed === undefined ? 'application/json' : signedResponseType };
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' });
    return this.#withCredentials(
      url,
      () => this.#authentication.apply({ headers, body }),
      async (signal) => {
        const sent = { fetch, headers, body, signal, allowInsecure, maxBytes: maxResponseBytes };
        const answer = await postForm(url, sent);
        const rules = { authentication: this.#authentication, signed: this.#signed };
        return readFormAnswer(answer, rules, { url, token, now: now() / 1000 });
      },
    );
  }

  /** One time limit for both steps; what the first of them takes is not the endpoint's fault. */
  async #withCredentials<T>(
    url: string,
    prepare: () => void | Promise<void>,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { timeoutMs } = this.#settings;
    const step = { isPrepared: false };
    try {
      return await withinTime(url, timeoutMs, async (signal) => {
        await prepare();
        step.isPrepared = true;
        return run(signal);
      });
    } catch (error) {
      const isLate = error instanceof MCPAuthAuthServerError && error.code === 'request_timeout';
      if (step.isPrepared || !isLate) throw error;
      const option = this.#authentication.method === 'bearer' ? 'token' : 'key';
      throw credentialsFault(`clientAuthentication.${option} took longer than ${timeoutMs} ms`);
    }
  }

  #report(error: MCPAuthAuthServerError): void {
    this.#outage.failed(error);
  }
}

/** What a fetch function or a platform throws may repeat the request, and that holds the token and a secret. */
function withoutCause(error: unknown, endpoint: string): MCPAuthAuthServerError {
  if (!(error instanceof MCPAuthAuthServerError)) {
    return new MCPAuthAuthServerError('request_failed', `${endpoint} could not be asked`);
  }
  if (error.cause === undefined) return error;
  return new MCPAuthAuthServerError(error.code, error.message, { details: error.details });
}

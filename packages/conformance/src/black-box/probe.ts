import type { Challenge } from '@mcp-auth/testing';
import type { TokenRecipe } from '../token-recipe.js';
import type { AuditIssuer } from './audit-issuer.js';
import type { BlackBoxExchange, BlackBoxRequest, BlackBoxResponse, JsonRecord } from './exchange.js';
import { headerOf, readChallenges } from './exchange.js';
import { findMetadata, type FoundMetadata } from './find-metadata.js';
import type { BlackBoxRevision } from './model.js';
import { firstCall, writeCall, type McpCall } from './wire.js';

/** What the caller of an audit brings. */
export interface BlackBoxCredentials {
  /** An access token that the server accepts. */
  readonly token?: string | undefined;
  /** One that is good, but lacks the scopes of an operation. */
  readonly tokenWithoutScope?: string | undefined;
  /** The operation that needs more than `tokenWithoutScope` has. */
  readonly operation?: McpCall | undefined;
  /** Scopes that a token of the test issuer needs to be let in. Default: those that the server names. */
  readonly scopes?: readonly string[] | undefined;
}

/** A request to the MCP endpoint, as it differs from that of a client without a token. */
export interface ProbeCall {
  /** A token, presented as clients do. */
  readonly token?: string;
  /** Authorization headers instead. */
  readonly authorization?: readonly string[];
  readonly call?: McpCall;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Appended to the URL. */
  readonly query?: string;
  readonly body?: string;
  readonly type?: string;
}

/** What all cases of one run share. */
export interface Run {
  readonly url: string;
  readonly revision: BlackBoxRevision;
  readonly credentials: BlackBoxCredentials;
  readonly issuer: AuditIssuer | undefined;
  readonly exchange: (request: BlackBoxRequest) => Promise<BlackBoxResponse>;
  readonly secrets: Set<string>;
  /** Milliseconds that may still be waited where the server asks for it. */
  readonly patience: { leftMs: number };
  /** What cases look at more than once. */
  readonly memory: Map<string, Promise<unknown>>;
}

/** What a case sees of the server. */
export class Probe {
  readonly #run: Run;
  /** The last exchange of the case. */
  last: BlackBoxExchange | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  get url(): string {
    return this.#run.url;
  }

  get revision(): BlackBoxRevision {
    return this.#run.revision;
  }

  get credentials(): BlackBoxCredentials {
    return this.#run.credentials;
  }

  /** @throws {Error} where there is none: for cases that need one */
  get issuer(): AuditIssuer {
    const { issuer } = this.#run;
    if (issuer === undefined) throw new Error('There is no test issuer.');
    return issuer;
  }

  get hasIssuer(): boolean {
    return this.#run.issuer !== undefined;
  }

  async send(request: BlackBoxRequest): Promise<BlackBoxResponse> {
    const response = await this.#run.exchange(request);
    this.last = { request, response };
    return response;
  }

  get(url: string, headers: BlackBoxRequest['headers'] = []): Promise<BlackBoxResponse> {
    return this.send({ method: 'GET', url, headers: [['Accept', 'application/json'], ...headers] });
  }

  /** Posts a message to the MCP endpoint. */
  call(sent: ProbeCall = {}): Promise<BlackBoxResponse> {
    const { token, authorization = token === undefined ? [] : [`Bearer ${token}`], call, query = '' } = sent;
    const written = writeCall(call ?? firstCall(this.revision), this.revision);
    const lines = written.headers.filter(([name]) => sent.type === undefined || name !== 'Content-Type');
    return this.send({
      method: 'POST',
      url: `${this.url}${query}`,
      headers: [
        ...authorization.map((value) => ['Authorization', value] as const),
        ...(sent.type === undefined ? [] : [['Content-Type', sent.type] as const]),
        ...lines.filter(([name]) => !(sent.headers ?? []).some(([own]) => own === name)),
        ...(sent.headers ?? []),
      ],
      body: sent.body ?? written.body,
    });
  }

  /** The answer to a client that has no token. */
  async unauthenticated(): Promise<BlackBoxResponse> {
    const exchange = await this.remember('unauthenticated', async () => {
      await this.call();
      return this.last;
    });
    this.last = exchange;
    if (exchange === undefined) throw new Error('No answer.');
    return exchange.response;
  }

  /** The challenge of an answer for bearer tokens. */
  bearer(response: BlackBoxResponse): Challenge | undefined {
    return readChallenges(response)?.find(({ scheme }) => scheme.toLowerCase() === 'bearer');
  }

  /** The metadata of the resource, found as clients find it. */
  async metadata(): Promise<FoundMetadata | undefined> {
    const challenged = await this.unauthenticated();
    const found = await this.remember('metadata', () => findMetadata(this, challenged));
    if (found !== undefined) this.last = found.exchange;
    return found;
  }

  async document(): Promise<JsonRecord | undefined> {
    return (await this.metadata())?.document;
  }

  /** What tokens for this server are made for. */
  async resource(): Promise<string> {
    const named = (await this.document())?.resource;
    return typeof named === 'string' ? named : this.url;
  }

  /** Scopes of a token that is to be let in. */
  async scopes(): Promise<readonly string[]> {
    const { scopes } = this.credentials;
    if (scopes !== undefined) return scopes;
    const supported = (await this.document())?.scopes_supported;
    const listed = Array.isArray(supported) ? supported.filter((each) => typeof each === 'string') : [];
    return [...new Set([...listed, ...(await this.challengedScopes())])];
  }

  /** Scopes that the server asks for before it knows who calls. */
  async challengedScopes(): Promise<readonly string[]> {
    const challenge = this.bearer(await this.unauthenticated());
    const scope = challenge?.parameters.find(({ name }) => name.toLowerCase() === 'scope')?.value;
    return scope?.split(' ').filter((each) => each !== '') ?? [];
  }

  /** A token of the test issuer; without a recipe a good one. */
  async mint(recipe: TokenRecipe = {}, scopes?: readonly string[]): Promise<string> {
    const context = { audience: await this.resource(), scope: (scopes ?? (await this.scopes())).join(' ') };
    const token = this.issuer.mint(recipe, context);
    this.#run.secrets.add(token);
    return token;
  }

  /** Keeps a value out of every report. */
  conceal(secret: string): void {
    this.#run.secrets.add(secret);
  }

  /** A token that is let in: of the test issuer, else the one that was brought. */
  async goodToken(): Promise<string> {
    return this.hasIssuer ? this.mint() : (this.credentials.token ?? '');
  }

  /** A good token that lacks the scopes of the operation. */
  async narrowToken(): Promise<string> {
    const { tokenWithoutScope = '', operation } = this.credentials;
    if (!this.hasIssuer) return tokenWithoutScope;
    return this.mint({}, operation === undefined ? [] : await this.challengedScopes());
  }

  /** Waits as long as an answer asks for, where that is seconds and the patience of the run lasts. Whether it did. */
  async waitFor(response: BlackBoxResponse): Promise<boolean> {
    const seconds = Number(headerOf(response, 'retry-after'));
    const { patience } = this.#run;
    const isForNow = response.status === 503 || response.status === 429;
    if (!isForNow || !(seconds > 0 && seconds <= 10) || patience.leftMs < seconds * 1000) return false;
    patience.leftMs -= seconds * 1000;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return true;
  }

  /** Asks once in a run. */
  remember<Value>(name: string, find: () => Promise<Value>): Promise<Value> {
    const { memory } = this.#run;
    const known = memory.get(name) as Promise<Value> | undefined;
    const found = known ?? find();
    memory.set(name, found);
    // What failed once may be there the next time
    found.catch(() => memory.delete(name));
    return found;
  }
}

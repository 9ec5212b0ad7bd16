import { randomBytes, randomUUID } from 'node:crypto';
import type { IntrospectionConfig } from '@mcp-auth/core';
import { checkOptions } from '../check-options.js';
import { refuseProduction } from '../refuse-production.js';
import { IssuerBehaviour, type BrokenAnswer, type IssuerAnswer, type IssuerEndpoint } from './behaviour.js';
import { activeNames, breakToken, type BrokenTokenName } from './broken-tokens.js';
import {
  answerRequest,
  locate,
  toIntrospectionConfig,
  type EndpointContext,
  type EndpointRequest,
} from './endpoints.js';
import { KeyRing } from './key-ring.js';
import { KnownTokens } from './known-tokens.js';
import { readClaims, signToken } from './sign.js';
import type { TestIssuer, TestIssuerConfig, TestIssuerOptions, TestIssuerRequest } from './test-issuer.js';
import { describeToken, type TokenOptions, type UnsignedToken } from './token-options.js';

const maxRequests = 1000;
const endpoints = ['metadata', 'keys', 'introspection'] as const satisfies readonly IssuerEndpoint[];

/** Names of options that every issuer takes. */
export const issuerOptions = [
  'audience',
  'clock',
  'algorithm',
  'discovery',
] as const satisfies readonly (keyof TestIssuerOptions)[];

/** What both kinds of issuers are; how requests come in is for the kinds to say. */
export abstract class Issuer implements TestIssuer {
  readonly issuer: string;
  readonly introspection: IntrospectionConfig;
  readonly requests: TestIssuerRequest[] = [];
  readonly #options: TestIssuerOptions;
  readonly #keys: KeyRing;
  readonly #tokens = new KnownTokens();
  readonly #context: EndpointContext;
  protected readonly behaviour = new IssuerBehaviour();

  protected constructor(issuer: string, options: TestIssuerOptions) {
    this.issuer = issuer;
    this.#options = options;
    this.#keys = new KeyRing(options.algorithm ?? 'ES256');
    const client = { id: 'resource-server', secret: randomBytes(24).toString('base64url') };
    this.introspection = toIntrospectionConfig(client);
    this.#context = {
      issuer,
      discovery: options.discovery ?? 'both',
      client,
      behaviour: this.behaviour,
      tokens: this.#tokens,
      keys: () => this.#keys.published,
      nowSeconds: () => this.#nowSeconds(),
    };
  }

  get mcpAuthOptions(): TestIssuerConfig {
    const { clock } = this.#options;
    return { authorizationServers: [this.issuer], ...(clock === undefined ? undefined : { now: clock.now }) };
  }

  async mintToken(options: TokenOptions = {}): Promise<string> {
    const described = this.#describe('mintToken', options);
    const token = await signToken(described, this.#keys.signer);
    this.#tokens.add(token, described.claims);
    return token;
  }

  mintOpaqueToken(options: TokenOptions = {}): string {
    const { claims } = this.#describe('mintOpaqueToken', options);
    const token = `opaque-${randomBytes(32).toString('base64url')}`;
    this.#tokens.add(token, claims);
    return token;
  }

  async mintBrokenToken(name: BrokenTokenName, options: TokenOptions = {}): Promise<string> {
    const surroundings = { key: this.#keys.signer, nowSeconds: this.#nowSeconds() };
    const token = await breakToken(name, this.#describe('mintBrokenToken', options), surroundings);
    if (activeNames.has(name)) this.#tokens.add(token, readClaims(token));
    return token;
  }

  revoke(token: string): void {
    if (this.#tokens.revoke(token)) return;
    throw new TypeError('revoke: the token is not one of this issuer, was revoked before, or is broken.');
  }

  rotateKeys(): void {
    this.#keys.rotate();
  }

  withdrawKeys(): void {
    this.#keys.withdraw();
  }

  goDown(): void {
    this.behaviour.goDown();
  }

  comeBack(): void {
    this.behaviour.comeBack();
  }

  answerSlowly(milliseconds: number): void {
    if (!(milliseconds >= 0 && milliseconds <= 600_000)) {
      throw new RangeError('answerSlowly takes milliseconds from 0 to 600000 (10 min).');
    }
    this.behaviour.delayMs = milliseconds;
  }

  answerBroken(kind: BrokenAnswer, endpoint?: IssuerEndpoint): void {
    this.behaviour.break(kind, endpoint === undefined ? endpoints : [endpoint]);
  }

  abstract close(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected answer(request: EndpointRequest): IssuerAnswer {
    const { method, path } = request;
    this.requests.push({ endpoint: locate(path, this.#context) ?? 'other', method, path });
    if (this.requests.length > maxRequests) this.requests.shift();
    return answerRequest(request, this.#context);
  }

  #describe(name: string, options: TokenOptions): UnsignedToken {
    const { audience } = this.#options;
    const nowSeconds = this.#nowSeconds();
    return describeToken(name, options, { issuer: this.issuer, audience, nowSeconds, tokenId: randomUUID() });
  }

  #nowSeconds(): number {
    return Math.floor((this.#options.clock?.now() ?? Date.now()) / 1000);
  }
}

/** What is asked of the surroundings and the options before an issuer is made. */
export function checkIssuer(name: string, options: object, more: readonly string[]): void {
  refuseProduction(name);
  checkOptions(name, options, [...more, ...issuerOptions]);
}

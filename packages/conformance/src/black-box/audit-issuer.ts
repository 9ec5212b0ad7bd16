import { issuerNames, type IssuerBehaviour, type KeyName } from '../issuer/issuer-name.js';
import { mintToken } from '../issuer/mint-token.js';
import { fillValue } from '../issuer/placeholders.js';
import { resourceServer } from '../issuer/resource-server-client.js';
import { TestIssuer } from '../issuer/test-issuer.js';
import type { JsonValue } from '../json.js';
import { mintProof } from '../proof/mint-proof.js';
import type { ProofRecipe } from '../proof-recipe.js';
import { toPlaceholders, type Issuers } from '../runner/issuers.js';
import type { TokenRecipe } from '../token-recipe.js';

/** What a token is made for. */
export interface MintFor {
  readonly audience: string;
  readonly scope: string;
}

/** Older than the key set that the server has: a key that is not in it is then none, and not one that will be. */
const ageSeconds = 300;

const works: IssuerBehaviour = {
  metadata: 'works',
  keys: 'works',
  introspection: 'works',
  signs: 'well',
  revoked: [],
};

/** The keys that a server sees while nothing else is said. */
const published = ['es256', 'rs256', 'ed25519', 'weak-rsa', 'off-curve'] as const;

/**
 * An authorization server on loopback that the judged server trusts for the time of an audit.
 *
 * Does not check: whether the judged server trusts it.
 *
 * @see RFC 8414 §3
 * @example
 * ```ts
 * import { AuditIssuer } from '@mcp-auth/conformance/black-box';
 *
 * const url = 'http://127.0.0.1:3000/mcp';
 * const issuer = await AuditIssuer.start(9100);
 * const token = issuer.mint({ claims: { sub: 'alice' } }, { audience: url, scope: 'notes:read' });
 * const proof = issuer.prove({}, { method: 'POST', url, token, placeholders: issuer.placeholders });
 * await fetch(url, { method: 'POST', headers: { authorization: `DPoP ${token}`, dpop: proof } });
 *
 * // What fails, and what is told of tokens
 * issuer.know('an-opaque-token', { active: false });
 * issuer.rotate();
 * issuer.behave({ keys: 'fails' });
 * issuer.recover();
 * console.log(issuer.count('keys'), issuer.countForeign());
 * await issuer.close();
 * ```
 */
export class AuditIssuer {
  /** Two lines of configuration, for servers of any kind: trust this issuer, and take its keys from here. */
  readonly configuration: readonly [issuer: string, keys: string];
  readonly #issuers: Issuers;
  readonly #opaque = new Map<string, JsonValue>();
  readonly #spare: KeyName[] = [];

  private constructor(issuers: Issuers) {
    this.#issuers = issuers;
    const { identifier } = issuers.primary;
    this.configuration = [`issuer    ${identifier}`, `jwks_uri  ${identifier}/keys`];
    issuers.primary.know(() => Object.fromEntries(this.#opaque));
  }

  static async start(port: number): Promise<AuditIssuer> {
    const started = await Promise.all(
      issuerNames.map((name) => TestIssuer.start(name, name === 'primary' ? port : 0)),
    );
    // Keys are made on first use, and RSA keys take a while: a server that asks for them is in a hurry
    for (const { keys } of started) if (keys.length === 0) throw new TypeError('An issuer without keys.');
    // fromEntries forgets which names it got: all of issuerNames
    return new AuditIssuer(
      Object.fromEntries(started.map((each) => [each.name, each])) as unknown as Issuers,
    );
  }

  /** The issuer identifier to trust. */
  get issuer(): string {
    return this.#issuers.primary.identifier;
  }

  /** What the server may ask the introspection endpoint with. */
  get introspectionClient(): { readonly id: string; readonly secret: string } {
    return resourceServer;
  }

  get placeholders(): Readonly<Record<string, string>> {
    return toPlaceholders(this.#issuers);
  }

  /** A token as a recipe says. */
  mint(recipe: TokenRecipe, { audience, scope }: MintFor): string {
    const nowSeconds = this.nowSeconds;
    return mintToken(recipe, { issuers: this.placeholders, audience, scope, nowSeconds, ageSeconds });
  }

  prove(recipe: ProofRecipe, context: Omit<Parameters<typeof mintProof>[1], 'nowSeconds'>): string {
    return mintProof(recipe, { ...context, nowSeconds: this.nowSeconds });
  }

  /** What the introspection endpoint says of a token from here on. */
  know(token: string, answer: JsonValue): void {
    this.#opaque.set(token, fillValue(answer, this.placeholders, this.nowSeconds));
  }

  /** Another key in addition to those that are published; returns its name. */
  rotate(): `spare-${number}` {
    // Names of spare keys that no recipe uses
    const name = `spare-${5000 + this.#spare.length}` as const;
    this.#spare.push(name);
    this.behave({ publishes: [...published, ...this.#spare] });
    return name;
  }

  behave(behaviour: IssuerBehaviour): void {
    this.#issuers.primary.behave(behaviour);
  }

  /** All as usual again; keys that were added stay. */
  recover(): void {
    for (const issuer of Object.values(this.#issuers)) issuer.behave(works);
    this.behave({ publishes: [...published, ...this.#spare] });
  }

  /** Requests that the trusted issuer got. */
  count(endpoint?: 'metadata' | 'keys' | 'introspection'): number {
    return this.#issuers.primary.count(endpoint);
  }

  /** Requests that issuers got which the server does not trust. */
  countForeign(): number {
    return this.#issuers.foreign.count() + this.#issuers.secondary.count();
  }

  /** Whether the server asks for signed answers (RFC 9701 §4). */
  get asksForSignedAnswers(): boolean {
    return this.#issuers.primary.requests.some(({ text }) =>
      text.includes('application/token-introspection+jwt'),
    );
  }

  get nowSeconds(): number {
    return Math.floor(Date.now() / 1000);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#issuers).map((issuer: TestIssuer) => issuer.close()));
  }
}

/**
 * Starts the issuer that a server has to trust so that its judgement of tokens can be judged too.
 *
 * Its keys are made in this process: a server that trusts it trusts whoever runs the audit. Take the two lines out again afterwards.
 *
 * @param options - `port` to listen on, on 127.0.0.1; default: any free one
 * @throws {Error} when the port cannot be had
 * @see RFC 8414 §3
 * @example
 * ```ts
 * import { auditServer, startAuditIssuer } from '@mcp-auth/conformance/black-box';
 *
 * const issuer = await startAuditIssuer();
 * console.log(issuer.configuration.join('\n'));
 * const result = await auditServer({ url: 'http://127.0.0.1:3000/mcp', issuer });
 * await issuer.close();
 * console.log(result.totals.failed);
 * ```
 */
export function startAuditIssuer({ port = 0 }: { readonly port?: number } = {}): Promise<AuditIssuer> {
  return AuditIssuer.start(port);
}

import type { FetchFunction } from '../../src/net/fetch-json.js';
import type { TestClock } from './clock.js';
import { createKey, signRaw, type SigningKey } from './keys.js';

export type Responder = (url: string, init: Parameters<FetchFunction>[1]) => Response | Promise<Response>;

/** An authorization server inside the process: what it publishes can be changed while it runs. */
export class TestIssuer {
  readonly issuer: string;
  /** Every URL that was asked for, in order. */
  readonly requests: string[] = [];
  /** Answers in place of the ordinary ones, by path. */
  readonly overrides = new Map<string, Responder>();
  /** The metadata document, in wire spelling. */
  readonly metadata: Record<string, unknown>;
  /** Keys in the published set. */
  keys: SigningKey[];
  /** Fields of the key set's response. */
  keySetHeaders: Record<string, string> = {};
  /** Whether every connection fails. */
  down = false;
  readonly #clock: TestClock;

  constructor(issuer: string, clock: TestClock, keys: readonly SigningKey[]) {
    this.issuer = issuer;
    this.#clock = clock;
    this.keys = [...keys];
    this.metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  static async create(clock: TestClock, issuer = 'https://as.example.com'): Promise<TestIssuer> {
    return new TestIssuer(issuer, clock, [await createKey()]);
  }

  get key(): SigningKey {
    const key = this.keys[0];
    if (key === undefined) throw new Error('this issuer has no key');
    return key;
  }

  readonly fetch: FetchFunction = async (url, init) => {
    this.requests.push(url);
    // as a network would: never in the same turn
    await Promise.resolve();
    if (this.down) throw new TypeError('fetch failed');
    const override = this.overrides.get(new URL(url).pathname);
    if (override !== undefined) return override(url, init);
    if (url === this.metadata.jwks_uri) {
      return Response.json({ keys: this.keys.map((key) => key.publicJwk) }, { headers: this.keySetHeaders });
    }
    return isMetadataUrl(url) ? Response.json(this.metadata) : new Response('not found', { status: 404 });
  };

  get keySetRequests(): number {
    return this.requests.filter((url) => url === this.metadata.jwks_uri).length;
  }

  get metadataRequests(): number {
    return this.requests.filter(isMetadataUrl).length;
  }

  /** Replaces all keys by a new one. */
  async rotate(): Promise<SigningKey> {
    const key = await createKey();
    this.keys = [key];
    return key;
  }

  claims(claims: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const now = this.#clock.seconds();
    const usual = {
      iss: this.issuer,
      aud: 'https://api.example.com/mcp',
      sub: 'user-1',
      client_id: 'client-1',
      scope: 'read write',
      jti: 'token-1',
      iat: now,
      exp: now + 300,
    };
    return { ...usual, ...claims };
  }

  /** An access token with the usual claims and these instead; `undefined` removes a claim. */
  async sign(
    claims: Readonly<Record<string, unknown>> = {},
    header: Readonly<Record<string, unknown>> = {},
    key: SigningKey = this.key,
  ): Promise<string> {
    return signRaw(key, this.claims(claims), header);
  }
}

/** One `fetch` for several issuers. */
export function combineFetch(...issuers: readonly TestIssuer[]): FetchFunction {
  return (url, init) => {
    const issuer = issuers.find((candidate) => new URL(candidate.issuer).origin === new URL(url).origin);
    if (issuer === undefined) throw new Error(`no test issuer answers for ${url}`);
    return issuer.fetch(url, init);
  };
}

function isMetadataUrl(url: string): boolean {
  return (
    url.includes('/.well-known/oauth-authorization-server') ||
    url.includes('/.well-known/openid-configuration')
  );
}

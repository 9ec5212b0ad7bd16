import {
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import type { Behaviour, Caller, Setup } from './behaviour.js';

/** A token that is refused, or an outage that is nobody's fault here. */
export class TokenError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

/** Verifies tokens: keys are kept, and fetched again when a token names one that is not among them. */
export class Verifier {
  readonly #setup: Setup;
  readonly #behaviour: Behaviour;
  readonly #keys = new Map<string, readonly JWK[]>();

  constructor(setup: Setup, behaviour: Behaviour) {
    this.#setup = setup;
    this.#behaviour = behaviour;
  }

  async verify(token: string): Promise<Caller> {
    if (token.split('.').length !== 3) return this.#introspect(token);
    const { header, claims } = this.#read(token);
    const behaviour = this.#behaviour;
    if (!behaviour.trustsIssuer(claims.iss, this.#setup)) throw new TokenError(401);
    if (behaviour.checksSignature(header)) await this.#checkSignature(token, header, String(claims.iss));
    const isGood =
      behaviour.hasRightAudience(claims.aud, this.#setup) &&
      behaviour.isCurrent(claims, Date.now() / 1000) &&
      behaviour.isAccessToken(header, claims) &&
      !behaviour.isBound(claims);
    if (!isGood) throw new TokenError(401);
    return { subject: String(claims.sub), scopes: readScopes(claims.scope) };
  }

  #read(token: string): { header: JWTHeaderParameters; claims: JWTPayload } {
    try {
      const [head = '', body = '', signature = ''] = token.split('.');
      const header = decodeProtectedHeader(token) as JWTHeaderParameters;
      // RFC 7515 §2: one spelling, and UTF-8
      const isSpelt = [head, body, signature].every(
        (part) => Buffer.from(part, 'base64url').toString('base64url') === part,
      );
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        Buffer.from(body, 'base64url'),
      );
      const claims: unknown = JSON.parse(text);
      const isObject = typeof claims === 'object' && claims !== null && !Array.isArray(claims);
      if (isSpelt && isObject && !('crit' in header)) return { header, claims: claims as JWTPayload };
    } catch {
      throw new TokenError(this.#behaviour.onUnreadable());
    }
    throw new TokenError(401);
  }

  async #checkSignature(token: string, header: JWTHeaderParameters, issuer: string): Promise<void> {
    const shown = this.#behaviour.keyFromHeader(header);
    const key = shown ?? (await this.#findKey(header, issuer));
    if (key === undefined) throw new TokenError(401);
    try {
      const secret =
        'k' in key
          ? Buffer.from(String(key.k), 'base64url')
          : await importJWK(key as JWK, String(header.alg));
      await compactVerify(token, secret, { algorithms: [...this.#behaviour.algorithms] });
    } catch {
      throw new TokenError(401);
    }
  }

  async #findKey({ kid, alg }: JWTHeaderParameters, issuer: string): Promise<JWK | undefined> {
    const pick = (keys: readonly JWK[] | undefined) =>
      keys?.find(
        (key) =>
          (kid === undefined || key.kid === kid) &&
          (alg === 'HS256' || key.alg === alg || key.alg === undefined),
      );
    const url = this.#behaviour.keysAt(issuer, this.#setup);
    const known = pick(this.#keys.get(url));
    if (known !== undefined || (this.#keys.has(url) && !this.#behaviour.refetchesKeys)) return known;
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    const set =
      answer?.ok === true
        ? ((await answer.json().catch(() => undefined)) as { keys?: JWK[] } | undefined)
        : undefined;
    if (!Array.isArray(set?.keys)) throw new TokenError(this.#behaviour.outageStatus);
    this.#keys.set(url, set.keys);
    return pick(set.keys);
  }

  /** RFC 7662 §2. */
  async #introspect(token: string): Promise<Caller> {
    const { issuer, client } = this.#setup;
    const pair = [client.id, client.secret]
      .map((each) => new URLSearchParams({ '': each }).toString().slice(1))
      .join(':');
    const answer = await fetch(`${issuer}/introspect`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, accept: 'application/json' },
      body: new URLSearchParams({ token }),
      redirect: 'error',
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined);
    const said: unknown = answer?.ok === true ? await answer.json().catch(() => undefined) : undefined;
    if (typeof said !== 'object' || said === null || Array.isArray(said) || 'error' in said)
      throw new TokenError(this.#behaviour.introspectionOutage);
    const claims = said as JWTPayload;
    const behaviour = this.#behaviour;
    const isGood =
      behaviour.isActive(claims) &&
      (claims.iss === undefined || behaviour.trustsIssuer(claims.iss, this.#setup)) &&
      behaviour.hasRightAudience(claims.aud, this.#setup) &&
      behaviour.isCurrent(claims, Date.now() / 1000) &&
      !behaviour.isBound(claims) &&
      /^(?:bearer|undefined)$/i.test(String(claims.token_type));
    if (!isGood || typeof claims.sub === 'object') throw new TokenError(401);
    return { subject: String(claims.sub), scopes: readScopes(claims.scope) };
  }
}

function readScopes(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : [];
}

import { createHash } from 'node:crypto';

/** Claims of one token. */
export type TokenClaims = Readonly<Record<string, unknown>>;

const maxTokens = 10_000;

/** What an issuer knows of the tokens it has made: the newest ones, by a hash, so that no token is kept. */
export class KnownTokens {
  readonly #claims = new Map<string, TokenClaims>();

  add(token: string, claims: TokenClaims): void {
    this.#claims.set(hash(token), claims);
    const [oldest] = this.#claims.keys();
    if (this.#claims.size > maxTokens && oldest !== undefined) this.#claims.delete(oldest);
  }

  /** Whether it was known. */
  revoke(token: string): boolean {
    return this.#claims.delete(hash(token));
  }

  /** RFC 7662 §2.2: all that is said of a token that is not active is that. */
  introspect(token: string, nowSeconds: number): Readonly<Record<string, unknown>> {
    const claims = this.#claims.get(hash(token));
    if (claims === undefined || !isCurrent(claims, nowSeconds)) return { active: false };
    return { active: true, token_type: isBound(claims) ? 'DPoP' : 'Bearer', ...claims };
  }
}

function isCurrent({ exp, nbf }: TokenClaims, nowSeconds: number): boolean {
  if (typeof exp === 'number' && exp <= nowSeconds) return false;
  return !(typeof nbf === 'number' && nbf > nowSeconds);
}

function isBound({ cnf }: TokenClaims): boolean {
  return typeof cnf === 'object' && cnf !== null && 'jkt' in cnf;
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

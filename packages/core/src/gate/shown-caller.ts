import type { DecisionCaller, VerifiedBy } from '../events/decision-event.js';
import { printable } from '../events/facts.js';
import type { Confirmation } from '../token/confirmation.js';
import { hidePartOf } from './own-token.js';
import type { TokenIds } from './token-ids.js';

/** A caller whose token was verified. */
export interface KnownCaller {
  readonly token: string;
  readonly issuer: string;
  readonly subject?: string | undefined;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly verifiedBy?: VerifiedBy | undefined;
  /** What its sender had to prove. */
  readonly confirmation?: Confirmation | undefined;
}

/** What events say of a token, made once. Frozen, and a copy: what a listener does to it grants nothing. */
export interface ShownCaller {
  readonly caller: DecisionCaller;
  readonly granted: readonly string[];
}

/** What events say of callers. */
export class ShownCallers {
  /** By the claims, which are shared by all requests with one token. */
  readonly #shown = new WeakMap<object, ShownCaller & { readonly known: KnownCaller }>();
  readonly #tokenIds: TokenIds | undefined;

  constructor(tokenIds: TokenIds | undefined) {
    this.#tokenIds = tokenIds;
  }

  of(known: KnownCaller): ShownCaller {
    const { claims, expiresAt } = known;
    const before = this.#shown.get(claims);
    if (before !== undefined && isSame(before.known, known)) return before;
    const tokenId = this.#tokenIds?.of(known);
    const { token, issuer, subject, clientId, scopes, verifiedBy } = known;
    const caller = {
      ...toNames(known),
      expiresAt,
      ...(verifiedBy === undefined ? undefined : { verifiedBy }),
      ...(tokenId === undefined ? undefined : { tokenId }),
    };
    const granted = Object.freeze(toScopes(scopes));
    const seen = { token, issuer, subject, clientId, scopes, expiresAt, claims, verifiedBy };
    const shown = { known: seen, caller: Object.freeze(caller), granted };
    this.#shown.set(claims, shown);
    return shown;
  }
}

/** An application may make up callers whose claims are one object. */
function isSame(one: KnownCaller, other: KnownCaller): boolean {
  return (
    one.token === other.token &&
    one.subject === other.subject &&
    one.clientId === other.clientId &&
    one.issuer === other.issuer &&
    one.expiresAt === other.expiresAt &&
    one.verifiedBy === other.verifiedBy &&
    one.scopes === other.scopes
  );
}

/** Some servers name the user of an API key by the key itself. */
function toNames({ token, issuer, subject, clientId }: KnownCaller): Omit<DecisionCaller, 'expiresAt'> {
  const show = (text: string) => printable(hidePartOf(text.slice(0, 201), token));
  return {
    issuer: show(issuer),
    ...(subject === undefined ? undefined : { subject: show(subject) }),
    ...(clientId === '' ? undefined : { clientId: show(clientId) }),
  };
}

function toScopes(scopes: readonly string[]): readonly string[] {
  const shown = scopes.slice(0, 50).map((scope) => printable(scope));
  return scopes.length <= 50 ? shown : [...shown, `… ${scopes.length - 50} more`];
}

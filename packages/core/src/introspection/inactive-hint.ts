import type { KeySource } from '../keys/key-source.js';
import { findSigner } from '../signatures/find-signer.js';
import type { Clock } from '../net/environment.js';
import { withinTime } from '../net/fetch-json.js';
import { Budget } from '../net/retry-budget.js';
import { checkHeader, type HeaderRules } from '../token/algorithms.js';
import { checkTimes, checkTokenKind, type TimeRules } from '../verifier/claim-rules.js';
import { parseJwt } from '../verifier/jwt-syntax.js';

/** Made-up tokens cost a signature and perhaps a fetch of keys this often, and then once in `intervalMs`. */
const looksInARow = 3;
const intervalMs = 60_000;
/** The answer is known already: whoever waits for it must not wait for keys that are slow to come. */
const longestWaitMs = 1000;

const hint =
  "By its signature and its times this is a good token of the authorization server, which says that it is inactive: it was revoked, its session has ended, or the client that asks may not know it. Keycloak answers so unless the client that asks is in the token's aud: name that client as the resource, and let the audience mapper write it.";

export interface InactiveHintOptions {
  /** The keys of the server; none for one that publishes none. */
  readonly keys: KeySource | undefined;
  /** Identifier of the server. */
  readonly authorizationServer: string;
  readonly now: Clock;
}

export interface LookRules {
  readonly header: HeaderRules;
  readonly time: TimeRules;
}

/**
 * For the owner alone: whether a token that its server calls inactive is a good one by all that can be seen without asking. That is
 * how a wrong setting looks, and nothing else tells it from a bad token.
 *
 * Checks: form, JOSE header, kind and times of the token, its signature with a key of the server that was asked.
 * Does not check: audience and scopes. It never changes what becomes of a token, nor is it asked about one that is active.
 *
 * Keys are fetched as for JWTs, so in intervals no matter what tokens say; and only a bounded number of tokens is looked at, none for longer than a second.
 */
export class InactiveHint {
  readonly #options: InactiveHintOptions;
  readonly #looks: Budget;

  constructor(options: InactiveHintOptions) {
    this.#options = options;
    this.#looks = new Budget(looksInARow, intervalMs, options.now);
  }

  /** What to tell the owner, if anything. Never rejects. */
  async find(token: string, rules: LookRules): Promise<string | undefined> {
    const { keys, authorizationServer } = this.#options;
    const jwt = parseJwt(token);
    if (keys === undefined || jwt.kind !== 'parsed') return undefined;
    const { header, claims } = jwt;
    const rejected =
      checkHeader(header, rules.header) ?? checkTokenKind(header, claims) ?? checkTimes(claims, rules.time);
    if (rejected !== undefined || !this.#looks.take()) return undefined;
    try {
      const isGood = await withinTime(authorizationServer, longestWaitMs, () =>
        isSigned(token, header, keys),
      );
      return isGood ? hint : undefined;
    } catch {
      // The token is denied either way, and why there are no keys is not told here
      return undefined;
    }
  }
}

async function isSigned(
  token: string,
  header: Readonly<Record<string, unknown>>,
  keys: KeySource,
): Promise<boolean> {
  // The header rules have refused all other shapes
  const alg = header.alg as string;
  const lookup = await keys.lookup({ kid: header.kid as string | undefined, alg });
  return lookup.kind === 'found' && (await findSigner(token, lookup.keys, alg)) !== undefined;
}

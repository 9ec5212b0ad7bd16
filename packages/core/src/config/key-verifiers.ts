import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { NameHints } from '../errors/unknown-option.js';
import type { VerifyKey } from '../verifier/key-info.js';
import { list, object, withDefaults, type Described } from './check-options.js';
import { callable, kind, lifetimeWithoutExpirySeconds, number, oneOf, text } from './kinds.js';

/** How long what a function said of good keys is kept, and how much of it. Refusals and errors never are. */
export interface KeptVerdictOptions {
  /**
   * Seconds that a key is believed without asking the function again, never past its expiry. 1 to 3600.
   *
   * This is the price: a key that is withdrawn opens the resource for up to as long.
   */
  readonly maxAgeSeconds: number;
  /** Most keys kept at the same time. At least 2. Default: 1000. */
  readonly maxEntries?: number | undefined;
  /** Most memory for them in bytes, estimated. Default: 4194304 (4 MiB). */
  readonly maxBytes?: number | undefined;
}

interface KeyVerifierOptions {
  /**
   * The issuer that callers of this verifier have; a name of your own, such as `https://api.example.com/keys`. It must be that of no
   * authorization server: subjects are unique per issuer only.
   */
  readonly issuer: string;
  /** Says whose a key is. */
  readonly verify: VerifyKey;
  /**
   * Seconds that a key without a stated expiry is good for, counted from each time it is verified. It becomes `expiresAt`, by which streams
   * end. Default: none, such a key is refused. 1 to 31536000 (a year).
   */
  readonly lifetimeWithoutExpirySeconds?: number | undefined;
  /** Keeps what the function says of good keys. Default: none, every request asks. */
  readonly keepVerdicts?: KeptVerdictOptions | undefined;
}

/** A verifier for what begins with a prefix. */
export interface PrefixVerifier extends KeyVerifierOptions {
  /**
   * How its keys begin: at least 3 characters that tokens may have (RFC 6750 §2.1). No prefix of a route may begin with another one, or with
   * `eyJ`, as JWTs do. Default: none, and `kind` must be given.
   */
  readonly prefix: string;
  readonly kind?: never;
}

/** A verifier for what does not have the form of a JWT, and begins with none of the prefixes. */
export interface OpaqueVerifier extends KeyVerifierOptions {
  /**
   * `opaque`: it gets all tokens that do not have the form of a JWT and begin with no prefix of another entry. Default: none, and `prefix` must be
   * given.
   */
  readonly kind: 'opaque';
  readonly prefix?: never;
}

/** What takes tokens in another way than that of the mode. */
export interface PrefixVerifiersOption {
  /**
   * Verifiers for keys of your own, such as API keys, next to that of the mode: each for the tokens that begin with its prefix. Default: none.
   *
   * A token goes to one verifier, by its text alone; what that one refuses is refused. Clients without a token are told of the authorization
   * servers only.
   */
  readonly verifiers?: readonly PrefixVerifier[] | undefined;
}

/** One of a route's verifiers next to that of its mode. */
export type KeyVerifier = PrefixVerifier | OpaqueVerifier;

export const keptVerdictOptions = {
  maxAgeSeconds: { ...number({ unit: 'seconds', min: 1, max: 3600 }), required: true },
  maxEntries: number({ min: 2, whole: true, default: 1000 }),
  maxBytes: number({ unit: 'bytes', min: 65_536, whole: true, default: 4 * 1024 * 1024 }),
} satisfies Described<KeptVerdictOptions>;

/** The limits that checked options stand for. */
export function resolveKeptVerdicts(options: KeptVerdictOptions) {
  const { maxEntries, maxBytes } = withDefaults(options, keptVerdictOptions);
  return { maxAgeMs: options.maxAgeSeconds * 1000, maxEntries, maxBytes };
}

/** RFC 6750 §2.1: characters of a token. Padding stands at its end, where no prefix reaches. */
const tokenStart = /^[\w\-.~+/]{3,}$/;

const prefix = kind<string>(
  'at least 3 characters that tokens may have: letters, digits, and - . _ ~ + /',
  (value) => typeof value === 'string' && tokenStart.test(value),
  { shown: true },
);

const keyVerifierHints: NameHints = {
  renamed: { cache: 'keepVerdicts', lifetimeSeconds: 'lifetimeWithoutExpirySeconds' },
};

export const keyVerifier = object<KeyVerifier>(
  {
    prefix,
    kind: oneOf(['opaque']),
    issuer: { ...text, required: true },
    verify: { ...callable<VerifyKey>('a function that says whose a key is'), required: true },
    lifetimeWithoutExpirySeconds,
    keepVerdicts: object<KeptVerdictOptions>(keptVerdictOptions),
  },
  keyVerifierHints,
);

export const keyVerifiers = list(keyVerifier, { nonEmpty: true });

/** How the header of a JWT begins, encoded (RFC 7515 §3.1). */
const jwtStart = 'eyJ';

/**
 * Checks that each token is one verifier's: one way to select for each, no prefix that reaches into another or into JWTs, and at most one
 * verifier for opaque tokens, where nobody else verifies them.
 *
 * @param mode - how the other tokens of the route are verified
 * @throws {MCPAuthConfigError} `invalid_option`, `unsupported_option`
 */
export function checkKeyVerifiers(verifiers: readonly KeyVerifier[], mode: string): void {
  const starts: [path: string, start: string][] = [];
  for (const [index, { prefix: start, kind: form }] of verifiers.entries()) {
    const path = `verifiers[${index}]`;
    if ((start === undefined) === (form === undefined)) throw unclear(path, start === undefined);
    if (start === undefined) {
      checkOpaque(path, mode, verifiers.findIndex((other) => other.kind !== undefined) < index);
      continue;
    }
    const [otherPath, other] = starts.find(([, seen]) => overlaps(seen, start)) ?? [];
    if (overlaps(start, jwtStart)) {
      throw invalid(
        `${path}.prefix`,
        `must not begin as JWTs do, which begin with "eyJ", but is ${describeValue(start, true)}. Give these keys another prefix, such as "sk_".`,
      );
    }
    if (other !== undefined) {
      throw invalid(
        `${path}.prefix`,
        `must select keys that no other entry selects, but is ${describeValue(start, true)}, and ${otherPath ?? ''}.prefix is ${JSON.stringify(other)}. Write both out until they differ, such as "sk_live_" and "sk_test_".`,
      );
    }
    starts.push([path, start]);
  }
}

function unclear(path: string, isNeither: boolean): MCPAuthConfigError {
  return invalid(
    path,
    isNeither
      ? 'says not which tokens it verifies. Write prefix: "sk_" for what begins with it, or kind: "opaque" for what is not a JWT.'
      : 'has prefix and kind, and a token is selected by one of them. Remove kind; or write two entries.',
  );
}

/** What is not a JWT has a verifier already wherever the mode takes more than JWTs. */
function checkOpaque(path: string, mode: string, isSecond: boolean): void {
  if (isSecond) {
    throw invalid(`${path}.kind`, 'is there twice: a token goes to one verifier. Tell them apart by prefix.');
  }
  if (mode === 'jwt') return;
  throw new MCPAuthConfigError(
    'unsupported_option',
    `${path}.kind`,
    `has no meaning in this mode (${mode}), which verifies opaque tokens itself. Use the mode "jwt", or write prefix instead of kind.`,
  );
}

export function overlaps(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}

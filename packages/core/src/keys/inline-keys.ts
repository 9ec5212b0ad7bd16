import { MCPAuthConfigError } from '../errors/config-error.js';
import { unknownOption } from '../errors/unknown-option.js';
import { isSupportedAlgorithm, supportedAlgorithms } from '../token/algorithms.js';
import { hasKeyId, type KeyLookup, type KeyQuery, type KeySource, selectKeys } from './key-source.js';
import type { KeyProblem } from './key-problem.js';
import { completeKey, hasSecretMember, type PublicJwk, readPublicJwk } from './public-jwk.js';

/** A JWK as a configuration gives it. */
export type JwkInput = Readonly<Record<string, unknown>>;

/** A public key in PEM (SPKI), with the members that PEM cannot express. */
export interface PemKey {
  /** `-----BEGIN PUBLIC KEY-----` … */
  readonly pem: string;
  /** The algorithm the key is used with; PEM does not say. */
  readonly alg: string;
  readonly kid?: string | undefined;
}

/** Keys given in the configuration: a JWK Set, a list of JWKs, or PEM public keys. */
export type InlineKeys = { readonly keys: readonly JwkInput[] } | readonly (JwkInput | PemKey)[];

/** How the keys are used in addition to verification. */
export interface InlineKeyOptions {
  /** Completes each key so that it can be published. Default: false. */
  readonly complete?: boolean | undefined;
}

/**
 * Reads keys given in a configuration.
 *
 * @throws {MCPAuthConfigError} `private_key` for private or symmetric material, `invalid_keys` for anything else that
 * cannot verify a signature. Neither message holds key material.
 */
export function createInlineKeySource(
  input: InlineKeys,
  path: string,
  options: InlineKeyOptions = {},
): InlineKeySource {
  const isSet = !Array.isArray(input);
  const entries: unknown = isSet ? (input as { keys?: unknown }).keys : input;
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new MCPAuthConfigError(
      'invalid_keys',
      path,
      'has no usable key. Give at least one public key as JWK or PEM.',
    );
  }
  const prefix = isSet ? `${path}.keys` : path;
  const read = entries.map((entry, index) => readEntry(entry, `${prefix}[${index}]`));
  return new InlineKeySource(read, options.complete ?? false);
}

type Entry = { readonly jwk: PublicJwk } | { readonly pem: PemKey; readonly path: string };

function readEntry(entry: unknown, path: string): Entry {
  if (/PRIVATE KEY/.test(readPemText(entry) ?? '')) {
    throw new MCPAuthConfigError(
      'private_key',
      path,
      'is a private key. Give the public key; a resource server signs nothing.',
    );
  }
  if (isPemKey(entry)) {
    const unknown = Object.keys(entry).find((name) => !pemMembers.includes(name));
    if (unknown !== undefined) throw unknownOption(unknown, pemMembers, path);
    return { pem: readPem(entry, path), path };
  }
  if (typeof entry === 'object' && entry !== null && hasSecretMember(entry as JwkInput)) {
    throw new MCPAuthConfigError(
      'private_key',
      path,
      'holds private or symmetric key material. Give the public members only.',
    );
  }
  if (readPemText(entry) !== undefined) {
    throw new MCPAuthConfigError(
      'invalid_keys',
      path,
      'does not say its algorithm, which PEM cannot. Give { pem, alg }, for example with alg "RS256".',
    );
  }
  const jwk = readPublicJwk(entry);
  if (typeof jwk === 'object') return { jwk };
  const problem =
    problems[jwk] ?? 'is not an RSA, EC (P-256, P-384, P-521) or Ed25519 public key. See RFC 7517.';
  throw new MCPAuthConfigError('invalid_keys', path, problem);
}

const problems: Partial<Record<KeyProblem, string>> = {
  'weak-rsa':
    'is an RSA key outside 2048 to 8192 bits or with an unsound exponent. Use another key (RFC 8725 §3.5).',
  'off-curve': 'is an EC key whose point is not on its curve. Copy x and y again (RFC 8725 §3.4).',
};

const pemMembers = ['pem', 'alg', 'kid'];

const pemProblems: Readonly<Record<PemProblem['problem'], string>> = {
  none: 'is not an SPKI public key. It must begin with "-----BEGIN PUBLIC KEY-----".',
  several: 'holds several public keys. Give each its own entry.',
  damaged: 'is damaged: between its first and last line a PEM has base64 in lines, and nothing else.',
};

/** What can be known of a PEM without importing it: the rest takes a promise. */
function readPem({ pem, alg, kid }: PemKey, path: string): PemKey {
  const refuse = (problem: string) => new MCPAuthConfigError('invalid_keys', path, problem);
  if (!isSupportedAlgorithm(alg)) {
    throw refuse(`has an alg that is not an algorithm for access tokens: ${supportedAlgorithms.join(', ')}.`);
  }
  if (kid !== undefined && typeof kid !== 'string') throw refuse('has a kid that is not a string.');
  const body = readPublicKeyPem(pem);
  if (typeof body === 'object') throw refuse(pemProblems[body.problem]);
  return { pem: body, alg, kid };
}

/** For callers without TypeScript: PEM that stands alone, or without its algorithm. */
function readPemText(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  const pem = typeof entry === 'object' && entry !== null ? (entry as Partial<PemKey>).pem : undefined;
  return typeof pem === 'string' ? pem : undefined;
}

function isPemKey(entry: unknown): entry is PemKey {
  if (typeof entry !== 'object' || entry === null) return false;
  const { pem, alg } = entry as Partial<Record<keyof PemKey, unknown>>;
  return typeof pem === 'string' && typeof alg === 'string';
}

/** Keys that are there, or will be once PEM is imported, and never change. */
export class InlineKeySource implements KeySource {
  #keys: readonly PublicJwk[] | undefined;
  readonly #entries: readonly Entry[];
  readonly #complete: boolean;
  #loading: Promise<readonly PublicJwk[]> | undefined;

  constructor(entries: readonly Entry[], complete: boolean) {
    this.#entries = entries;
    this.#complete = complete;
    if (!complete && entries.every((entry) => 'jwk' in entry)) this.#keys = entries.map((entry) => entry.jwk);
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    return this.#keys === undefined
      ? this.#load().then((keys) => find(keys, query))
      : find(this.#keys, query);
  }

  lookupAgain(): readonly PublicJwk[] {
    return [];
  }

  findDoubt(): undefined {
    return undefined;
  }

  holds(key: PublicJwk): boolean {
    return this.#keys?.includes(key) ?? false;
  }

  isWithdrawn(): boolean {
    return false;
  }

  async ready(): Promise<void> {
    await this.#load();
  }

  /** All of them. */
  keys(): readonly PublicJwk[] | Promise<readonly PublicJwk[]> {
    return this.#keys ?? this.#load();
  }

  #load(): Promise<readonly PublicJwk[]> {
    this.#loading ??= Promise.all(
      this.#entries.map(async (entry) => {
        const key = await readKey(entry);
        return this.#complete ? completeKey(key) : key;
      }),
    ).then(
      (keys) => (this.#keys = keys),
      (fault: unknown) => {
        this.#loading = undefined;
        throw fault;
      },
    );
    return this.#loading;
  }
}

async function readKey(entry: Entry): Promise<PublicJwk> {
  return 'jwk' in entry ? entry.jwk : importPem(entry);
}

async function importPem({ pem, path }: { readonly pem: PemKey; readonly path: string }): Promise<PublicJwk> {
  const [{ importSPKI }, { exportJWK }] = await Promise.all([
    import('jose/key/import'),
    import('jose/key/export'),
  ]);
  try {
    const exported = await exportJWK(await importSPKI(pem.pem, pem.alg));
    const jwk = readPublicJwk({ ...exported, alg: pem.alg, kid: pem.kid });
    if (typeof jwk === 'object') return jwk;
  } catch (cause) {
    throw new MCPAuthConfigError('invalid_keys', path, `is not a public key for ${pem.alg}.`, { cause });
  }
  throw new MCPAuthConfigError(
    'invalid_keys',
    path,
    `is not a usable public key for ${pem.alg} (RFC 8725 §3.5).`,
  );
}

function find(keys: readonly PublicJwk[], query: KeyQuery): KeyLookup {
  const found = selectKeys(keys, query);
  if (found.length > 0) return { kind: 'found', keys: found, since: 0 };
  return hasKeyId(keys, query) ? { kind: 'unsuitable' } : { kind: 'unknown' };
}

/** RFC 7468 §2: text before and after the encapsulation boundaries is left out, as are spaces around lines. */
const publicKeys = /-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----/g;

/**
 * The body of the one public key in a PEM text, between bare boundaries.
 *
 * Checks: exactly one block, of base64 alone. Does not check: what the base64 says.
 */
function readPublicKeyPem(text: string): string | PemProblem {
  const blocks = [...text.matchAll(publicKeys)].map(([, body = '']) => body.replaceAll(/\s/g, ''));
  const [body, ...others] = blocks;
  if (body === undefined) return { problem: 'none' };
  if (others.length > 0) return { problem: 'several' };
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return { problem: 'damaged' };
  return `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`;
}

interface PemProblem {
  readonly problem: 'none' | 'several' | 'damaged';
}

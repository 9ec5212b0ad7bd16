import type { CryptoKey } from 'jose';
import { isToken68 } from '../credentials/read-credentials.js';
import { checkOptions, either, object, type Described } from './check-options.js';
import { isOptions } from '../errors/plain-object.js';
import { flag, isText, kind, type Kind, number, oneOf, synchronous, text, timeoutMs } from './kinds.js';
import type { JwkInput } from '../keys/inline-keys.js';
import type { SigningAlgorithm } from '../token/algorithms.js';

/** Client id and secret in an HTTP Basic header, each form-encoded first (RFC 6749 §2.3.1). */
export interface ClientSecretBasic {
  readonly method: 'client_secret_basic';
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Client id and secret in the body, for servers that cannot read the other form (RFC 6749 §2.3.1). */
export interface ClientSecretPost {
  readonly method: 'client_secret_post';
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A short-lived assertion signed with a key of this resource server, a new one for each call (RFC 7523 §2.2, §3). */
export interface PrivateKeyJwt {
  readonly method: 'private_key_jwt';
  readonly clientId: string;
  /** Private key: a JWK, a PEM string in PKCS #8 (`-----BEGIN PRIVATE KEY-----`), or a key object of the platform. */
  readonly key: JwkInput | string | CryptoKey;
  /**
   * Algorithm to sign with. Required unless the key is a JWK that says it. Default: the `alg` of a JWK, else what its curve
   * says.
   */
  readonly alg?: SigningAlgorithm | undefined;
  /** Key identifier for the header of the assertion. Default: the `kid` of a JWK. */
  readonly kid?: string | undefined;
  /**
   * `aud` of the assertion; some servers only know the URL of their token endpoint or introspection endpoint. Default: the issuer
   * identifier of the authorization server, the one value that no other server can use.
   */
  readonly audience?: string | undefined;
}

/** An access token of this resource server's own (RFC 7662 §2.1, RFC 6750 §2.1). */
export interface IntrospectionBearer {
  readonly method: 'bearer';
  /**
   * The token, or a function that is asked for it before each call. Without a token in time the answer is 503; what the
   * function takes counts toward `timeoutMs`.
   */
  readonly token: string | (() => string | Promise<string>);
  /** Client identifier the token stands for. Required with `keepAnswers` and `stores.answers`. Default: none; see `signedResponse`. */
  readonly clientId?: string | undefined;
}

/** How this resource server proves to an introspection endpoint who it is (RFC 7662 §2.1 demands that it does). */
export type IntrospectionClientAuthentication =
  | ClientSecretBasic
  | ClientSecretPost
  | PrivateKeyJwt
  | IntrospectionBearer;

/** How long answers of an introspection endpoint are kept. Processes share them with `stores.answers`. */
export interface IntrospectionCacheOptions {
  /**
   * Seconds that an active token is believed without asking again, never past its expiry. 1 to 3600.
   *
   * This is the price: a token that was revoked opens the resource for up to as long.
   */
  readonly activeSeconds: number;
  /**
   * Seconds that an inactive token is refused without asking again. 0 to 3600. Default: 0, always asks.
   *
   * It spares the endpoint repeated bad tokens. A token that becomes active later is refused for up to as long. These answers are
   * kept in this process, never in a store that processes share.
   */
  readonly inactiveSeconds?: number | undefined;
  /** Entries kept in this process, and as many again about inactive tokens; the ones used longest ago go first. Default: 1000. */
  readonly maxEntries?: number | undefined;
  /** Bytes kept in this process, keys and values together. Default: 4194304 (4 MiB). */
  readonly maxBytes?: number | undefined;
}

/** What a signed answer must say (RFC 9701 §5). */
export interface SignedResponseOptions {
  /** `aud` that answers carry for this resource server. Default: its client identifier. */
  readonly audience?: string | undefined;
}

/**
 * How tokens of an authorization server are checked by asking it (RFC 7662).
 *
 * Tokens are sent to this server only. With more than one introspecting server at a resource each needs `selects`.
 */
export interface IntrospectionConfig {
  /** URL of the endpoint. Default: `introspection_endpoint` of the metadata, discovered on first use. */
  readonly endpoint?: string | undefined;
  /** How this resource server proves to the endpoint who it is. */
  readonly clientAuthentication: IntrospectionClientAuthentication;
  /**
   * Demands answers as JWTs signed by the authorization server (RFC 9701); an unsigned answer is then an error. Default:
   * false, plain JSON over TLS.
   */
  readonly signedResponse?: boolean | SignedResponseOptions | undefined;
  /**
   * Which opaque tokens are this server's: a prefix, or a function of the token. Others are never sent to it. Default: all
   * opaque tokens, which is only possible where no other server of the resource introspects.
   *
   * Of several servers the first in the list that selects a token is asked, and no other. A JWT is not asked about: the
   * `iss` in it decides.
   */
  readonly selects?: string | ((token: string) => boolean) | undefined;
  /** Keeps answers. Default: none, every request asks. */
  readonly keepAnswers?: IntrospectionCacheOptions | undefined;
  /** Milliseconds for one call, reading the body included. Default: 5000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Calls under way at the same time; a bounded number of others waits for its turn while the endpoint answers. One half is for tokens
   * that were active in this process before, the other for all others, so that made-up tokens delay nobody's. Default: 32.
   */
  readonly maxConcurrentCalls?: number | undefined;
}

const controlCharacter = /\p{Cc}/u;

/** RFC 6749 Appendix A.1, A.2. */
const credential = kind<string>(
  'a non-empty string without line breaks and other control characters: trim what was read from a file',
  (value) => isText(value) && !controlCharacter.test(value),
);
const neededCredential = { ...credential, required: true };

const token = kind<IntrospectionBearer['token']>(
  'a bearer token (RFC 6750 §2.1), without the word Bearer and without spaces or line breaks around it, or a function',
  (value) => typeof value === 'function' || (typeof value === 'string' && isToken68(value)),
  { required: true },
);

/** The options of each way to authenticate, which has its own members. */
export const clientAuthentications = {
  client_secret_basic: object<ClientSecretBasic>({
    method: oneOf(['client_secret_basic']),
    clientId: neededCredential,
    clientSecret: neededCredential,
  }),
  client_secret_post: object<ClientSecretPost>({
    method: oneOf(['client_secret_post']),
    clientId: neededCredential,
    clientSecret: neededCredential,
  }),
  private_key_jwt: object<PrivateKeyJwt>({
    method: oneOf(['private_key_jwt']),
    clientId: neededCredential,
    // Checked with more to say about it
    key: kind<PrivateKeyJwt['key']>('a private key: a JWK, PKCS #8 PEM or a CryptoKey', () => true),
    alg: kind<SigningAlgorithm>('an asymmetric algorithm, for example "ES256"', () => true),
    kid: credential,
    audience: credential,
  }),
  bearer: object<IntrospectionBearer>({
    method: oneOf(['bearer']),
    token,
    clientId: credential,
  }),
} satisfies { readonly [Method in IntrospectionClientAuthentication['method']]: Kind<never> | object };

const methods = Object.keys(clientAuthentications) as [keyof typeof clientAuthentications];

const clientAuthentication = kind<IntrospectionClientAuthentication>(
  `an object with a method: ${methods.join(', ')} (RFC 7662 §2.1)`,
  isOptions,
  {
    required: true,
    inside: (value, path) => {
      const { method } = value as Partial<IntrospectionClientAuthentication>;
      checkOptions(method, { ...oneOf(methods), shown: false }, `${path}.method`);
      if (method !== undefined) checkOptions(value, clientAuthentications[method], path);
    },
  },
);

export const introspectionCacheOptions = {
  activeSeconds: { ...number({ unit: 'seconds', min: 1, max: 3600, whole: true }), required: true },
  inactiveSeconds: number({ unit: 'seconds', min: 0, max: 3600, whole: true, default: 0 }),
  maxEntries: number({ min: 1, max: 10_000_000, whole: true, default: 1000 }),
  maxBytes: number({ unit: 'bytes', min: 1024, max: 2 ** 32, whole: true, default: 4 * 1024 * 1024 }),
} satisfies Described<IntrospectionCacheOptions>;

export const introspectionConfig = {
  endpoint: text,
  clientAuthentication,
  signedResponse: either(flag, object<SignedResponseOptions>({ audience: text })),
  selects: either<string, (token: string) => boolean>(text, synchronous()),
  keepAnswers: object<IntrospectionCacheOptions>(introspectionCacheOptions, {
    elsewhere: { shared: 'Write stores: { answers, secrets } next to authorizationServers.' },
  }),
  timeoutMs,
  maxConcurrentCalls: number({ min: 2, max: 10_000, whole: true, default: 32 }),
} satisfies Described<IntrospectionConfig>;

export const introspection = object<IntrospectionConfig>(introspectionConfig, {
  renamed: { cache: 'keepAnswers' },
});

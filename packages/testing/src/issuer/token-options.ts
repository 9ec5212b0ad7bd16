import { checkOptions } from '../check-options.js';

/** What a token of a test issuer says. */
export interface TokenOptions {
  /** `sub`, the user. Default: `user-1`. */
  readonly subject?: string | undefined;
  /** `client_id`. Default: `client-1`. */
  readonly clientId?: string | undefined;
  /** `scope`. Default: none. */
  readonly scopes?: readonly string[] | undefined;
  /** `aud`. Default: `audience` of the issuer. */
  readonly audience?: string | readonly string[] | undefined;
  /** Seconds until `exp`, by the clock of the issuer. Default: 300. */
  readonly expiresInSeconds?: number | undefined;
  /** Further claims, and others instead of the usual ones; `undefined` takes a claim out. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Members of the header of a JWT, instead of the usual ones; `undefined` takes one out. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  /** Binds the token to a key of the client (`cnf.jkt`, RFC 9449 §6.1): `boundTo` of a prover. */
  readonly boundTo?: string | undefined;
}

const known = [
  'subject',
  'clientId',
  'scopes',
  'audience',
  'expiresInSeconds',
  'claims',
  'header',
  'boundTo',
] as const satisfies readonly (keyof TokenOptions)[];

/** Claims and header before anybody has signed them. */
export interface UnsignedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What the issuer adds. */
export interface TokenDefaults {
  readonly issuer: string;
  readonly audience: string | undefined;
  readonly nowSeconds: number;
  readonly tokenId: string;
}

/** The claims of RFC 9068 §2.2, and the header of §2.1 without the key. */
export function describeToken(name: string, options: TokenOptions, defaults: TokenDefaults): UnsignedToken {
  checkOptions(name, options, known);
  const { issuer, nowSeconds, tokenId } = defaults;
  const { subject = 'user-1', clientId = 'client-1', scopes = [], expiresInSeconds = 300, boundTo } = options;
  const audience = options.audience ?? defaults.audience;
  if (audience === undefined && !Object.hasOwn(options.claims ?? {}, 'aud')) {
    throw new TypeError(
      `${name}: audience is missing. Name the resource identifier of your server here, or once for all tokens: createTestIssuer({ audience }).`,
    );
  }
  const claims = {
    iss: issuer,
    aud: audience,
    sub: subject,
    client_id: clientId,
    scope: scopes.length === 0 ? undefined : scopes.join(' '),
    iat: nowSeconds,
    exp: nowSeconds + expiresInSeconds,
    jti: tokenId,
    cnf: boundTo === undefined ? undefined : { jkt: boundTo },
    ...options.claims,
  };
  return { header: present({ typ: 'at+jwt', ...options.header }), claims: present(claims) };
}

/** Without the members that are undefined. */
export function present(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

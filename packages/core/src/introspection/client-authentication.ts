import { isToken68 } from '../credentials/read-credentials.js';
import type { Clock } from '../net/environment.js';
import type {
  IntrospectionBearer,
  IntrospectionClientAuthentication,
  PrivateKeyJwt,
} from '../config/introspection.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { CryptoKey } from 'jose';
import { importJWK, importPKCS8 } from 'jose/key/import';
import { isJwk, resolveSigningAlgorithm } from '../config/check-introspection.js';

/** This resource server cannot even ask; its operator acts. */
export function credentialsFault(problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError(
    'introspection_unauthorized',
    `This resource server has no credentials for introspection: ${problem}`,
  );
}

/** A request to an introspection endpoint before it is sent. */
interface IntrospectionRequest {
  readonly headers: Record<string, string>;
  readonly body: URLSearchParams;
}

/** Adds to a request what shows who asks. Holds the secrets; nothing that is printed or turned into JSON shows them. */
export interface ClientAuthentication {
  readonly method: IntrospectionClientAuthentication['method'];
  readonly clientId: string | undefined;
  apply(request: IntrospectionRequest): void | Promise<void>;
  /** Rejects when a key turns out to be unusable. */
  ready(): Promise<void>;
}

/**
 * Creates the authentication that a checked configuration describes.
 *
 * @param issuer - identifier of the authorization server, the audience of assertions
 */
export function createClientAuthentication(
  config: IntrospectionClientAuthentication,
  issuer: string,
  now: Clock,
): ClientAuthentication {
  const { method, clientId } = config;
  switch (config.method) {
    case 'client_secret_basic': {
      const field = `Basic ${btoa(`${formEncode(config.clientId)}:${formEncode(config.clientSecret)}`)}`;
      return {
        method,
        clientId,
        apply: ({ headers }) => {
          headers.authorization = field;
        },
        ready: () => Promise.resolve(),
      };
    }
    case 'client_secret_post': {
      const { clientSecret } = config;
      return {
        method,
        clientId,
        apply: ({ body }) => {
          body.set('client_id', config.clientId);
          body.set('client_secret', clientSecret);
        },
        ready: () => Promise.resolve(),
      };
    }
    case 'private_key_jwt': {
      const sign = createAssertionSigner(config, issuer, now);
      return {
        method,
        clientId,
        apply: async ({ body }) => {
          body.set('client_id', config.clientId);
          body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
          body.set('client_assertion', await sign());
        },
        ready: async () => {
          await sign();
        },
      };
    }
    case 'bearer':
      return {
        method,
        clientId,
        apply: async ({ headers }) => {
          headers.authorization = `Bearer ${await readToken(config)}`;
        },
        ready: async () => {
          await readToken(config);
        },
      };
  }
}

/** RFC 6749 §2.3.1 and Appendix B: id and secret are form-encoded before they are joined. */
function formEncode(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1);
}

async function readToken({ token }: IntrospectionBearer): Promise<string> {
  const value: unknown = typeof token === 'string' ? token : await ask(token);
  if (typeof value === 'string' && isToken68(value)) return value;
  const hint =
    typeof value === 'string' && isToken68(value.trim())
      ? '. Trim it: there is a space or a line break around it'
      : '';
  throw credentialsFault(
    `clientAuthentication.token returned something that is not a bearer token (RFC 6750 §2.1)${hint}`,
  );
}

async function ask(token: () => string | Promise<string>): Promise<unknown> {
  try {
    return await token();
  } catch {
    // What it threw may hold a secret
    throw credentialsFault('clientAuthentication.token threw');
  }
}

/** RFC 7523 §3: an assertion is good for one call that is made now. */
const lifetimeSeconds = 60;

/**
 * Signs client assertions (RFC 7523 §2.2, §3): `iss` and `sub` are the client, `aud` is the authorization server alone, `jti`
 * is new for each.
 *
 * What signs is loaded as soon as it is configured: a resource server that signs nothing does not carry it.
 */
function createAssertionSigner(config: PrivateKeyJwt, issuer: string, now: Clock): () => Promise<string> {
  const { clientId, audience = issuer } = config;
  const alg = resolveSigningAlgorithm(config);
  const kid = config.kid ?? (isJwk(config.key) ? config.key.kid : undefined);
  const header = { alg, ...(typeof kid === 'string' ? { kid } : undefined) };
  let key: CryptoKey | undefined;
  const load = () => import('jose/jwt/sign');
  // What could not be loaded is loaded with the first call, which tells the error
  const loaded = load().catch(() => undefined);
  return async () => {
    const { SignJWT } = (await loaded) ?? (await load());
    key ??= await importKey(config.key, alg);
    const issuedAt = Math.floor(now() / 1000);
    const assertion = new SignJWT()
      .setProtectedHeader(header)
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setJti(crypto.randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds);
    try {
      return await assertion.sign(key);
    } catch {
      // A key may be imported and still be too short, or of another curve
      throw unusable(alg);
    }
  };
}

async function importKey(key: PrivateKeyJwt['key'], alg: string): Promise<CryptoKey> {
  try {
    if (typeof key === 'string') return await importPKCS8(key, alg);
    if (!isJwk(key)) return key;
    const imported = await importJWK({ ...key, kty: String(key.kty), alg });
    if (!(imported instanceof Uint8Array)) return imported;
  } catch {
    // What an import throws may describe the key
  }
  throw unusable(alg);
}

function unusable(alg: string): MCPAuthAuthServerError {
  return credentialsFault(
    `clientAuthentication.key cannot sign with ${alg}. Give a private key of the kind that this algorithm takes; an RSA key needs 2048 bits or more`,
  );
}

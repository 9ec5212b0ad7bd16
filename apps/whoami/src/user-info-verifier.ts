import {
  fetchServerConfig,
  MCPAuthAuthServerError,
  MCPAuthTokenVerificationError,
  type MCPAuthConfig,
  type VerifyAccessToken,
} from '@mcp-auth/express';

export interface UserInfoVerifierOptions {
  /** Issuer identifier of the OpenID provider. */
  readonly issuer: string;
  /** The resource that tokens are taken to be for, because nothing says whom they are for. */
  readonly resource: string;
  /** Has to be written out: every application that users of the provider ever log in to can call this server for them. */
  readonly acceptTokensOfAnyApplication: true;
  readonly fetch?: MCPAuthConfig['fetch'];
}

const timeoutMs = 5000;

/**
 * Verifies a token by using it at the userinfo endpoint of its provider (OpenID Connect Core §5.3).
 *
 * Checks: the provider accepts the token now. Does not check: whom the token was issued for, what it allows, when it
 * expires; the endpoint does not say. A route with this verifier needs `lifetimeWithoutExpirySeconds` and cannot ask for scopes.
 */
export function createUserInfoVerifier(options: UserInfoVerifierOptions): VerifyAccessToken {
  const { issuer, resource, fetch = globalThis.fetch } = options;
  let endpoint: Promise<string> | undefined;

  const findEndpoint = async (): Promise<string> => {
    const { metadata } = await fetchServerConfig(issuer, { type: 'oidc', fetch });
    const { userinfoEndpoint: found } = metadata;
    // Tokens go nowhere without TLS, unless the provider is on this machine
    if (typeof found === 'string' && found.startsWith(new URL(issuer).protocol)) return found;
    throw new MCPAuthAuthServerError('invalid_metadata', `${issuer} names no usable userinfo endpoint.`);
  };

  return async (token) => {
    endpoint ??= findEndpoint();
    const url = await endpoint.catch((error: unknown) => {
      endpoint = undefined;
      throw error;
    });
    const response = await fetch(url, {
      method: 'GET',
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      // A token must not follow a redirect to somebody else
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw new MCPAuthAuthServerError(
        'request_failed',
        `The userinfo endpoint of ${issuer} cannot be reached.`,
      );
    });
    if (response.status === 401 || response.status === 403) {
      throw new MCPAuthTokenVerificationError('rejected_by_verifier');
    }
    const claims = response.status === 200 ? await readClaims(response) : undefined;
    if (claims === undefined) {
      throw new MCPAuthAuthServerError(
        'unexpected_status',
        `The userinfo endpoint of ${issuer} answered with ${response.status}, or not with claims in JSON.`,
      );
    }
    return { issuer, subject: claims.sub, audience: resource, scopes: [], claims };
  };
}

async function readClaims(response: Response): Promise<{ readonly sub: string } | undefined> {
  const claims = (await response.json().catch(() => undefined)) as
    | { readonly sub?: unknown }
    | null
    | undefined;
  return typeof claims?.sub === 'string' ? { ...claims, sub: claims.sub } : undefined;
}

import type { OAuthClientMetadata, OAuthTokens } from '@modelcontextprotocol/client';
import { OAuthSession } from './oauth-session.js';

type Fetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

/** What a server wants of the next login (RFC 9470 §3). */
interface WantedLogin {
  readonly acrValues: string | undefined;
  readonly maxAge: string | undefined;
}

/**
 * A session that logs its user in again where a server wants another login. The official client does not read such a challenge: it
 * refreshes, which changes nothing about the login, asks once more and gives up.
 */
export class StepUpSession extends OAuthSession {
  override readonly clientMetadata: OAuthClientMetadata = {
    ...new OAuthSession().clientMetadata,
    grant_types: ['authorization_code', 'refresh_token'],
  };
  #wanted: WantedLogin | undefined;
  readonly #send: Fetch;

  constructor(send: Fetch = fetch) {
    super();
    this.#send = send;
  }

  /** To be passed to the transport: reads challenges on their way to the client. */
  readonly fetch: Fetch = async (input, init) => {
    const response = await this.#send(input, init);
    this.#wanted = readWantedLogin(response.headers.get('www-authenticate')) ?? this.#wanted;
    return response;
  };

  /** Without the refresh token, while another login is wanted: a refreshed token says the same of it. */
  override tokens(): OAuthTokens | undefined {
    const tokens = super.tokens();
    if (tokens === undefined || this.#wanted === undefined) return tokens;
    return { ...tokens, refresh_token: undefined };
  }

  override saveTokens(tokens: OAuthTokens): void {
    this.#wanted = undefined;
    super.saveTokens(tokens);
  }

  /** RFC 9470 §4: both parameters go on to the authorization server. Many keep a session, and ask nobody without `prompt=login`. */
  override redirectToAuthorization(url: URL): void {
    if (this.#wanted !== undefined) {
      const { acrValues, maxAge } = this.#wanted;
      if (acrValues !== undefined) url.searchParams.set('acr_values', acrValues);
      if (maxAge !== undefined) url.searchParams.set('max_age', maxAge);
      url.searchParams.set('prompt', 'login');
      // They are parameters of OpenID Connect: oidc-provider takes them with this scope only
      const scopes = new Set(['openid', ...(url.searchParams.get('scope') ?? '').split(' ').filter(Boolean)]);
      url.searchParams.set('scope', [...scopes].join(' '));
    }
    super.redirectToAuthorization(url);
  }
}

function readWantedLogin(challenge: string | null): WantedLogin | undefined {
  if (challenge === null || readParameter(challenge, 'error') !== 'insufficient_user_authentication')
    return undefined;
  return { acrValues: readParameter(challenge, 'acr_values'), maxAge: readParameter(challenge, 'max_age') };
}

function readParameter(challenge: string, name: string): string | undefined {
  return new RegExp(`[ ,]${name}="([^"\\\\]*)"`).exec(challenge)?.[1];
}

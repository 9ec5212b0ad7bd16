import { randomBytes } from 'node:crypto';

/** Nobody listens there: whoever logs in stops at this address. */
export const redirectUrl = 'http://localhost:4199/callback';

interface Tokens {
  readonly access_token: string;
  readonly token_type: string;
  readonly refresh_token?: string | undefined;
}

interface Registered {
  readonly client_id: string;
}

/**
 * What an MCP client of TypeScript remembers between its login and its calls. The official SDK and the AI SDK ask for the same
 * members; `C` and `T` are their own words for a client and for tokens.
 */
export class OAuthMemory<C extends Registered, T extends Tokens> {
  readonly redirectUrl = redirectUrl;
  readonly clientMetadata;
  /** Where the client wants the user to go. */
  authorizationUrl: URL | undefined;
  readonly #state = randomBytes(16).toString('hex');
  #client: C | undefined;
  #tokens: T | undefined;
  #codeVerifier = '';

  constructor(authenticatesBy: 'none' | 'client_secret_basic') {
    this.clientMetadata = {
      client_name: 'Interop client',
      redirect_uris: [redirectUrl],
      // As clients are told to, and as most do
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: authenticatesBy,
    };
  }

  readonly state = (): string => this.#state;
  readonly clientInformation = (): C | undefined => this.#client;
  readonly saveClientInformation = (client: C): void => void (this.#client = client);
  readonly tokens = (): T | undefined => this.#tokens;
  readonly saveTokens = (tokens: T): void => void (this.#tokens = tokens);
  readonly codeVerifier = (): string => this.#codeVerifier;
  readonly saveCodeVerifier = (verifier: string): void => void (this.#codeVerifier = verifier);
  readonly redirectToAuthorization = (url: URL): void => void (this.authorizationUrl = url);
}

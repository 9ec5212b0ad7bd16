import { OAuthSession, redirectUrl } from '@mcp-auth/app-demo';
import type { OAuthClientMetadata } from '@modelcontextprotocol/client';

/** What a client in this process remembers for one server. Clients without a store of their own ask for such a thing. */
export class MemoryProvider extends OAuthSession {
  override readonly clientMetadata: OAuthClientMetadata;
  readonly clientMetadataUrl?: string;

  constructor(name: string, { scope, clientMetadataUrl }: { scope?: string; clientMetadataUrl?: string }) {
    super();
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(scope !== undefined && { scope }),
    };
  }

  /**
   * Sends the user where the client wants them, and gives the code that they come back with.
   *
   * @throws {Error} where they come back without one
   */
  async fetchCode(login: (authorizationUrl: URL) => Promise<URL>): Promise<string> {
    if (this.authorizationUrl === undefined) throw new Error('the client sent its user nowhere');
    const { searchParams } = await login(this.authorizationUrl);
    const code = searchParams.get('code');
    if (code === null) throw new Error(searchParams.get('error') ?? 'the user came back without a code');
    return code;
  }
}

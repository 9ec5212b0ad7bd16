import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { queryParameters, redirectTo, responseHeader, responseMembers } from '../lines.js';
import { OAuthSession, redirectUrl } from '../oauth-session.js';
import type { Expectation, Step } from '../scenario.js';
import { authorizationServerName, type Actor, type Stage } from '../stage.js';
import { approve } from '../user-agent.js';

const user = 'alice';

/** How the official client logs in, and its calls after that. */
export interface Login {
  readonly session: OAuthSession;
  readonly steps: readonly Step[];
  /** Calls the actor's tool with what the session holds. */
  readonly callTool: () => Promise<void>;
}

/** The official client is refused, finds its way, and logs in. */
export function logIn(actor: Actor, { recorder }: Stage): Login {
  const session = new OAuthSession();
  const openTransport = (): StreamableHTTPClientTransport =>
    new StreamableHTTPClientTransport(new URL(actor.resource), {
      authProvider: session,
      fetch: recorder.fetchAs('client'),
    });
  const connect = async (transport: StreamableHTTPClientTransport): Promise<Client> => {
    const client = new Client({ name: 'demo', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(transport);
    return client;
  };
  const asks = (
    to: string,
    method: 'GET' | 'POST',
    path: string,
  ): Pick<Expectation, 'from' | 'to' | 'method' | 'path'> => ({
    from: 'client',
    to,
    method,
    path,
  });
  let first: StreamableHTTPClientTransport;
  let answer = new URLSearchParams();

  const steps: readonly Step[] = [
    {
      title: 'The client comes without a token and finds out where to get one',
      act: async () => {
        first = openTransport();
        await connect(first).then(
          () => Promise.reject(new Error('the server let a client in that had no token')),
          (error: unknown) => {
            if (!(error instanceof UnauthorizedError)) throw error;
          },
        );
      },
      expects: [
        {
          title: 'A call without a token is refused, and told where to look',
          ...asks(actor.name, 'POST', '/mcp'),
          status: 401,
          decides: responseHeader('WWW-Authenticate', 'resource_metadata="'),
        },
        {
          title: 'The resource says who may issue tokens for it (RFC 9728)',
          ...asks(actor.name, 'GET', '/.well-known/oauth-protected-resource/mcp'),
          status: 200,
          decides: responseMembers('resource', 'authorization_servers'),
        },
        {
          title: 'The authorization server says what it can do (RFC 8414)',
          ...asks(authorizationServerName, 'GET', '/.well-known/'),
          status: 200,
          decides: responseMembers('issuer', 'registration_endpoint', 'code_challenge_methods_supported'),
        },
        {
          title: 'The client registers itself (RFC 7591)',
          ...asks(authorizationServerName, 'POST', '/reg'),
          status: 201,
          decides: responseMembers('client_id', 'token_endpoint_auth_method'),
        },
      ],
    },
    {
      title: 'The user logs in and allows it',
      act: async () => {
        if (session.authorizationUrl === undefined)
          throw new Error('the client did not send the user anywhere');
        answer = await approve(session.authorizationUrl, { redirectUrl, account: user, recorder });
      },
      expects: [
        {
          title: 'The user is sent to the authorization endpoint, with PKCE and for one resource (RFC 8707)',
          from: 'user agent',
          to: authorizationServerName,
          method: 'GET',
          path: '/auth',
          status: 303,
          decides: queryParameters('response_type', 'code_challenge_method', 'resource', 'scope'),
        },
        {
          title: 'The user presses "Allow"',
          from: 'user agent',
          to: authorizationServerName,
          method: 'POST',
          path: '/interaction/',
          status: 303,
          decides: ({ request }) => `form: ${String(request.body)}`,
        },
        {
          title: 'The user is sent back with a code and the name of its issuer (RFC 9207)',
          from: 'user agent',
          to: authorizationServerName,
          method: 'GET',
          path: '/auth/',
          status: 303,
          decides: redirectTo(redirectUrl, 'code', 'iss'),
        },
      ],
    },
    {
      title: 'The client exchanges the code for a token',
      act: () => first.finishAuth(answer),
      expects: [
        {
          title: 'The client gets an access token',
          ...asks(authorizationServerName, 'POST', '/token'),
          status: 200,
          decides: responseMembers('token_type', 'expires_in', 'scope'),
        },
      ],
    },
  ];
  const callTool = async (): Promise<void> => {
    const client = await connect(openTransport());
    const { structuredContent } = await client.callTool(actor.tool);
    await client.close();
    const caller = actor.readCaller(structuredContent ?? {});
    if (caller !== user) throw new Error(`the server took the caller for ${JSON.stringify(caller)}`);
  };
  return { session, steps, callTool };
}

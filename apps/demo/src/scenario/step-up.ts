import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { administrator } from '../authorization-server/accounts.js';
import { queryParameters, responseHeader, responseMembers, toolAnswer, toolNames } from '../lines.js';
import { OAuthSession, redirectUrl } from '../oauth-session.js';
import type { Expectation, Step } from '../scenario.js';
import { authorizationServerName, type Actor, type Stage } from '../stage.js';
import { approve } from '../user-agent.js';

/** The official client meets a tool that needs more than it has, and gets that by itself. */
export function stepUp(actor: Actor, { recorder }: Stage): Step[] {
  const { adminTool } = actor;
  const session = new OAuthSession();
  const client = new Client({ name: 'demo', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const openTransport = (): StreamableHTTPClientTransport =>
    new StreamableHTTPClientTransport(new URL(actor.resource), {
      authProvider: session,
      fetch: recorder.fetchAs('client'),
    });
  const logIn = async (transport: StreamableHTTPClientTransport): Promise<void> => {
    if (session.authorizationUrl === undefined) throw new Error('the client did not send the user anywhere');
    const answer = await approve(session.authorizationUrl, { redirectUrl, account: administrator, recorder });
    await transport.finishAuth(answer);
  };
  const refused = (call: Promise<unknown>): Promise<void> =>
    call.then(
      () => Promise.reject(new Error('the server let the client in')),
      (error: unknown) => {
        if (!(error instanceof UnauthorizedError)) throw error;
      },
    );
  const token = (title: string): Expectation => ({
    title,
    from: 'client',
    to: authorizationServerName,
    method: 'POST',
    path: '/token',
    status: 200,
    decides: responseMembers('token_type', 'scope'),
  });
  const call = (title: string, status: number, decides: Expectation['decides']): Expectation => ({
    title,
    from: 'client',
    to: actor.name,
    method: 'POST',
    path: '/mcp',
    status,
    decides,
  });
  let transport: StreamableHTTPClientTransport;

  return [
    {
      title: 'An administrator logs in for everyday work',
      act: async () => {
        const first = openTransport();
        const stranger = new Client({ name: 'demo', version: '1.0.0' });
        await refused(stranger.connect(first));
        await logIn(first);
        transport = openTransport();
        await client.connect(transport);
      },
      expects: [token('The client asks for what everybody needs')],
    },
    {
      title: 'The client lists the tools',
      act: async () => {
        await client.listTools();
      },
      expects: [call(`It sees ${adminTool.name}`, 200, toolNames(adminTool.name))],
    },
    {
      title: `The client calls ${adminTool.name}`,
      act: () => refused(client.callTool({ name: adminTool.name, arguments: adminTool.arguments })),
      expects: [
        call(
          `${adminTool.name} needs more: refused, with all it needs in one challenge (RFC 6750)`,
          403,
          responseHeader('WWW-Authenticate', 'error="insufficient_scope"'),
        ),
      ],
      reason: 'insufficient_scope',
    },
    {
      title: 'The user allows it',
      act: () => logIn(transport),
      expects: [
        {
          title: 'The client asks for what it had and what it lacks',
          from: 'user agent',
          to: authorizationServerName,
          method: 'GET',
          path: '/auth',
          status: 303,
          decides: queryParameters('scope'),
        },
        token('It gets a token for both'),
      ],
    },
    {
      title: `The client calls ${adminTool.name} again`,
      act: async () => {
        await client.callTool({ name: adminTool.name, arguments: adminTool.arguments });
        await client.close();
      },
      expects: [call(`${adminTool.name} answers`, 200, toolAnswer(...adminTool.members))],
    },
  ];
}

import { responseHeader, responseMembers, toolAnswer } from '../lines.js';
import type { Expectation, Step } from '../scenario.js';
import { authorizationServerName, type Actor, type Stage } from '../stage.js';
import { logIn } from './log-in.js';

/** A token without any content: the server asks its issuer about it, and learns at once when it is taken back (RFC 7662, 7009). */
export function opaqueToken(actor: Actor, stage: Stage): Step[] {
  const { recorder, authorizationServer } = stage;
  const login = logIn(actor, stage);
  const fetch = recorder.fetchAs('client');

  const getToken = (): string => {
    const token = login.session.tokens()?.access_token ?? '';
    if (token === '' || token.includes('.')) throw new Error('the client got no opaque token');
    return token;
  };
  const callWith = async (token: string): Promise<void> => {
    await fetch(actor.resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: actor.tool }),
    });
  };
  const introspection = (title: string, ...members: string[]): Expectation => ({
    title,
    from: actor.name,
    to: authorizationServerName,
    method: 'POST',
    path: '/token/introspection',
    status: 200,
    decides: responseMembers('active', ...members),
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

  return [
    ...login.steps,
    {
      title: 'The client calls a tool with a token that says nothing',
      act: async () => {
        getToken();
        await login.callTool();
      },
      expects: [
        introspection('The server asks the authorization server about it (RFC 7662)', 'sub', 'aud', 'scope'),
        call(`The tool ${actor.tool.name} knows who calls`, 200, toolAnswer(...actor.members)),
      ],
    },
    {
      title: 'A JWT of the same authorization server, on the same route',
      act: async () => {
        const claims = { subject: 'alice', scopes: actor.scopes, expiresInSeconds: 300 };
        await callWith(await authorizationServer.sign({ audience: actor.resource, ...claims }));
      },
      expects: [
        call('It is verified with the keys of its issuer: accepted', 200, toolAnswer('subject', 'issuer')),
      ],
    },
    {
      title: 'The client gives its token back',
      act: async () => {
        const body = { token: getToken(), client_id: login.session.clientInformation()?.client_id ?? '' };
        await fetch(`${authorizationServer.issuer}/token/revocation`, {
          method: 'POST',
          body: new URLSearchParams(body),
        });
      },
      expects: [
        {
          title: 'The authorization server takes the token back (RFC 7009)',
          from: 'client',
          to: authorizationServerName,
          method: 'POST',
          path: '/token/revocation',
          status: 200,
          decides: ({ request }) => `form: ${String(request.body)}`,
        },
      ],
    },
    {
      title: 'The client calls the tool with the same token',
      act: () => callWith(getToken()),
      expects: [
        call(
          'The very next call with it is refused',
          401,
          responseHeader('WWW-Authenticate', 'error="invalid_token"'),
        ),
        introspection('The server had asked again'),
      ],
      reason: 'inactive_token',
    },
  ];
}

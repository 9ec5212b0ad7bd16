import { knownClient, type AuthorizationServer } from '../authorization-server/authorization-server.js';
import { responseHeader, responseMembers } from '../lines.js';
import type { Expectation, Step } from '../scenario.js';
import { authorizationServerName, otherAuthorizationServerName, type Actor, type Stage } from '../stage.js';

const stranger = 'other client';

/** Three genuine tokens that must not open this server. */
export function refuse(actor: Actor, stage: Stage): Step[] {
  const { recorder, authorizationServer, otherAuthorizationServer, actors } = stage;
  const fetch = recorder.fetchAs(stranger);
  const another = actors.find(({ name }) => name !== actor.name) ?? actor;

  const present = async (token: string): Promise<void> => {
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
  const getToken = async (from: AuthorizationServer, target: Actor): Promise<string> => {
    const response = await fetch(`${from.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${knownClient.id}:${knownClient.secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: target.resource,
        scope: target.scopes.join(' '),
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`${from.issuer} issued no token`);
    return token;
  };
  const refusal = (title: string): Expectation => ({
    title,
    from: stranger,
    to: actor.name,
    method: 'POST',
    path: '/mcp',
    status: 401,
    decides: responseHeader('WWW-Authenticate', 'error="invalid_token"'),
  });
  const issuance = (title: string, to: string): Expectation => ({
    title,
    from: stranger,
    to,
    method: 'POST',
    path: '/token',
    status: 200,
    decides: responseMembers('token_type', 'expires_in'),
  });

  return [
    {
      title: 'An expired token',
      act: async () => {
        await present(
          await authorizationServer.sign({
            audience: actor.resource,
            subject: 'alice',
            scopes: actor.scopes,
            expiresInSeconds: -60,
          }),
        );
      },
      expects: [refusal('A token of the right issuer for this resource, expired a minute ago: refused')],
      reason: 'token_expired',
    },
    {
      title: 'A token for another resource',
      act: async () => present(await getToken(authorizationServer, another)),
      expects: [
        issuance(`Another client gets a token for ${another.name}`, authorizationServerName),
        refusal(`The token for ${another.name}, presented to ${actor.name}: refused`),
      ],
      reason: 'wrong_audience',
    },
    {
      title: 'A token of another issuer',
      act: async () => present(await getToken(otherAuthorizationServer, actor)),
      expects: [
        issuance(`Another issuer gives out a token for ${actor.name}`, otherAuthorizationServerName),
        refusal(`The token of an issuer that ${actor.name} does not trust: refused`),
      ],
      reason: 'untrusted_issuer',
    },
  ];
}

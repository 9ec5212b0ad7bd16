import { setTimeout as wait } from 'node:timers/promises';
import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { responseHeader, toolAnswer } from '../lines.js';
import type { Expectation, Step } from '../scenario.js';
import { newAuthorizationServerName, type Actor, type Stage } from '../stage.js';

const caller = 'other client';

/** Longer than a demonstration should wait; the first Retry-After is far below. */
const maxWaitSeconds = 10;

/** What callers notice of an outage: nothing, where the keys are known; a 503 and no challenge, where they are not. */
export function outage(actor: Actor, stage: Stage): Step[] {
  const { recorder, authorizationServer, newAuthorizationServer } = stage;
  const fetch = recorder.fetchAs(caller);
  let retryAfterSeconds = 0;

  const callWithTokenOf = async (issuer: AuthorizationServer): Promise<Response> => {
    const token = await issuer.sign({
      audience: actor.resource,
      subject: 'alice',
      scopes: actor.scopes,
      expiresInSeconds: 300,
    });
    return fetch(actor.resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: actor.tool }),
    });
  };
  const answer = (title: string, status: number, decides: Expectation['decides']): Expectation => ({
    title,
    from: caller,
    to: actor.name,
    method: 'POST',
    path: '/mcp',
    status,
    decides,
  });

  return [
    {
      title: 'Both authorization servers fail',
      act: async () => {
        await Promise.all([authorizationServer.interrupt(), newAuthorizationServer.interrupt()]);
        await callWithTokenOf(authorizationServer);
      },
      expects: [
        answer(
          'A valid token of the known issuer is accepted while that cannot be reached',
          200,
          toolAnswer('subject', 'issuer'),
        ),
      ],
    },
    {
      title: 'A token of an issuer whose keys were never seen',
      act: async () => {
        const response = await callWithTokenOf(newAuthorizationServer);
        if (response.headers.has('www-authenticate'))
          throw new Error('the client was told to throw its token away');
        retryAfterSeconds = Number(response.headers.get('retry-after'));
      },
      expects: [
        answer(
          'Nobody can tell whether it is good: come back later, with the same token',
          503,
          responseHeader('Retry-After'),
        ),
      ],
      reason: 'authorization_server_unavailable',
    },
    {
      title: 'The authorization servers are back',
      act: async () => {
        await Promise.all([authorizationServer.resume(), newAuthorizationServer.resume()]);
        await wait(Math.min(retryAfterSeconds, maxWaitSeconds) * 1000);
        await callWithTokenOf(newAuthorizationServer);
      },
      expects: [
        answer('The token is accepted at the time that was named', 200, toolAnswer('subject', 'issuer')),
        {
          title: 'The server finds the keys of the new issuer',
          from: actor.name,
          to: newAuthorizationServerName,
          method: 'GET',
          path: '/jwks',
          status: 200,
          decides: responseHeader('Content-Type', 'json'),
        },
      ],
    },
  ];
}

import { responseHeader, responseMembers, toolAnswer } from '../lines.js';
import type { Step } from '../scenario.js';
import { authorizationServerName, type Actor, type Stage } from '../stage.js';
import { logIn } from './log-in.js';

/** The official client is refused, finds its way, logs in, and is let in. */
export function letIn(actor: Actor, stage: Stage): Step[] {
  const login = logIn(actor, stage);
  return [
    ...login.steps,
    {
      title: 'The client calls a tool with the token',
      act: login.callTool,
      expects: [
        {
          title: 'The server finds the keys of its authorization server',
          from: actor.name,
          to: authorizationServerName,
          method: 'GET',
          path: '/.well-known/',
          status: 200,
          decides: responseMembers('issuer', 'jwks_uri'),
        },
        {
          title: 'The keys',
          from: actor.name,
          to: authorizationServerName,
          method: 'GET',
          path: '/jwks',
          status: 200,
          decides: responseHeader('Content-Type', 'json'),
        },
        {
          title: `The tool ${actor.tool.name} knows who calls`,
          from: 'client',
          to: actor.name,
          method: 'POST',
          path: '/mcp',
          status: 200,
          decides: toolAnswer(...actor.members),
        },
      ],
    },
  ];
}

import { administrator } from './authorization-server/accounts.js';
import { knownClient } from './authorization-server/authorization-server.js';
import { describeInspector } from './inspector-command.js';
import type { WrittenSnippets } from './snippets.js';
import type { Stage } from './stage.js';

/** What to paste to try the running servers by hand. */
export function describeServers(
  { authorizationServer, actors }: Pick<Stage, 'authorizationServer' | 'actors'>,
  { folder, snippets }: Pick<WrittenSnippets, 'folder' | 'snippets'>,
  nodeVersion = process.versions.node,
): string {
  const [first] = actors;
  if (first === undefined) return '';
  const inspector = describeInspector(nodeVersion, first.resource);
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: first.tool };
  return `
Everything keeps running until Ctrl-C.

MCP endpoints (Streamable HTTP):
${actors.map(({ name, resource }) => `  ${name.padEnd(14)}${resource}`).join('\n')}
Authorization server:
  ${authorizationServer.issuer}

At the login page, pick a name. Only "${administrator}" may grant what the others may not:
  ${actors.flatMap(({ adminTool }) => adminTool.scopes).join(', ')}

With an editor or an assistant: files for them are in ${folder}
${snippets.map(({ client, path, how }) => `  ${client.padEnd(16)}${path.padEnd(44)}${how}`).join('\n')}
What was tried with which client: docs/guide/clients.md

With the MCP Inspector, in a browser or in a terminal:
  ${inspector.web}
  ${inspector.terminal}
${inspector.note === undefined ? '' : `${inspector.note}\n`}
With curl: get a token for one endpoint, without a user, good for ten minutes
  TOKEN=$(curl -s -u ${knownClient.id}:${knownClient.secret} ${authorizationServer.issuer}/token \\
    -d grant_type=client_credentials -d resource=${first.resource} -d scope='${first.scopes.join(' ')}' \\
    | node -p 'JSON.parse(require("fs").readFileSync(0)).access_token')
and call a tool
  curl -i ${first.resource} -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
    -d '${JSON.stringify(call)}'
For the others, change the endpoint in both commands, and
${actors
  .slice(1)
  .map(
    ({ name, scopes, tool }) =>
      `  ${name.padEnd(14)}scope='${scopes.join(' ')}'  "params":${JSON.stringify(tool)}`,
  )
  .join('\n')}
`;
}

/** Resolves when somebody asks the process to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

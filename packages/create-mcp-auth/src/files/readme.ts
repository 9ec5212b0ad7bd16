import { frameworks } from '../frameworks.js';
import { packageManagers } from '../package-managers.js';
import type { Project } from '../project-options.js';
import { providers } from '../providers.js';
import { portOf } from './environment.js';

/** As `docs/guide/clients.md` names them: on an older Node.js, npx silently takes an Inspector that cannot log in from a terminal. */
const inspector = { version: '2.12.0', node: '22.19' };

/** `README.md`, one screen. */
export function formatReadme(project: Project, documentation: string): string {
  const { name, framework, language, provider, resource, packageManager } = project;
  const { label, host } = frameworks[framework];
  const { run, install, execute } = packageManagers[packageManager];
  const port = portOf(resource);
  return `# ${name}

An MCP server on ${label.replace(/ \(.*/, '')}. [MCP Auth](${documentation}/get-started.md) lets nobody in without an access token that was made for \`${resource.href}\`.

\`\`\`sh
${install}
${provider === 'dev' ? `${run} issuer   # in another terminal, and left running\n` : ''}${run} dev
\`\`\`

Then give \`mcp.json\` to a client, for example \`${execute} @modelcontextprotocol/inspector@${inspector.version} --config mcp.json\`, which needs Node.js ${inspector.node}.
Claude Code reads the file as \`.mcp.json\`, Cursor as \`.cursor/mcp.json\`; for VS Code write \`servers\` instead of \`mcpServers\`, in \`.vscode/mcp.json\`. The
client opens the login by itself.

| Tool         | Scopes                      |
| ------------ | --------------------------- |
| \`list-notes\` | \`notes:read\`                |
| \`add-note\`   | \`notes:read\`, \`notes:write\` |

The first login asks for \`notes:read\` only. At the first \`add-note\` the server answers 403 and names what is missing; the client asks its user, and calls again.

| File                           | What is in it                                     |
| ------------------------------ | ------------------------------------------------- |
| \`src/mcp-server.${language}\`            | the tools                                         |
| \`src/access.${language}\`                | which scopes they need                            |
| \`src/authorization-server.${language}\`  | who issues tokens                                 |
| \`src/${host === 'next' ? 'routes' : 'app'}.${language}\`                   | the route, and what stands before it              |
| \`test/app.test.${language}\`             | who is let in, and who is not: \`${run} test\` |

## Settings

They come from the environment; on this machine from \`.env\`, which \`.env.example\` explains.

${formatProviderNotes(provider, documentation)}

## Run it elsewhere

\`\`\`sh
docker build -t ${name} .
docker run -p ${port}:${port} --env RESOURCE=https://mcp.example.com/mcp --env PORT=${port}${listSettings(provider)} ${name}
\`\`\`

\`RESOURCE\` is the \`https\` URL that clients use. A proxy in front takes care of TLS; its path, and the one of the
[metadata](${documentation}/guide/behind-a-gateway.md), must lead here.
`;
}

function listSettings(name: Project['provider']): string {
  const { settings } = providers[name];
  const { settings: general } = providers.other;
  // The practice issuer is on this machine, and a container is not
  return (name === 'dev' ? general : settings).map((setting) => ` --env ${setting.name}=…`).join('');
}

function formatProviderNotes(name: Project['provider'], documentation: string): string {
  const { label, page } = providers[name];
  const link = `${documentation}/${page}.md`;
  if (name === 'dev') {
    return `The [practice issuer](${link}) is for this machine: it has users and no passwords. For everybody else set \`ISSUER\` to your provider. It has to know the
scopes above, and to write \`RESOURCE\` into \`aud\` of its tokens: [providers](${documentation}/providers/index.md).`;
  }
  const who = name === 'other' ? 'Your provider' : label;
  return `${who} has to know the scopes above, and to write \`RESOURCE\` into \`aud\` of its tokens: [what to set there](${link}).`;
}

import { McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { names } from './contract.js';
import type { Challenges } from './mechanism.js';

/** The tool, resources and prompt that conformance tests expect. */
export function createServer({ tool, staticResource, template, prompt }: Challenges): McpServer {
  const server = new McpServer({ name: 'scope-fixture', version: '1.0.0' });
  server.registerTool(
    names.tool,
    { description: 'Answers with a fixed text.', ...(tool && { scopeChallenge: tool }) },
    () => ({ content: [{ type: 'text', text: 'This is a simple text response for testing.' }] }),
  );
  server.registerResource(
    'static-text',
    names.staticResource,
    { mimeType: 'text/plain', ...(staticResource && { scopeChallenge: staticResource }) },
    ({ href }) => ({
      contents: [
        { uri: href, mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
      ],
    }),
  );
  server.registerResource(
    'template',
    new ResourceTemplate(names.template, { list: undefined }),
    { mimeType: 'application/json', ...(template && { scopeChallenge: template }) },
    ({ href }, { id }) => {
      const data = { id, templateTest: true, data: `Data for ID: ${String(id)}` };
      return { contents: [{ uri: href, mimeType: 'application/json', text: JSON.stringify(data) }] };
    },
  );
  server.registerPrompt(
    names.prompt,
    { description: 'A fixed prompt.', ...(prompt && { scopeChallenge: prompt }) },
    () => ({
      messages: [{ role: 'user', content: { type: 'text', text: 'This is a simple prompt for testing.' } }],
    }),
  );
  return server;
}

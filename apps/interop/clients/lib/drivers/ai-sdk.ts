import {
  auth,
  createMCPClient,
  UnauthorizedError,
  type MCPClient,
  type OAuthClientProvider,
} from '@ai-sdk/mcp';
import { readAnswer, type ForeignClient } from '../foreign-client.js';
import { installedVersion } from '../installed-version.js';
import { MemoryProvider } from '../memory-provider.js';

/** The MCP client of the AI SDK. */
export const aiSdk: ForeignClient = {
  name: '@ai-sdk/mcp',
  version: installedVersion('@ai-sdk/mcp'),
  asksForOfflineAccess: false,
  stepUp: {
    kind: 'not',
    says: /HTTP 403/,
    why: 'it reads the challenge of a 401 only; a 403 is an error for its caller',
  },

  async open({ resource, login, scope, ...settings }) {
    const memory = new MemoryProvider('AI SDK', settings);
    // Its own types for the same documents
    const provider = memory as unknown as OAuthClientProvider;
    const connect = (): Promise<MCPClient> =>
      createMCPClient({ transport: { type: 'http', url: resource, authProvider: provider } });

    const logIn = async (): Promise<void> => {
      await auth(provider, { serverUrl: resource, authorizationCode: await memory.fetchCode(login) });
    };

    // A scope of the caller's choice is asked for before the server says which it wants
    if (scope !== undefined) {
      await auth(provider, { serverUrl: resource, scope });
      await logIn();
    }
    const client = await connect().catch(async (error: unknown) => {
      if (!(error instanceof UnauthorizedError)) throw error;
      await logIn();
      return connect();
    });
    return {
      listTools: async () => (await client.listTools()).tools.map(({ name }) => name),
      callTool: async (name, args) => {
        const tool = (await client.tools())[name];
        if (tool === undefined) throw new Error(`there is no tool ${name}`);
        return readAnswer(
          (await tool.execute({ ...args }, { messages: [], toolCallId: 'interop' })) as object,
        );
      },
      close: () => client.close(),
    };
  },
};

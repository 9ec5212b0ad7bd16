import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { readAnswer, type ForeignClient } from '../foreign-client.js';
import { installedVersion } from '../installed-version.js';
import { MemoryProvider } from '../memory-provider.js';

type Options = NonNullable<ConstructorParameters<typeof StreamableHTTPClientTransport>[1]>;

/** The official TypeScript client, version 1. */
export const officialV1: ForeignClient = {
  name: '@modelcontextprotocol/sdk',
  version: installedVersion('@modelcontextprotocol/sdk'),
  asksForOfflineAccess: false,
  stepUp: {
    kind: 'not',
    says: /403 after trying upscoping/,
    why: 'it refreshes its token, which gives it no further scope, and gives up; without a refresh token it asks its user',
  },

  async open({ resource, login, scope, ...settings }) {
    const memory = new MemoryProvider('Official client, version 1', settings);
    // Written for version 2, whose provider differs from this one's in types only
    const provider = memory as unknown as NonNullable<Options['authProvider']>;
    const connect = async (): Promise<Client> => {
      const client = new Client({ name: 'interop', version: '1.0.0' });
      const transport = new StreamableHTTPClientTransport(new URL(resource), { authProvider: provider });
      await client.connect(transport);
      return client;
    };
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
      callTool: async (name, args) => readAnswer(await client.callTool({ name, arguments: { ...args } })),
      close: () => client.close(),
    };
  },
};

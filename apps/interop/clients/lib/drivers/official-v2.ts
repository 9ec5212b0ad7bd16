import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { readAnswer, type ForeignClient } from '../foreign-client.js';
import { installedVersion } from '../installed-version.js';
import { MemoryProvider } from '../memory-provider.js';

/** The official TypeScript client, version 2. */
export const officialV2: ForeignClient = {
  name: '@modelcontextprotocol/client',
  version: installedVersion('@modelcontextprotocol/client'),
  asksForOfflineAccess: true,
  stepUp: { kind: 'by itself' },

  async open({ resource, login, ...settings }) {
    const provider = new MemoryProvider('Official client, version 2', settings);
    const openTransport = (): StreamableHTTPClientTransport =>
      new StreamableHTTPClientTransport(new URL(resource), { authProvider: provider });
    const newClient = (): Client =>
      new Client({ name: 'interop', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    /** Lets the user in, when that is what the client wants, and does it again. */
    const withLogin = async <T>(
      transport: StreamableHTTPClientTransport,
      act: () => Promise<T>,
      again = act,
    ) => {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof UnauthorizedError) || provider.authorizationUrl === undefined) throw error;
        await transport.finishAuth((await login(provider.authorizationUrl)).searchParams);
        return again();
      }
    };

    const first = openTransport();
    let transport = first;
    const client = await withLogin(
      first,
      async () => {
        const stranger = newClient();
        await stranger.connect(first);
        return stranger;
      },
      async () => {
        // A transport that was started once cannot be started again
        const known = newClient();
        transport = openTransport();
        await known.connect(transport);
        return known;
      },
    );
    return {
      listTools: async () => (await client.listTools()).tools.map(({ name }) => name),
      callTool: async (name, args) =>
        readAnswer(await withLogin(transport, () => client.callTool({ name, arguments: { ...args } }))),
      close: () => client.close(),
    };
  },
};

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator } from '../src/authorization-server/accounts.js';
import { cast } from '../src/cast.js';
import { OAuthSession, redirectUrl } from '../src/oauth-session.js';
import { setStage, type Actor, type Stage } from '../src/stage.js';
import { approve } from '../src/user-agent.js';
import { findActor } from './call-tool.js';

type Provider = NonNullable<
  NonNullable<ConstructorParameters<typeof StreamableHTTPClientTransport>[1]>['authProvider']
>;

/** The client of SDK version 1, which asks for exactly what a challenge names. */
describe.each(cast.map(({ name, framework }) => ({ name, framework })))(
  'a client of SDK version 1 that calls $name on $framework',
  ({ name }) => {
    let stage: Stage;
    let actor: Actor;
    beforeAll(async () => {
      stage = await setStage(0);
      actor = findActor(stage, name);
    });
    afterAll(() => stage.close());

    it('steps up for a tool that needs more, and keeps the scopes it had [MCP-2025-11-25-RS-023]', async () => {
      const session = new OAuthSession();
      const open = () =>
        new StreamableHTTPClientTransport(new URL(actor.resource), {
          // Written for version 2 of the SDK, whose provider differs from this one's in types only
          authProvider: session as unknown as Provider,
        });
      const logIn = async (transport: StreamableHTTPClientTransport): Promise<void> => {
        const { recorder } = stage;
        const url = session.authorizationUrl ?? expect.fail('the client did not send the user anywhere');
        const answer = await approve(url, { redirectUrl, account: administrator, recorder });
        await transport.finishAuth(answer.get('code') ?? '');
      };
      const granted = (): string[] => session.tokens()?.scope?.split(' ').sort() ?? [];
      const first = open();
      const stranger = new Client({ name: 'test', version: '1.0.0' });
      await expect(stranger.connect(first as Parameters<Client['connect']>[0])).rejects.toThrow(
        UnauthorizedError,
      );
      await logIn(first);
      const before = granted();
      expect(before).not.toEqual([]);

      const client = new Client({ name: 'test', version: '1.0.0' });
      const transport = open();
      await client.connect(transport);
      const { tools } = await client.listTools();
      expect(tools.map((tool) => tool.name)).toContain(actor.adminTool.name);

      const { name: tool, arguments: args, scopes } = actor.adminTool;
      await expect(client.callTool({ name: tool, arguments: args })).rejects.toThrow(UnauthorizedError);
      await logIn(transport);
      expect(granted()).toEqual([...before, ...scopes].sort());
      expect((await client.callTool({ name: tool, arguments: args })).isError).not.toBe(true);
      expect((await client.callTool(actor.tool)).isError).not.toBe(true);
      await client.close();
    });
  },
);

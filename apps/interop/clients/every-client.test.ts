import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator } from '../../demo/src/authorization-server/accounts.js';
import { cast } from '../../demo/src/cast.js';
import { setStage, type Actor, type Stage } from '../../demo/src/stage.js';
import { demoUser } from './lib/demo-user.js';
import { aiSdk } from './lib/drivers/ai-sdk.js';
import { officialV1 } from './lib/drivers/official-v1.js';
import { officialV2 } from './lib/drivers/official-v2.js';
import { fastMcp, pythonMcp } from './lib/drivers/python.js';
import { visit } from './lib/user-agent.js';

const clients = [officialV2, officialV1, aiSdk, pythonMcp, fastMcp];
let stage: Stage;
beforeAll(async () => {
  stage = await setStage(0);
});
afterAll(() => stage.close());

describe.each(clients)('$name $version', (client) => {
  describe.each(cast.map(({ name, framework }) => ({ name, framework })))(
    'at $name on $framework',
    ({ name }) => {
      const actor = (): Actor => stage.actors.find((candidate) => candidate.name === name) as Actor;

      it('stays outside when its user denies it', async () => {
        const login = (url: URL) => visit(url, demoUser('alice', 'deny'));
        await expect(client.open({ resource: actor().resource, login })).rejects.toThrow();
      });

      it('logs in, lists, calls, and steps up', async () => {
        const { resource, tool, adminTool, readCaller } = actor();
        const asked: string[] = [];
        const login = (url: URL) => {
          asked.push(url.searchParams.get('scope') ?? 'none');
          return visit(url, demoUser(administrator));
        };
        const session = await client.open({ resource, login });
        expect(await session.listTools()).toContain(adminTool.name);
        expect(readCaller(await session.callTool(tool.name, tool.arguments))).toBe(administrator);
        if (client.stepUp.kind === 'by itself') {
          const answer = await session.callTool(adminTool.name, adminTool.arguments);
          expect(Object.keys(answer)).toEqual(expect.arrayContaining([...adminTool.members]));
        } else {
          await expect(session.callTool(adminTool.name, adminTool.arguments)).rejects.toThrow(
            client.stepUp.says,
          );
          await session.close();
          const again = await client.open({ resource, login, scope: actor().scopes.join(' ') });
          const answer = await again.callTool(adminTool.name, adminTool.arguments);
          expect(Object.keys(answer)).toEqual(expect.arrayContaining([...adminTool.members]));
          await again.close();
        }
        console.log(client.name, name, asked);
        await session.close();
      });
    },
  );
});

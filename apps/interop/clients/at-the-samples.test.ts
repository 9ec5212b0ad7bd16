import { administrator, setStage, type Actor, type Stage } from '@mcp-auth/app-demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clients, samplesOf } from './lib/clients.js';
import { demoUser } from './lib/demo-user.js';
import type { ForeignClient, Session } from './lib/foreign-client.js';
import { logIn } from './lib/log-in.js';

/** Those that this run tries, and why it cannot try one. */
const tried = await Promise.all(
  clients
    .filter((client) => samplesOf(client).length > 0)
    .map(async (client) => ({ client, missing: await client.missing?.() })),
);

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(0);
});
afterAll(() => stage.close());

for (const { client, missing } of tried) {
  const title = `${client.name} ${client.version}`;
  if (missing === undefined) {
    for (const sample of samplesOf(client))
      describe(`${title} at ${sample}`, () => describeClient(client, () => findActor(sample)));
  } else {
    it.skip(`${title} at the samples: ${missing}`, () => undefined);
  }
}

function describeClient(client: ForeignClient, actor: () => Actor): void {
  let session: Session | undefined;
  const asked: (readonly string[])[] = [];
  const open = async (scope?: string): Promise<void> => {
    await session?.close();
    session = await logIn(client, {
      resource: actor().resource,
      answer: demoUser(administrator),
      onScopes: (scopes) => asked.push(scopes),
      ...(scope !== undefined && { scope }),
    });
  };
  const current = (): Session => session ?? expect.fail('the client is not logged in');
  const callAdminTool = (): ReturnType<Session['callTool']> =>
    current().callTool(actor().adminTool.name, actor().adminTool.arguments);
  const expectAnswer = (answer: Readonly<Record<string, unknown>>): void =>
    expect(Object.keys(answer)).toEqual(expect.arrayContaining([...actor().adminTool.members]));
  afterAll(() => session?.close());

  it('stays outside when its user denies it', async () => {
    const denied = logIn(client, { resource: actor().resource, answer: demoUser('alice', 'deny') });
    await expect(denied).rejects.toThrow(/access_denied|denied the request|[Aa]ccess was denied/);
  });

  it('logs in with the scopes that the server names', async () => {
    await open();
    expect(asked).toHaveLength(1);
    const { scopes, adminTool } = actor();
    expect(asked[0]).toEqual([
      ...scopes.filter((scope) => !adminTool.scopes.includes(scope)),
      ...(client.asksForOfflineAccess ? ['offline_access'] : []),
    ]);
  });

  it('lists the tools', async () => {
    expect(await current().listTools()).toContain(actor().adminTool.name);
  });

  it('calls a tool, which knows who calls', async () => {
    const { tool, readCaller } = actor();
    expect(readCaller(await current().callTool(tool.name, tool.arguments))).toBe(administrator);
  });

  if (client.stepUp.kind === 'by itself') {
    it('steps up when a tool needs more, and asks for what it had as well', async () => {
      expectAnswer(await callAdminTool());
      expect(asked).toHaveLength(2);
      expect(asked[1]).toEqual(expect.arrayContaining([...(asked[0] ?? []), ...actor().adminTool.scopes]));
    });
    return;
  }

  const { says, why } = client.stepUp;
  it(`does not step up (${why})`, async () => {
    await expect(callAdminTool()).rejects.toThrow(says);
    expect(asked).toHaveLength(1);
  });

  it('still has what it had, and the rest after another login for all of it', async () => {
    const { tool, scopes } = actor();
    await current().callTool(tool.name, tool.arguments);
    await open(scopes.join(' '));
    expect(asked.at(-1)).toEqual(expect.arrayContaining([...scopes]));
    expectAnswer(await callAdminTool());
  });
}

function findActor(sample: string): Actor {
  return stage.actors.find(({ name }) => name === sample) ?? expect.fail(`there is no sample ${sample}`);
}

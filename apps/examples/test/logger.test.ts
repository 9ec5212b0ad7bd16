import { MCPAuth } from '@mcp-auth/fastify';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { authorized, config, readOutput } from './support/mistake-world.js';

test('the logger of an application, which is pino here, gets the lines that the console would, with their events', async () => {
  const written: string[] = [];
  const app = Fastify({ logger: { level: 'warn', stream: { write: (text) => void written.push(text) } } });
  const printed = await readOutput(async () => {
    const mcpAuth = new MCPAuth({ ...config, log: app.log });
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.post('/mcp', mcpAuth.bearerAuth(), () => ({}));
    const headers = await authorized({ aud: 'https://elsewhere.example' });
    await app.inject({ method: 'POST', url: '/mcp', headers });
  });
  await app.close();
  expect(printed).toEqual([]);
  const lines = written.map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
  // Twice the same name is no JSON that every reader takes, and a level must stay a number
  for (const text of written) expect(text.match(/"(?:level|time)":/g)).toHaveLength(2);
  expect(lines.find(({ code }) => code === 'wrong_audience')).toMatchObject({
    level: 40,
    type: 'decision',
    expected: [config.resource],
    actual: 'https://elsewhere.example',
    caller: { subject: 'alice' },
    msg: expect.stringMatching(/^401 POST \/mcp wrong_audience: .*errors\.md#wrong_audience$/) as unknown,
  });
});

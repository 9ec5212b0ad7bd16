import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { listen, StartupError } from '@mcp-auth/app-sample-kit';
import { expect, it } from 'vitest';
import { readOptions } from '../src/options.js';
import { describeServers } from '../src/serve.js';
import { createSnippets } from '../src/snippets.js';
import { setStage } from '../src/stage.js';

it('says which port is in use, and leaves none behind', async () => {
  // Below the ports that systems hand out by themselves
  const port = 20_000 + (process.pid % 2000) * 5;
  const blocker = await listen((_request, response) => response.end(), port + 2, '127.0.0.1');
  const blocked = setStage(port);
  await expect(blocked).rejects.toThrow(StartupError);
  await expect(blocked).rejects.toThrow(
    `Port ${port + 2} is in use: stop the program that listens there, or choose others with npm start -- --port 5000.`,
  );
  await blocker.close();

  const stage = await setStage(port);
  expect(stage.authorizationServer.issuer).toBe(`http://127.0.0.1:${port}`);
  await stage.close();
});

it.each([
  [['--port', 'x'], '--port takes a number from 1 to 65529, not "x".'],
  [['--port', '65535'], '--port takes a number from 1 to 65529, not "65535".'],
  [['--snippets', 'x'], '--snippets goes with --serve: without it no server is left for a client.'],
  [['--sreve'], "Unknown option '--sreve': see npm start -- --help."],
])('refuses the arguments %j in one sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(new StartupError(sentence));
});

it.skipIf(spawnSync('curl', ['--version']).error)('prints commands that work as they are', async () => {
  const stage = await setStage(0);
  const text = describeServers(stage, { folder: 'FOLDER', snippets: createSnippets(stage.actors) });
  for (const { resource } of stage.actors) expect(text).toContain(resource);
  const commands = text
    .split('\n')
    .filter((line) => line.startsWith('  TOKEN=') || line.startsWith('    ') || line.startsWith('  curl'))
    .join('\n');
  const output = await new Promise<string>((resolve, reject) => {
    execFile('bash', ['-ec', commands], (error, stdout) => {
      if (error) reject(new Error('the commands failed', { cause: error }));
      else resolve(stdout);
    });
  });
  await stage.close();
  expect(output).toContain('HTTP/1.1 200');
  expect(output).toContain('"subject":"demo"');
});

it.skipIf(spawnSync('curl', ['--version']).error)(
  'prints what to change in the commands for the other endpoints, and they work then',
  async () => {
    const stage = await setStage(0);
    const text = describeServers(stage, { folder: 'FOLDER', snippets: createSnippets(stage.actors) });
    const commands = text.slice(text.indexOf('  TOKEN='), text.indexOf('For the others')).split('\n');
    const script = commands.filter((line) => line.startsWith('  ')).join('\n');
    const [first, ...others] = stage.actors;
    for (const { name, resource } of others) {
      const line = text.split('\n').find((row) => row.startsWith(`  ${name} `) && row.includes('scope='));
      const [, scope, params] = /(scope='.*?') {2}("params":.*)$/.exec(line ?? '') ?? [];
      const changed = script
        .replaceAll(first!.resource, resource)
        .replace(/scope='.*?'/, scope!)
        .replace(/"params":.*(?=\}')/, params!);
      const { stdout } = await promisify(execFile)('bash', ['-ec', changed]);
      expect(stdout, name).toContain('HTTP/1.1 200');
      expect(stdout, name).not.toContain('"isError":true');
    }
    await stage.close();
  },
);

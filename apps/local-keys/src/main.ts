import { listen, StartupError } from '@mcp-auth/app-sample-kit';
import { publicKeyFile, readOrigin, readPem, runProgram } from './files.js';
import { hosts } from './hosts/hosts.js';

await runProgram(async () => {
  const [name = 'express'] = process.argv.slice(2);
  if (!(name in hosts)) throw new StartupError(`${name} is none of ${Object.keys(hosts).join(', ')}.`);
  const { origin, port } = readOrigin(process.env);
  const sample = await hosts[name as keyof typeof hosts]({ origin, publicKey: await readPem(publicKeyFile) });
  await sample.ready();
  const server = await listen(sample.listener, port, '127.0.0.1', 'set PORT to another one');
  console.log(`${name} listens; MCP clients connect to ${origin}/mcp`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.close().then(() => sample.close()));
});

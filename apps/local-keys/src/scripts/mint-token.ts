import { privateKeyFile, readOrigin, readPem, runProgram } from '../files.js';
import { mintToken } from '../key-pair.js';

await runProgram(async () => {
  const [subject = 'alice', scope = 'echo'] = process.argv.slice(2);
  const claims = { subject, scope, clientId: 'command-line', lifetimeSeconds: 3600 };
  console.log(await mintToken(await readPem(privateKeyFile), readOrigin(process.env).origin, claims));
});

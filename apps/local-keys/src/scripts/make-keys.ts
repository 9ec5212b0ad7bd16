import { StartupError } from '@mcp-auth/app-sample-kit';
import { privateKeyFile, publicKeyFile, runProgram, writeKeyPair } from '../files.js';
import { makeKeyPair } from '../key-pair.js';

await runProgram(async () => {
  await writeKeyPair(makeKeyPair()).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new StartupError(`${privateKeyFile} is there already. Delete it to have another pair.`);
  });
  console.log(`${publicKeyFile} is for the server, ${privateKeyFile} for whoever makes tokens.`);
});

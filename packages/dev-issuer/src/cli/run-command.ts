import { DevIssuerError } from '../errors.js';
import { accessTokenTtlSeconds } from '../provider/create-provider.js';
import { signToken } from '../provider/sign-token.js';
import { refuseProduction } from '../refuse-production.js';
import { startDevIssuer } from '../start-dev-issuer.js';
import { readSecretsOf } from '../storage/folder.js';
import { describeExchange, describeStart } from './describe.js';
import { folder, readArguments, usage, type Command } from './read-arguments.js';

/** Does what the command line says; a reason not to is one sentence on the standard error, and the exit code 1. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    await run(readArguments(args));
  } catch (error) {
    if (!(error instanceof DevIssuerError)) throw error;
    console.error(error.message.replace('choose another one', 'choose another one with --port'));
    process.exitCode = 1;
  }
}

async function run(command: Command): Promise<void> {
  switch (command.kind) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'token':
      console.log(await makeToken(command));
      return;
    case 'start':
      await start(command);
      return;
  }
}

/** Whoever may read the keys may sign: the folder is for its owner alone. */
async function makeToken({ port, resource, user, scopes }: Command & { kind: 'token' }): Promise<string> {
  refuseProduction();
  const { signingKey } = readSecretsOf(folder);
  const claims = { audience: resource, subject: user, scopes, expiresInSeconds: accessTokenTtlSeconds };
  return signToken(`http://127.0.0.1:${port}`, signingKey, claims);
}

async function start({ options }: Command & { kind: 'start' }): Promise<void> {
  const issuer = await startDevIssuer({
    ...options,
    onExchange: (exchange) => console.log(describeExchange(exchange)),
  });
  console.log(describeStart(issuer, options));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await issuer.close();
}

import { startDevIssuer } from '@mcp-auth/dev-issuer';
import { expect, it, onTestFinished } from 'vitest';
import { type CliSettings, runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { startExpress } from './support/mcp-servers.js';
import { startStandInServer } from './support/stand-ins.js';

searchSecretsAfterAll();

const folder = '../../../../docs/code/doctor';

/** What the page shows: with the ports that everybody uses, and without what changes from run to run. */
async function sample(
  origin: string,
  issuer: string,
  args: readonly string[] = [],
  settings: CliSettings = {},
): Promise<string> {
  const { stdout } = await runCli(['doctor', `${origin}/mcp`, ...args], settings);
  return stdout
    .replaceAll(origin, 'http://127.0.0.1:3000')
    .replaceAll(issuer, 'http://127.0.0.1:9400')
    .replaceAll(/\n *< (?:date|connection|keep-alive): .*/gi, '');
}

async function startIssuer() {
  const issuer = await startDevIssuer({ port: 0, scopes: ['notes:read', 'notes:write'] });
  onTestFinished(() => issuer.close());
  return issuer.issuer;
}

it('the walk that finds nothing wrong is as the page shows it', async () => {
  const issuer = await startIssuer();
  const { origin } = await startExpress({ issuer, requiredScopes: ['notes:read'], cors: true });
  await expect(await sample(origin, issuer, ['--headless'])).toMatchFileSnapshot(`${folder}/whole-login.txt`);
});

it('the walk to a server with another resource is as the page shows it', async () => {
  const issuer = await startIssuer();
  const { origin } = await startStandInServer({ issuer, metadata: (at) => ({ resource: `${at}/mcp/` }) });
  await expect(await sample(origin, issuer)).toMatchFileSnapshot(`${folder}/resource-mismatch.txt`);
  const shown = await sample(origin, issuer, [], { tty: true, columns: 100 });
  await expect(shown).toMatchFileSnapshot(`${folder}/resource-mismatch.ansi`);
});

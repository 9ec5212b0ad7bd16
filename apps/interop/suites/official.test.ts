import { startDevIssuer, type DevIssuer } from '@mcp-auth/dev-issuer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoUser } from '../clients/lib/demo-user.js';
import { deliver, visit } from '../clients/lib/user-agent.js';
import { findFreePort } from '../lib/free-port.js';
import { loadOfficialSuite, officialVersion, type OfficialSuite } from './lib/official-suite.js';

const suite = await loadOfficialSuite();
const title = `the official conformance suite ${officialVersion}`;

if ('missing' in suite) {
  it.skip(`${title}: ${suite.missing}`, () => undefined);
} else {
  describe(`${title}, at the practice issuer`, () => describeIssuer(suite));
  describe(`${title}, with mcp-auth doctor as the client`, () => describeDoctor(suite));
}

function describeIssuer({ run }: OfficialSuite): void {
  let issuer: DevIssuer;
  beforeAll(async () => {
    issuer = await startDevIssuer({ port: 0 });
  });
  afterAll(() => issuer.close());

  it('the metadata and the code grant: nothing fails', async () => {
    const port = await findFreePort();
    const clientId = await register(issuer.issuer, `http://127.0.0.1:${port}/callback`);
    let login: Promise<void> | undefined;
    const output = await run(
      [
        ...['authorization', '--url', issuer.issuer, '--client-id', clientId],
        ...['--resource', 'http://127.0.0.1:3000/mcp', '--port', String(port)],
      ],
      (printed) => {
        const url = /^http\S+&code_challenge\S+$/m.exec(printed)?.[0];
        if (url !== undefined) login ??= visit(new URL(url), demoUser('alice')).then(deliver);
      },
    );
    await login;
    expect(output).toMatch(/^Total: 3 passed, 0 failed$/m);
  });
}

async function register(issuer: string, redirectUri: string): Promise<string> {
  const metadata = await fetch(`${issuer}/.well-known/oauth-authorization-server`);
  const { registration_endpoint: endpoint } = (await metadata.json()) as { registration_endpoint: string };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }),
  });
  return ((await response.json()) as { client_id: string }).client_id;
}

/** `doctor` claims to walk as clients do: these are judged as clients, and it is led through the same. */
function describeDoctor({ run }: OfficialSuite): void {
  const judge = async (scenario: string, flags: readonly string[] = []): Promise<string> => {
    const doctor = [process.execPath, 'packages/cli/dist/main.js', 'doctor', '--headless', ...flags];
    const output = await run(['client', '--command', doctor.join(' '), '--scenario', scenario]);
    return output.slice(output.indexOf('Test Results:'));
  };
  const latest = ['--revision', '2026-07-28'];

  it.each<[scenario: string, flags?: readonly string[]]>([
    ['auth/metadata-var1'],
    ['auth/metadata-var2'],
    ['auth/metadata-var3'],
    ['auth/basic-cimd', ['--client-document', 'https://conformance-test.local/client-metadata.json']],
    ['auth/scope-from-www-authenticate'],
    ['auth/scope-from-scopes-supported'],
    ['auth/scope-omitted-when-undefined'],
    ['auth/scope-step-up', ['--tool', 'test-tool']],
    ['auth/scope-retry-limit'],
    ['auth/token-endpoint-auth-basic'],
    ['auth/token-endpoint-auth-post'],
    ['auth/token-endpoint-auth-none'],
    ['auth/resource-mismatch', latest],
    ['auth/metadata-issuer-mismatch', latest],
    ['auth/iss-supported', latest],
    ['auth/iss-not-advertised', latest],
    ['auth/iss-supported-missing', latest],
    ['auth/iss-wrong-issuer', latest],
    ['auth/iss-unexpected', latest],
    ['auth/iss-normalized', latest],
    ['auth/offline-access-scope', latest],
    ['auth/offline-access-not-supported', latest],
  ])('%s: nothing fails', async (scenario, flags) => {
    expect(await judge(scenario, flags)).toMatch(/^Passed: (\d+)\/\1, 0 failed, 0 warnings$/m);
  });

  it('auth/metadata-default: it looks at the root too, where no client would, to say what is there', async () => {
    const output = await judge('auth/metadata-default');
    expect(output).toMatch(/, 1 failed, 0 warnings$/m);
    expect(output).toContain('Client requested PRM metadata at root location');
  });
}

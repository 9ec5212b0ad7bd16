import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as providers from '@mcp-auth/core/providers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recogniseProvider } from '../../src/check/providers.js';
import { writeSample } from '../../src/check/sample.js';
import type { Report } from '../../src/report/report.js';
import { rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { serve, serveDocuments } from '../support/serve.js';

searchSecretsAfterAll();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-auth-cli-'));
});

afterAll(() => rm(folder, { recursive: true }));

const publicJwk = {
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid: 'a',
};

const good = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  registration_endpoint: `${issuer}/register`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
  scopes_supported: ['openid', 'offline_access'],
});

const wellKnown = '/.well-known/oauth-authorization-server';

async function check(target: string, ...flags: readonly string[]) {
  const { stdout, exitCode, stderr } = await runCli(['check', target, '--json', ...flags], { cwd: folder });
  const report = (stdout === '' ? undefined : JSON.parse(stdout)) as
    | (Report & { details: { fitness: { revision: string; verdict: string }[]; configuration?: string } })
    | undefined;
  const failed = report?.findings.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id) ?? [];
  return {
    report,
    failed,
    exitCode,
    stderr,
    verdicts: report?.details.fitness.map(({ verdict }) => verdict),
  };
}

describe('an authorization server', () => {
  test('that has all is fit for every revision, and the configuration is printed', async () => {
    const origin = await serveDocuments((issuer) => ({
      [wellKnown]: good(issuer),
      '/jwks': { keys: [publicJwk] },
    }));
    const { failed, verdicts, exitCode, report } = await check(
      origin,
      '--resource',
      'https://mcp.example.com/mcp',
    );
    expect(failed).toEqual([]);
    expect([exitCode, verdicts]).toEqual([0, ['fit', 'fit', 'fit']]);
    expect(report?.details.configuration).toContain(`resource: 'https://mcp.example.com/mcp'`);
    expect(report?.details.configuration).toContain(`'${origin}'`);
    const { stdout } = await runCli(['check', origin]);
    expect(stdout).toContain('MCP 2026-07-28: fit');
    expect(stdout).toContain('new MCPAuth({');
  });

  type Change = (document: ReturnType<typeof good>) => object;
  test.each<[string, Change, string, readonly string[]]>([
    [
      'without PKCE',
      (d) => ({ ...d, code_challenge_methods_supported: undefined }),
      'oauth/mcp-pkce-not-announced',
      ['fit', 'not fit', 'not fit'],
    ],
    [
      'that breaks a rule about ID tokens, which MCP does without',
      (d) => ({ ...d, id_token_signing_alg_values_supported: ['ES256'] }),
      'oauth/value-missing',
      ['fit', 'fit', 'fit'],
    ],
    [
      'with plain PKCE alone',
      (d) => ({ ...d, code_challenge_methods_supported: ['plain'] }),
      'oauth/mcp-pkce-without-s256',
      ['not fit', 'not fit', 'not fit'],
    ],
    [
      'where clients must be registered by hand',
      (d) => ({ ...d, registration_endpoint: undefined, client_id_metadata_document_supported: undefined }),
      'oauth/mcp-registration-by-hand',
      ['fit with reservations', 'fit with reservations', 'fit with reservations'],
    ],
    [
      'without iss in its answers',
      (d) => ({ ...d, authorization_response_iss_parameter_supported: undefined }),
      'oauth/mcp-no-iss-parameter',
      ['fit', 'fit', 'fit with reservations'],
    ],
    [
      'without a token endpoint',
      (d) => ({ ...d, token_endpoint: undefined }),
      'oauth/mcp-no-token-endpoint',
      ['not fit', 'not fit', 'not fit'],
    ],
    [
      'that states its issuer with a slash',
      (d) => ({ ...d, issuer: `${d.issuer}/` }),
      'oauth/issuer',
      ['not fit', 'not fit', 'not fit'],
    ],
    [
      'that states another issuer',
      (d) => ({ ...d, issuer: 'https://other.example.com' }),
      'oauth/issuer',
      ['not fit', 'not fit', 'not fit'],
    ],
    [
      'whose keys are nowhere',
      (d) => ({ ...d, jwks_uri: `${d.issuer}/nothing` }),
      'keys/fetched',
      ['not fit', 'not fit', 'not fit'],
    ],
    [
      'that signs without a key',
      (d) => ({ ...d, token_endpoint_auth_signing_alg_values_supported: ['none'] }),
      'oauth/alg-none',
      ['not fit', 'not fit', 'not fit'],
    ],
    [
      'with a list for a URL',
      (d) => ({ ...d, token_endpoint: ['x'] }),
      'oauth/parse-type',
      ['not fit', 'not fit', 'not fit'],
    ],
  ])('%s', async (_what, change, id, verdicts) => {
    const origin = await serveDocuments((issuer) => ({
      [wellKnown]: change(good(issuer)),
      '/jwks': { keys: [publicJwk] },
    }));
    const checked = await check(origin);
    expect(checked.failed).toContain(id);
    expect(checked.exitCode).toBe(1);
    expect(checked.verdicts).toEqual(verdicts);
    const finding = checked.report?.findings.find((each) => each.id === id);
    expect(finding?.fix).toBeTruthy();
    expect(finding?.clause).toBeTruthy();
  });

  test.each([
    ['private members', { keys: [{ ...publicJwk, d: 'AAAA' }] }, 'keys/public'],
    ['no usable key', { keys: [{ kty: 'oct', k: 'AAAA' }] }, 'keys/usable'],
    ['no key', { keys: [] }, 'keys/usable'],
    ['nothing', {}, 'keys/usable'],
    [
      'two keys without names',
      {
        keys: [
          { ...publicJwk, kid: undefined },
          { ...publicJwk, kid: undefined },
        ],
      },
      'keys/names',
    ],
    [
      'a small key',
      { keys: [generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })] },
      'keys/size',
    ],
  ])('whose key set has %s', async (_what, jwks, id) => {
    const origin = await serveDocuments((issuer) => ({ [wellKnown]: good(issuer), '/jwks': jwks }));
    expect((await check(origin)).failed).toContain(id);
  });

  test('that is known as an OpenID provider only is not found by the oldest clients', async () => {
    const origin = await serveDocuments((issuer) => ({
      '/.well-known/openid-configuration': {
        ...good(issuer),
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/jwks': { keys: [publicJwk] },
    }));
    const { failed, verdicts } = await check(origin);
    expect(failed).toEqual(['discovery/oauth']);
    expect(verdicts).toEqual(['fit with reservations', 'fit', 'fit']);
  });

  test('with a path is looked for where the standards put it', async () => {
    const origin = await serveDocuments((at) => ({
      [`${wellKnown}/tenant`]: good(`${at}/tenant`),
      '/tenant/jwks': { keys: [publicJwk] },
    }));
    expect((await check(`${origin}/tenant`)).failed).toEqual([]);
    expect((await check(`${origin}${wellKnown}/tenant`)).failed).toEqual([]);
  });

  test('that is none is said to be none', async () => {
    const origin = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    const { failed, report, exitCode } = await check(origin);
    expect(exitCode).toBe(1);
    expect(failed).toContain('discovery/found');
    expect(report?.findings[0]?.actual).toContain('a page of HTML');
    expect(report?.findings[0]?.fix).toContain('mcp-auth doctor');
  });

  test('whose metadata is elsewhere is not followed there', async () => {
    const other = await serve((_, response) => response.end('{}'));
    let asked = 0;
    const origin = await serve((_, response) => {
      asked++;
      response.writeHead(302, { location: `${other}/metadata` }).end();
    });
    const { failed } = await check(origin);
    expect(failed).toContain('discovery/found');
    expect(asked).toBeGreaterThan(0);
  });

  test('whose document leads into a private network is not followed there', async () => {
    const origin = await serveDocuments((issuer) => ({
      [wellKnown]: { ...good(issuer), jwks_uri: 'http://169.254.169.254/latest/meta-data' },
    }));
    const { report } = await check(origin);
    expect(report?.findings.find(({ id }) => id === 'keys/fetched')).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('private address') as string,
    });
  });

  test('that cannot be reached is no finding', async () => {
    const { exitCode, stderr, report } = await check('http://127.0.0.1:1');
    expect([exitCode, report]).toEqual([3, undefined]);
    expect(stderr).toContain('nothing listens at this port');
  });

  test('cannot write to the terminal', async () => {
    const origin = await serveDocuments((issuer) => ({
      [wellKnown]: { ...good(issuer), issuer: '\u001b]0;owned\u0007\u202e' },
    }));
    const { stdout } = await runCli(['check', origin, '--verbose']);
    // eslint-disable-next-line no-control-regex -- it is what is looked for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('gets no credentials, in whatever way they are offered', async () => {
    const seen: string[] = [];
    const token = rememberSecret('a-token-in-the-environment');
    const origin = await serve((request, response) => {
      seen.push(JSON.stringify(request.rawHeaders) + (request.url ?? ''));
      response.writeHead(404).end();
    });
    await runCli(['check', origin], { env: { MCP_AUTH_TOKEN: token } });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.join()).not.toContain(token);
    expect((await runCli(['check', origin.replace('//', '//user:password@')])).exitCode).toBe(2);
  });
});

describe('a document in a file', () => {
  test('is checked without a network', async () => {
    await writeFile(join(folder, 'as.json'), JSON.stringify(good('https://as.example.com')));
    const { failed, report, exitCode } = await check('as.json');
    expect([failed, exitCode, report?.requests]).toEqual([[], 0, 0]);
  });

  test('may be one about a resource', async () => {
    await writeFile(join(folder, 'rs.json'), JSON.stringify({ resource: 'https://api.example.com/mcp' }));
    const { failed } = await check('rs.json');
    expect(failed).toEqual(['resource/mcp-no-authorization-servers']);
  });

  test('must be there, be JSON and be a metadata document', async () => {
    await writeFile(join(folder, 'page.json'), '<html>');
    await writeFile(join(folder, 'other.json'), '{"name":"x"}');
    expect((await check('nothing.json')).exitCode).toBe(3);
    expect((await check('page.json')).stderr).toContain('looks like HTML');
    expect((await check('other.json')).exitCode).toBe(3);
  });
});

describe('a provider', () => {
  const guid = '0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11';
  test.each([
    ['entra', `https://login.microsoftonline.com/${guid}/v2.0`],
    ['entraExternalId', `https://${guid}.ciamlogin.com/${guid}/v2.0`],
    ['auth0', 'https://example.eu.auth0.com/'],
    ['okta', 'https://example.okta.com/oauth2/aus1example'],
    ['cognito', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi'],
    ['keycloak', 'https://sso.example.com/realms/example'],
    ['adfs', 'https://fs.example.com/adfs'],
    ['clerk', 'https://example.clerk.accounts.dev'],
    ['stytch', 'https://example.customers.stytch.dev'],
    ['supabase', 'https://abcdefghijklmnop.supabase.co/auth/v1'],
    ['workos', 'https://example.authkit.app'],
    ['zitadel', 'https://example.zitadel.cloud'],
    ['cloudflareAccess', 'https://example.cloudflareaccess.com'],
  ])('%s is recognised by its issuer, and its function takes what is printed', (helper, issuer) => {
    const known = recogniseProvider(issuer);
    expect(known?.helper).toBe(helper);
    const filled: Record<string, unknown> = {
      applicationId: '5b7f2c1e-8f34-4f0c-b0a3-6c2d9e1f7a22',
      clientIds: ['a-client'],
      resourceServer: 'https://api.example.com/mcp',
      projectId:
        helper === 'stytch' ? 'project-live-16d9ba61-97a1-4ba4-9720-b03761dc50c6' : '219145158692000001',
      audienceTag: '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228',
    };
    const missing = Object.keys(known?.missing ?? {}).map((name) => [name, filled[name]] as const);
    const create = providers[helper as 'okta'] as unknown as (options: object) => {
      issuer?: string;
      metadata?: { issuer: string };
    };
    const server = create({ ...known?.options, ...Object.fromEntries(missing) });
    expect(server.issuer ?? server.metadata?.issuer).toBe(issuer);
  });

  test('has a page, with what to set there', () => {
    for (const issuer of [
      'https://example.logto.app/oidc',
      'https://accounts.google.com',
      'https://sso.example.com/realms/a',
    ]) {
      const page = `../../../../docs/providers/${recogniseProvider(issuer)?.page ?? ''}.md`;
      const path = new URL(page, import.meta.url);
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path, 'utf8')).toContain('{#provider}');
    }
  });

  test('that nobody knows needs its issuer alone, and nothing of it can end the string', () => {
    const { code, provider } = writeSample(`https://as.example.com/'});process.exit();//`);
    expect(provider).toBeUndefined();
    expect(code).toContain(`'https://as.example.com/\\'});process.exit();//'`);
  });
});

import { describe, expect, it } from 'vitest';
import { rememberSecret, searchSecretsAfterAll } from '../support/run-cli.js';
import { doctor } from './support/run-doctor.js';
import {
  type IssuerSettings,
  opaqueToken,
  recorded,
  startStandInIssuer,
  startStandInServer,
} from './support/stand-ins.js';

searchSecretsAfterAll();
rememberSecret(opaqueToken);

/** All of it stands in for real servers: metadata and answers are as they were recorded there, and served on loopback. */
async function walkWith(
  settings: IssuerSettings,
  server: Partial<Parameters<typeof startStandInServer>[0]> = {},
  args: readonly string[] = ['--headless'],
) {
  const { issuer, requests } = await startStandInIssuer(settings);
  const { origin } = await startStandInServer({ issuer, ...server });
  return { ...(await doctor(`${origin}/mcp`, args)), issuer, origin, requests };
}

const refuse = (error: string, description: string, status = 400) => ({
  status,
  json: { error, error_description: description },
});

describe('Keycloak 26, by stand-in', () => {
  const keycloak: IssuerSettings = {
    path: '/realms/master',
    wellKnown: (path) => `${path}/.well-known/openid-configuration`,
    metadata: (origin) => {
      const at = `${origin}/realms/master`;
      return {
        ...recorded('keycloak-local', origin),
        authorization_endpoint: `${at}/authorize`,
        token_endpoint: `${at}/token`,
        registration_endpoint: `${at}/register`,
      };
    },
  };

  it('refuses clients from hosts that are not trusted', async () => {
    const { broken, brokenStep } = await walkWith({
      ...keycloak,
      register: () =>
        refuse(
          'insufficient_scope',
          "Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.",
          403,
        ),
    });
    expect(brokenStep).toBe('registration');
    expect(broken).toMatchObject({
      id: 'doctor/registration-not-anonymous',
      fix: expect.stringContaining('localhost and 127.0.0.1 are two entries'),
      message: expect.stringContaining('Trusted Hosts'),
    });
  });

  it('refuses clients that name scopes which are not optional scopes of the realm', async () => {
    const { broken } = await walkWith(
      {
        ...keycloak,
        register: () =>
          refuse(
            'insufficient_scope',
            "Policy 'Allowed Client Scopes' rejected request to client-registration service. Details: Not permitted to use specified clientScope",
            403,
          ),
      },
      {
        challenge: (origin) =>
          `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp", scope="read:notes"`,
      },
    );
    expect(broken?.id).toBe('doctor/registration-scope');
  });

  it('answers the preflight of a page, and refuses its registration', async () => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
      'access-control-expose-headers': 'WWW-Authenticate',
    };
    const { issuer } = await startStandInIssuer({
      ...keycloak,
      register: () => ({ status: 403, text: 'Invalid origin' }),
    });
    const { origin } = await startStandInServer({
      issuer,
      first: ({ method, path }, at) => {
        if (method === 'OPTIONS') return { status: 204, headers: cors };
        if (path === '/mcp') return { status: 401, headers: { ...cors, 'www-authenticate': 'Bearer' } };
        return { headers: cors, json: { resource: `${at}/mcp`, authorization_servers: [issuer] } };
      },
    });
    const { broken } = await doctor(`${origin}/mcp`, ['--headless', '--origin', 'https://page.example.org']);
    expect(broken?.id).toBe('doctor/registration-origin');
  });

  it('with resource indicators knows no resource that no client has', async () => {
    const { broken } = await walkWith({
      ...keycloak,
      authorize: (_query, origin) => ({
        ...{ code: undefined, iss: `${origin}/realms/master` },
        ...{ error: 'invalid_target', error_description: 'Invalid resource' },
      }),
    });
    expect(broken).toMatchObject({ id: 'doctor/login-target', area: 'login' });
  });

  it('gives a token for "account" to a client that registered itself', async () => {
    const { issuer } = await startStandInIssuer(keycloak);
    const { origin } = await startStandInServer({
      issuer,
      call: () => ({ status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }),
    });
    const token = rememberSecret(jwt({ iss: issuer, aud: 'account', sub: 'a', exp: 4_000_000_000 }));
    const { broken } = await doctor(`${origin}/mcp`, [], { env: { MCP_AUTH_TOKEN: token } });
    expect(broken).toMatchObject({ id: 'doctor/wrong-audience', actual: 'account' });
  });
});

describe('Entra ID, by stand-in', () => {
  it('has a document that does not announce PKCE', async () => {
    const { broken } = await walkWith({
      path: '/tenant/v2.0',
      wellKnown: (path) => `${path}/.well-known/openid-configuration`,
      metadata: (origin) => ({
        ...recorded('entra-common', origin),
        issuer: `${origin}/tenant/v2.0`,
        // Not in the recorded document
        code_challenge_methods_supported: undefined,
      }),
    });
    expect(broken).toMatchObject({ id: 'doctor/pkce-missing', fix: expect.stringContaining('Entra ID') });
  });

  it('has a document for all tenants whose issuer is a template', async () => {
    const { broken } = await walkWith({
      path: '/common/v2.0',
      wellKnown: (path) => `${path}/.well-known/openid-configuration`,
      metadata: (origin) => recorded('entra-common', origin),
    });
    expect(broken).toMatchObject({
      id: 'doctor/issuer-mismatch',
      fix: expect.stringContaining('entra({ tenantId })'),
    });
  });

  it('is asked for the short name of a scope, because the challenge has it', async () => {
    const { notes, broken, requests } = await walkWith(
      {
        authorize: () => ({
          code: undefined,
          error: 'invalid_client',
          error_description:
            "AADSTS650053: The application asked for scope 'read' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'.",
        }),
      },
      {
        challenge: (origin) =>
          `Bearer scope="read", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
        metadata: (origin) => ({ scopes_supported: [`${origin}/mcp/read`] }),
      },
    );
    expect(notes).toContain('doctor/scope-names');
    expect(broken).toMatchObject({ id: 'doctor/login-scope', area: 'login' });
    expect(requests.some(({ path }) => path.includes('scope=read&') || path.endsWith('scope=read'))).toBe(
      true,
    );
  });
});

describe('registration, by stand-ins', () => {
  it('oidc-provider without offline_access refuses the grant that all clients register', async () => {
    const { broken, requests } = await walkWith({
      register: ({ grant_types: grants }) =>
        (grants as readonly string[]).includes('refresh_token')
          ? refuse(
              'invalid_client_metadata',
              "grant_types can only contain 'authorization_code' or 'client_credentials'",
            )
          : { status: 201, json: { client_id: 'without' } },
    });
    expect(broken).toMatchObject({
      id: 'doctor/registration-refresh-token',
      message: expect.stringContaining('Without refresh_token it is accepted'),
      fix: expect.stringContaining('offline_access'),
    });
    expect(requests.filter(({ path }) => path === '/register')).toHaveLength(2);
  });

  it.each([
    [
      'better-auth refuses callbacks on loopback',
      () => refuse('invalid_redirect_uri', 'redirect_uri must be https'),
      'registration-callback',
    ],
    [
      'Spring refuses a registration that names scopes',
      () => refuse('invalid_scope', ''),
      'registration-scope',
    ],
    [
      'Spring without an open endpoint leads to its login',
      () => ({ status: 302, headers: { location: '/login' } }),
      'registration-not-anonymous',
    ],
    [
      'others demand a token first',
      () => refuse('invalid_token', 'no initial access token', 401),
      'registration-not-anonymous',
    ],
    ['others have no endpoint where they say', () => ({ status: 404 }), 'registration-unreachable'],
    ['others answer without a client id', () => ({ status: 201, json: {} }), 'registration-answer'],
  ])('%s', async (_what, register, id) => {
    const { broken, brokenStep } = await walkWith({ register });
    expect([brokenStep, broken?.id]).toEqual(['registration', `doctor/${id}`]);
  });

  it('nowhere', async () => {
    const { broken } = await walkWith({ metadata: () => ({ registration_endpoint: undefined }) });
    expect(broken?.id).toBe('doctor/no-registration');
  });

  it('by documents only, which is no fault of the server', async () => {
    const { brokenStep, exitCode } = await walkWith({
      metadata: () => ({ registration_endpoint: undefined, client_id_metadata_document_supported: true }),
    });
    expect([brokenStep, exitCode]).toEqual([undefined, 0]);
  });
});

/** A token that can be read; nobody here looks at its signature. */
function jwt(claims: object): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(claims)}.${Buffer.alloc(64, 7).toString('base64url')}`;
}

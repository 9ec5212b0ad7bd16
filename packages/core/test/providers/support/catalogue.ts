/**
 * Every helper with the access token of its provider, after the provider's documentation. Not verified against live providers.
 */
import { getCandidateMetadataUrls } from '../../../src/index.js';
import {
  adfs,
  auth0,
  clerk,
  cloudflareAccess,
  cognito,
  entra,
  entraB2C,
  entraExternalId,
  entraMultiTenant,
  keycloak,
  okta,
  type ProviderConfig,
  stytch,
  supabase,
  workos,
  zitadel,
} from '../../../src/providers.js';
import { applicationId, clientId, otherTenantId, tenantId, userToken } from './entra-tokens.js';
import { createFakeProvider, type FakeProvider } from './fake-provider.js';
import { resource } from './open-gate.js';

export type Claims = Readonly<Record<string, unknown>>;

/** One helper, and what its provider writes. */
export interface CataloguedProvider {
  readonly name: string;
  readonly server: ProviderConfig;
  /** `typ` of the header. */
  readonly typ: string;
  /** The access token of a user with these scopes, each by its short name. */
  readonly token: (scopes: readonly string[]) => Claims;
  /** Whether its tokens have scopes at all. */
  readonly hasScopes: boolean;
}

const user = { sub: 'user-1', jti: 'token-1' };
const projectId = 'project-live-16d9ba61-97a1-4ba4-9720-b03761dc50c6';
const b2cIssuer = `https://example.b2clogin.com/${tenantId}/v2.0/`;
export const b2cOptions = {
  wellKnownUrl:
    'https://example.b2clogin.com/example.onmicrosoft.com/B2C_1_SignIn/v2.0/.well-known/openid-configuration',
  issuer: b2cIssuer,
  applicationId,
  applicationIdUri: 'https://example.onmicrosoft.com/mcp',
};
export const audienceTag = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228';
const zitadelRoles = 'urn:zitadel:iam:org:project:219145158692000001:roles';

export const catalogue: readonly CataloguedProvider[] = [
  {
    name: 'adfs',
    server: adfs({ host: 'fs.example.com' }),
    typ: 'JWT',
    token: (scopes) => ({
      aud: resource,
      iss: 'http://fs.example.com/adfs/services/trust',
      sub: 'user-1',
      apptype: 'Public',
      appid: clientId,
      authmethod: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
      ver: '1.0',
      scp: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'auth0',
    server: auth0({ domain: 'example.eu.auth0.com' }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://example.eu.auth0.com/',
      aud: [resource, 'https://example.eu.auth0.com/userinfo'],
      azp: 'c-1',
      scope: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'clerk',
    server: clerk({ domain: 'clerk.example.com' }),
    typ: 'at+jwt',
    token: (scopes) => ({
      ...user,
      iss: 'https://clerk.example.com',
      aud: resource,
      client_id: 'c-1',
      scope: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'cloudflareAccess',
    server: cloudflareAccess({ teamDomain: 'example.cloudflareaccess.com', audienceTag }),
    typ: 'JWT',
    token: () => ({
      aud: [audienceTag],
      email: 'user@example.com',
      iss: 'https://example.cloudflareaccess.com',
      type: 'app',
      identity_nonce: '6ei69kawdKzMIAPF',
      sub: '7335d417-61da-459d-899c-0a01c76a2f94',
      country: 'US',
    }),
    hasScopes: false,
  },
  {
    name: 'cognito',
    server: cognito({
      region: 'eu-central-1',
      userPoolId: 'eu-central-1_aBcDeFgHi',
      clientIds: ['c-1'],
      resourceServer: resource,
    }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi',
      client_id: 'c-1',
      token_use: 'access',
      scope: scopes.map((scope) => `${resource}/${scope}`).join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'entra',
    server: entra({ tenantId, applicationId, applicationIdUri: resource }),
    typ: 'JWT',
    token: (scopes) => ({ ...userToken, scp: scopes.join(' ') }),
    hasScopes: true,
  },
  {
    name: 'entra, default URI',
    server: entra({ tenantId, applicationId }),
    typ: 'JWT',
    token: (scopes) => ({ ...userToken, scp: scopes.join(' ') }),
    hasScopes: true,
  },
  {
    name: 'entraMultiTenant',
    server: entraMultiTenant({
      tenantIds: [tenantId, otherTenantId],
      applicationId,
      applicationIdUri: resource,
    }),
    typ: 'JWT',
    token: (scopes) => ({ ...userToken, scp: scopes.join(' ') }),
    hasScopes: true,
  },
  {
    name: 'entraExternalId',
    server: entraExternalId({
      domain: 'example.ciamlogin.com',
      tenantId,
      applicationId,
      applicationIdUri: resource,
    }),
    typ: 'JWT',
    token: (scopes) => ({
      ...userToken,
      iss: `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0`,
      scp: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'entraB2C',
    server: entraB2C(b2cOptions),
    typ: 'JWT',
    token: (scopes) => ({
      ver: '1.0',
      iss: b2cIssuer,
      sub: 'user-1',
      aud: applicationId,
      azp: clientId,
      tfp: 'B2C_1_signin',
      scp: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'keycloak',
    server: keycloak({ issuer: 'https://sso.example.com/realms/example' }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://sso.example.com/realms/example',
      aud: [resource, 'account'],
      typ: 'Bearer',
      azp: 'c-1',
      scope: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'okta',
    server: okta({ domain: 'example.okta.com', authorizationServerId: 'aus1example' }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://example.okta.com/oauth2/aus1example',
      aud: resource,
      cid: 'c-1',
      scp: scopes,
    }),
    hasScopes: true,
  },
  {
    name: 'stytch',
    server: stytch({ domain: 'login.example.com', projectId }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://login.example.com',
      aud: [projectId],
      client_id: 'connected-app-live-1',
      scope: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'supabase',
    server: supabase({ projectDomain: 'abcdefghijklmnop.supabase.co', clientIds: ['c-1'] }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://abcdefghijklmnop.supabase.co/auth/v1',
      aud: 'authenticated',
      role: 'authenticated',
      client_id: 'c-1',
      is_anonymous: false,
      scope: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'workos',
    server: workos({ authkitDomain: 'example.authkit.app' }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://example.authkit.app',
      aud: resource,
      client_id: 'client_1',
      scope: scopes.join(' '),
    }),
    hasScopes: true,
  },
  {
    name: 'zitadel',
    server: zitadel({
      domain: 'example.zitadel.cloud',
      projectId: '219145158692000001',
      rolesAsScopes: true,
    }),
    typ: 'JWT',
    token: (scopes) => ({
      ...user,
      iss: 'https://example.zitadel.cloud',
      aud: ['219145158692000099', '219145158692000001'],
      client_id: '219145158692000099',
      [zitadelRoles]: Object.fromEntries(scopes.map((scope) => [scope, { 'org-1': 'example.com' }])),
    }),
    hasScopes: true,
  },
];

const created = new WeakMap<ProviderConfig, Promise<FakeProvider>>();

/** The provider behind a helper: its document where the helper looks for it, and its keys. One for each: keys take their time. */
export function createProviderOf({ server }: Pick<CataloguedProvider, 'server'>): Promise<FakeProvider> {
  const provider = created.get(server) ?? create(server);
  created.set(server, provider);
  return provider;
}

function create(server: ProviderConfig): Promise<FakeProvider> {
  if (server.metadata !== undefined) return createFakeProvider({}, [server.metadata.jwksUri ?? '']);
  const { issuer, wellKnownUrl, type } = server;
  const places = getCandidateMetadataUrls(issuer).filter(
    (place) => type === undefined || place.type === type,
  );
  const url = wellKnownUrl ?? places.at(-1)?.url ?? '';
  return createFakeProvider({
    [url]: {
      issuer,
      jwks_uri: `${new URL(url).origin}/keys`,
      authorization_endpoint: `${new URL(url).origin}/authorize`,
      token_endpoint: `${new URL(url).origin}/token`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    },
  });
}

import { readDocument, readRecorded } from '../support/issuers.js';
import {
  lacksS256,
  logLines,
  oauth,
  openid,
  otherResource,
  type ProviderCase,
} from '../support/provider-case.js';

const cognitoIssuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi';
const supabaseIssuer = 'https://abcdefghijklmnop.supabase.co/auth/v1';
const stytchIssuer = 'https://example.customers.stytch.dev';
const zitadelIssuer = 'https://example.zitadel.cloud';
const accessIssuer = 'https://example.cloudflareaccess.com';
const googleIssuer = 'https://accounts.google.com';

/** Providers whose tokens are bound by a project, an application, or a list of clients. */
export const casesByOtherMeans: readonly ProviderCase[] = [
  {
    name: 'cloudflare-access',
    load: () => import('../../../src/providers/cloudflare-access.js'),
    recorded: {},
    written: { 'key set': { jwks_uri: `${accessIssuer}/cdn-cgi/access/certs` } },
    warnings: [],
    tokenHeader: 'cf-access-jwt-assertion',
    refused: [
      { what: 'ID token of the same client', claims: { type: undefined, nonce: 'n-0S6_WzA2Mj' } },
      { what: 'other tenant', claims: { iss: 'https://other.cloudflareaccess.com' } },
      {
        what: 'other audience',
        claims: { aud: ['0000000000000000000000000000000000000000000000000000000000000000'] },
      },
      { what: 'token of the global session', claims: { type: 'org' } },
    ],
  },
  {
    name: 'cognito',
    load: () => import('../../../src/providers/cognito.js'),
    recorded: {
      [openid(cognitoIssuer)]: readRecorded('aws-cognito', [
        ['https://cognito-idp.REGIONamazonaws.com/REGION-CODE', cognitoIssuer],
        ['https://cognito-idp.REGION.amazonaws.com/REGION-CODE', cognitoIssuer],
        ['DOMAIN', 'example.auth.eu-central-1.amazoncognito.com'],
      ]),
    },
    written: {},
    warnings: [
      `[mcp-auth] protectedResources.metadata.authorizationServers[0]: policy cognito: tokens without aud are bound to this resource by client_id and a scope prefix only. → ${logLines}`,
      lacksS256(openid(cognitoIssuer)),
    ],
    refused: [
      {
        what: 'ID token of the same client',
        claims: { token_use: 'id', aud: '7eexampleclient', client_id: undefined, scope: undefined },
      },
      {
        what: 'other tenant',
        claims: { iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_zZzZzZzZz' },
      },
      { what: 'other audience', claims: { aud: otherResource } },
      { what: 'client that is not on the list', claims: { client_id: '7eotherclient' } },
      { what: 'token without a scope of this resource server', claims: { scope: 'openid profile' } },
    ],
    withoutScope: { scope: 'https://api.example.com/mcp/write' },
  },
  {
    name: 'google',
    load: () => import('../../../src/providers/google.js'),
    recorded: { [openid(googleIssuer)]: readRecorded('google') },
    written: {},
    warnings: [],
    opaque: {
      url: 'https://oauth2.googleapis.com/tokeninfo',
      refusal: { status: 400, body: { error: 'invalid_token', error_description: 'Invalid Value' } },
    },
    refused: [
      {
        what: 'token of a client of another project',
        reported: true,
        claims: { aud: '999-other.apps.googleusercontent.com' },
      },
      { what: 'token of a client that did not ask for openid', reported: true, claims: { sub: undefined } },
    ],
    withoutScope: { scope: 'https://www.googleapis.com/auth/userinfo.email' },
  },
  {
    name: 'stytch',
    load: () => import('../../../src/providers/stytch.js'),
    recorded: {},
    written: { [oauth(stytchIssuer)]: readDocument('stytch') },
    warnings: [
      `[mcp-auth] protectedResources.metadata.authorizationServers[0]: policy stytch: tokens name the project as their audience, no matter which resource they were issued for. → ${logLines}`,
    ],
    refused: [
      {
        what: 'ID token of the same client',
        claims: {
          aud: ['connected-app-live-d731954d-dab3-4a2b-bdee-07f3ad1be888'],
          scope: undefined,
          nonce: 'n-0S6_WzA2Mj',
        },
      },
      { what: 'other tenant', claims: { iss: 'https://other.customers.stytch.dev' } },
      {
        what: 'other audience',
        reported: true,
        claims: { aud: ['project-live-99999999-73d5-44f7-852c-9a7e7b2ccf62'] },
      },
      {
        what: 'session token of the application',
        claims: { client_id: undefined, 'https://stytch.com/session': { id: 'session-live-1' } },
      },
    ],
    withoutScope: { scope: 'openid' },
  },
  {
    name: 'supabase',
    load: () => import('../../../src/providers/supabase.js'),
    recorded: {},
    written: { [openid(supabaseIssuer)]: readDocument('supabase') },
    warnings: [],
    configured: { aud: 'https://api.example.com/mcp' },
    refused: [
      {
        what: 'ID token of the same client',
        claims: { aud: '9a8b7c6d-5e4f-3a2b-1c0d-9e8f7a6b5c4d', client_id: undefined, role: undefined },
      },
      { what: 'other tenant', claims: { iss: 'https://ponmlkjihgfedcba.supabase.co/auth/v1' } },
      { what: 'other audience', claims: { aud: otherResource } },
      { what: 'token of a project without the hook', reported: true, claims: { aud: 'authenticated' } },
      { what: 'session token of the web application', claims: { client_id: undefined } },
    ],
  },
  {
    name: 'zitadel',
    load: () => import('../../../src/providers/zitadel.js'),
    recorded: {},
    written: { [openid(zitadelIssuer)]: readDocument('zitadel') },
    warnings: [],
    opaque: {
      url: 'https://example.zitadel.cloud/oauth/v2/introspect',
      refusal: { status: 200, body: { active: false } },
    },
    refused: [
      { what: 'ID token of the same client', claims: { active: false } },
      { what: 'other tenant', claims: { iss: 'https://other.zitadel.cloud' } },
      { what: 'other audience', reported: true, claims: { aud: ['111111111111111111'] } },
    ],
    withoutScope: { scope: 'openid' },
  },
];

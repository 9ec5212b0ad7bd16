import { readDocument, readRecorded } from '../support/issuers.js';
import { oauth, openid, otherResource, type ProviderCase } from '../support/provider-case.js';

const oktaIssuer = 'https://example.okta.com/oauth2/aus1exampleserver0h7';
const auth0Issuer = 'https://example.eu.auth0.com/';
const clerkIssuer = 'https://clerk.example.com';
const authkitIssuer = 'https://example.authkit.app';
const descopeProject = 'P32juVkF2iM8wAGoM8PiLkGi6POV';
const descopeIssuer = `https://api.descope.com/v1/apps/agentic/${descopeProject}/MS35d1Xw1Yo6zozsW7n8BU6xLmnAs`;
const logtoIssuer = 'https://example.logto.app/oidc';
const oryIssuer = 'https://example.projects.oryapis.com';

/** Providers that write the resource into `aud`. */
export const casesByResource: readonly ProviderCase[] = [
  {
    name: 'auth0',
    load: () => import('../../../src/providers/auth0.js'),
    recorded: {
      [openid(auth0Issuer)]: readRecorded('auth0', [['common.auth0.com', 'example.eu.auth0.com']]),
    },
    written: {},
    warnings: [],
    alsoAccepted: ['auth0-rfc9068'],
    refused: [
      {
        what: 'ID token of the same client',
        claims: { aud: 'my_client_id', azp: undefined, scope: undefined, name: 'Example User' },
      },
      { what: 'other tenant', claims: { iss: 'https://other.eu.auth0.com/' } },
      { what: 'other audience', claims: { aud: otherResource } },
      {
        what: 'token of a client that asked for no API, for the userinfo endpoint alone',
        claims: { aud: 'https://example.eu.auth0.com/userinfo' },
      },
    ],
    withoutScope: { scope: 'openid profile' },
  },
  {
    name: 'clerk',
    load: () => import('../../../src/providers/clerk.js'),
    recorded: {
      [oauth(clerkIssuer)]: readRecorded('clerk', [
        ['well-hagfish-71.clerk.accounts.dev', 'clerk.example.com'],
      ]),
    },
    written: {},
    warnings: [],
    refused: [
      {
        what: 'ID token of the same client',
        header: { typ: 'JWT' },
        claims: { aud: 'client_2xhFjEI5X2qWRvtV13BzSj8H6Dk', client_id: undefined, scp: undefined },
      },
      { what: 'other tenant', claims: { iss: 'https://clerk.example.org' } },
      { what: 'other audience', claims: { aud: otherResource } },
      { what: 'token of a client that sent no resource', reported: true, claims: { aud: undefined } },
      {
        what: 'session token of the web application',
        header: { typ: 'JWT' },
        claims: { sid: 'sess_2xhFjEI5X2qWRvtV13BzSj8H6Dk', azp: 'https://app.example.com' },
      },
    ],
    withoutScope: { scp: ['profile'] },
  },
  {
    name: 'descope',
    load: () => import('../../../src/providers/descope.js'),
    recorded: {},
    written: { [openid(descopeIssuer)]: readDocument('descope') },
    warnings: [],
    refused: [
      {
        what: 'ID token of the same client',
        claims: { aud: 'TPA2exampleclient', scope: undefined, nonce: 'n-0S6_WzA2Mj' },
      },
      {
        what: 'other tenant',
        claims: { iss: 'https://api.descope.com/v1/apps/P99otherproject' },
      },
      { what: 'other audience', claims: { aud: [otherResource] } },
      {
        what: 'token of another MCP server of the project',
        claims: { iss: `https://api.descope.com/v1/apps/agentic/${descopeProject}/MS99other` },
      },
    ],
    withoutScope: { scope: 'openid' },
  },
  {
    name: 'logto',
    load: () => import('../../../src/providers/logto.js'),
    recorded: {},
    written: { [openid(logtoIssuer)]: readDocument('logto') },
    warnings: [],
    refused: [
      {
        what: 'ID token of the same client',
        header: { typ: undefined },
        claims: { aud: 'nvfqexampleclient6q', at_hash: 'preyLDn0Oj1v8VRdJGD6qQ', scope: undefined },
      },
      { what: 'other tenant', claims: { iss: 'https://other.logto.app/oidc' } },
      { what: 'other audience', reported: true, claims: { aud: otherResource } },
    ],
    withoutScope: { scope: 'write:notes' },
  },
  {
    name: 'okta',
    load: () => import('../../../src/providers/okta.js'),
    recorded: {
      [openid(oktaIssuer)]: readRecorded('okta', [
        ['https://common.okta.com/oauth2/v1', `${oktaIssuer}/v1`],
        ['https://common.okta.com', oktaIssuer],
      ]),
    },
    written: {},
    warnings: [],
    refused: [
      {
        what: 'ID token of the same client',
        claims: {
          aud: '0oaexampleclient0h7',
          cid: undefined,
          scp: undefined,
          jti: 'ID.4eAWJOCMB3SX8XewDfVR',
        },
      },
      { what: 'other tenant', claims: { iss: 'https://other.okta.com/oauth2/aus1exampleserver0h7' } },
      { what: 'other audience', reported: true, claims: { aud: 'api://default' } },
      {
        what: 'token of the server of the organization',
        reported: true,
        claims: { iss: 'https://example.okta.com', aud: 'https://example.okta.com' },
      },
    ],
    withoutScope: { scp: ['openid'] },
  },
  {
    name: 'ory',
    load: () => import('../../../src/providers/ory.js'),
    recorded: {
      [openid(oryIssuer)]: readRecorded('ory-network', [['$PROJECT_SLUG', 'example']]),
    },
    written: {},
    warnings: [],
    refused: [
      {
        what: 'ID token of the same client',
        claims: {
          aud: ['5c7b2f0e-1c1b-4d0f-8a8e-6f0b3f2d9a10'],
          scp: undefined,
          at_hash: 'preyLDn0Oj1v8VRdJGD6qQ',
        },
      },
      { what: 'other tenant', claims: { iss: 'https://other.projects.oryapis.com' } },
      { what: 'other audience', reported: true, claims: { aud: [otherResource] } },
      { what: 'token of a client whose audience nobody granted', reported: true, claims: { aud: [] } },
    ],
    withoutScope: { scp: ['openid'] },
  },
  {
    name: 'workos',
    load: () => import('../../../src/providers/workos.js'),
    recorded: {},
    written: { [oauth(authkitIssuer)]: readDocument('workos') },
    warnings: [],
    refused: [
      {
        what: 'ID token of the same client',
        claims: { aud: 'client_01JP8BD0CZ401TDF9X54NT5ZEK', client_id: undefined, scope: undefined },
      },
      { what: 'other tenant', claims: { iss: 'https://other.authkit.app' } },
      { what: 'other audience', claims: { aud: otherResource } },
      {
        what: 'token of a client that sent no resource, for the environment',
        reported: true,
        claims: { aud: 'client_01ENVIRONMENT0000000000000' },
      },
      {
        what: 'session token of the application',
        claims: { sid: 'session_01HQSXZGF8FHF7A9ZZFCW4387R' },
      },
    ],
    withoutScope: { scope: 'profile' },
  },
];

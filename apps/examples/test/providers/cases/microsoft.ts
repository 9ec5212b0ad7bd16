import { readDocument, readRecorded } from '../support/issuers.js';
import { lacksS256, openid, otherResource, type ProviderCase } from '../support/provider-case.js';

const entraTenant = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';
const entraIssuer = `https://login.microsoftonline.com/${entraTenant}/v2.0`;
const adfsIssuer = 'https://fs.example.com/adfs';
const b2cIssuer = `https://example.b2clogin.com/${entraTenant}/v2.0/`;
const b2cDocument =
  'https://example.b2clogin.com/example.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration';
const ciamDocument = `https://example.ciamlogin.com/${entraTenant}/v2.0/.well-known/openid-configuration`;

/** Products of Microsoft. */
export const casesMicrosoft: readonly ProviderCase[] = [
  {
    name: 'adfs',
    load: () => import('../../../src/providers/adfs.js'),
    recorded: { [openid(adfsIssuer)]: readDocument('adfs') },
    written: {},
    warnings: [lacksS256(openid(adfsIssuer))],
    refused: [
      {
        what: 'ID token of the same client',
        claims: { iss: adfsIssuer, aud: '50ce8764-0000-4444-96c0-39cc601ea154' },
      },
      { what: 'other tenant', claims: { iss: 'http://fs.example.org/adfs/services/trust' } },
      { what: 'other audience', claims: { aud: otherResource } },
      { what: 'token of a client that named no resource', claims: { aud: 'urn:microsoft:userinfo' } },
      { what: 'token with the issuer of the metadata', reported: true, claims: { iss: adfsIssuer } },
    ],
    withoutScope: { scp: 'openid' },
  },
  {
    name: 'azure-ad-b2c',
    load: () => import('../../../src/providers/azure-ad-b2c.js'),
    recorded: { [b2cDocument]: readDocument('azure-ad-b2c') },
    written: {},
    warnings: [lacksS256(b2cDocument)],
    refused: [
      { what: 'ID token of the same client', claims: { azp: undefined, scp: undefined } },
      { what: 'other tenant', claims: { iss: b2cIssuer.replace('aaaabbbb', 'bbbbcccc') } },
      { what: 'other audience', claims: { aud: '22223333-cccc-4444-dddd-5555eeee6666' } },
      { what: 'token of another user flow', claims: { tfp: 'B2C_1_edit_profile' } },
    ],
    withoutScope: { scp: 'write' },
  },
  {
    name: 'entra',
    load: () => import('../../../src/providers/entra.js'),
    recorded: {
      [openid(entraIssuer)]: readRecorded('entra-common', [
        ['{tenantid}', entraTenant],
        ['/common/', `/${entraTenant}/`],
      ]),
    },
    written: {},
    warnings: [lacksS256(openid(entraIssuer))],
    alsoAccepted: ['entra-v1'],
    refused: [
      {
        what: 'ID token of the same client',
        claims: { azp: undefined, azpacr: undefined, scp: undefined },
      },
      {
        what: 'other tenant',
        claims: {
          iss: entraIssuer.replace('aaaabbbb', 'bbbbcccc'),
          tid: entraTenant.replace('aaaabbbb', 'bbbbcccc'),
        },
      },
      { what: 'other audience', claims: { aud: '00000003-0000-0000-c000-000000000000' } },
      {
        what: 'token under the right issuer that says another tenant',
        claims: { tid: entraTenant.replace('aaaabbbb', 'bbbbcccc') },
      },
      {
        what: 'token of a user with a role, whose client was allowed nothing',
        claims: { scp: undefined, roles: ['read'] },
      },
    ],
    withoutScope: { scp: 'write' },
  },
  {
    name: 'entra-external-id',
    load: () => import('../../../src/providers/entra-external-id.js'),
    recorded: {},
    written: { [ciamDocument]: readDocument('entra-external-id') },
    warnings: [lacksS256(ciamDocument)],
    refused: [
      { what: 'ID token of the same client', claims: { azp: undefined, azpacr: undefined, scp: undefined } },
      { what: 'other tenant', claims: { tid: entraTenant.replace('aaaabbbb', 'bbbbcccc') } },
      { what: 'other audience', claims: { aud: '00000003-0000-0000-c000-000000000000' } },
      {
        what: 'token with the issuer of a tenant for employees',
        claims: { iss: `https://login.microsoftonline.com/${entraTenant}/v2.0` },
      },
    ],
    withoutScope: { scp: 'write' },
  },
];

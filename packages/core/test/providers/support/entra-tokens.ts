/** Claims of Microsoft Entra's access tokens, after its claims reference. */
export const tenantId = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';
export const otherTenantId = 'bbbbcccc-1111-dddd-2222-eeee3333ffff';
export const applicationId = '00001111-aaaa-2222-bbbb-3333cccc4444';
export const clientId = '11112222-bbbb-3333-cccc-4444dddd5555';
const userObjectId = 'dddddddd-0000-4444-8888-aaaaaaaaaaaa';
const servicePrincipalId = 'eeeeeeee-1111-5555-9999-bbbbbbbbbbbb';

/** Version 2, a user through a client. */
export const userToken = {
  aud: applicationId,
  iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
  aio: 'opaque',
  azp: clientId,
  azpacr: '0',
  name: 'Example User',
  oid: userObjectId,
  preferred_username: 'user@example.com',
  rh: 'opaque',
  scp: 'Notes.Read Notes.Write',
  sub: 'pairwise-subject-of-the-user',
  tid: tenantId,
  uti: 'token-1',
  ver: '2.0',
};

/** Version 1, a user through a client. */
export const userTokenVersion1 = {
  aud: `api://${applicationId}`,
  iss: `https://sts.windows.net/${tenantId}/`,
  acr: '1',
  amr: ['pwd'],
  appid: clientId,
  appidacr: '0',
  ipaddr: '192.0.2.1',
  oid: userObjectId,
  scp: 'Notes.Read',
  sub: 'pairwise-subject-of-the-user',
  tid: tenantId,
  unique_name: 'user@example.com',
  uti: 'token-2',
  ver: '1.0',
};

/** Version 2, an application for itself. */
export const applicationToken = {
  aud: applicationId,
  iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
  azp: clientId,
  azpacr: '1',
  oid: servicePrincipalId,
  roles: ['Notes.Read.All'],
  sub: servicePrincipalId,
  tid: tenantId,
  uti: 'token-3',
  ver: '2.0',
};

/** Version 2, the ID token of a user who signed in to the resource's own application. */
export const idToken = {
  aud: applicationId,
  iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
  idp: `https://sts.windows.net/${tenantId}/`,
  name: 'Example User',
  oid: userObjectId,
  preferred_username: 'user@example.com',
  sub: 'pairwise-subject-of-the-user',
  tid: tenantId,
  ver: '2.0',
};

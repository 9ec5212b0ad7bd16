import { createHmac } from 'node:crypto';
import { createSigningKey } from './signing-key.mjs';

export const resource = 'https://mcp.example.com/mcp';
export const scope = 'notes:read';

let serial = 0;

/** Claims of an RFC 9068 access token as providers issue them: about 1 kB once signed with RS256. */
export function createClaims(issuer, overrides = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: resource,
    sub: 'auth|64f1c2a9b7e3d5f8a1c4e6b8',
    client_id: 'https://client.example.com/oauth/client-metadata.json',
    scope: 'openid profile email offline_access notes:read notes:write',
    iat: now - 10,
    exp: now + 14_400,
    jti: `at-${String(serial++).padStart(12, '0')}`,
    sid: '0b9f3a52-6a1d-4a37-9b7e-3f6f0c1d2e4a',
    auth_time: now - 600,
    acr: 'urn:example:loa:2',
    org: { id: 'org_7Yb2mK9QvR', name: 'Example Corporation', plan: 'enterprise' },
    roles: ['member', 'editor', 'billing-viewer'],
    ...overrides,
  };
}

/**
 * Tokens that every resource server has to refuse, by what is wrong with them (RFC 8725, RFC 9068 §4). All but the first
 * two and the unsigned ones bear a good signature.
 */
export function createBadTokens(key, issuer) {
  const claims = (overrides) => createClaims(issuer, overrides);
  const good = key.sign(claims());
  const [header, , signature] = good.split('.');
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const confused = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${encode(claims())}`;
  const past = Math.floor(Date.now() / 1000) - 3600;
  return {
    'altered claims': `${header}.${encode(claims({ sub: 'admin' }))}.${signature}`,
    'key of a stranger': createSigningKey(key.alg, key.kid).sign(claims()),
    'algorithm none': `${encode({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${encode(claims())}.`,
    'HMAC with the public key': `${confused}.${createHmac('sha256', key.pem).update(confused).digest('base64url')}`,
    expired: key.sign(claims({ iat: past - 3600, exp: past })),
    'no expiry': key.sign(claims({ exp: undefined })),
    'another audience': key.sign(claims({ aud: 'https://other.example.com/mcp' })),
    'another issuer': key.sign(claims({ iss: 'https://other.example.com' })),
  };
}

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  knownClient,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';

const resource = 'http://127.0.0.1:4104/mcp';
const origin = 'https://client.example';
const clientId = `${origin}/client.json`;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let server: AuthorizationServer;

beforeAll(async () => {
  const document = {
    client_id: clientId,
    redirect_uris: [`${origin}/callback`],
    grant_types: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'a', alg: 'ES256', use: 'sig' }] },
  };
  server = await startAuthorizationServer(0, [], { fetch: () => Promise.resolve(Response.json(document)) });
  server.addResource(resource, ['todo:read', 'todo:admin']);
});
afterAll(() => server.close());

const assertion = (): Promise<string> =>
  new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'a' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(server.issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(privateKey);

const ask = (form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.issuer}/token`, {
    method: 'POST',
    headers: { origin, ...headers },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource,
      scope: 'todo:admin',
      ...form,
    }),
  });

it('a page of another origin gets no token without a user, by a document of its own', async () => {
  const response = await ask({
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(),
  });
  expect(response.status).toBe(403);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(await response.text()).not.toContain('access_token');
});

it('a page of another origin gets none as the client whose secret is printed', async () => {
  const { id, secret } = knownClient;
  const response = await ask(
    {},
    { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
  );
  expect(response.status).toBe(403);
  expect(await response.text()).not.toContain('access_token');
});

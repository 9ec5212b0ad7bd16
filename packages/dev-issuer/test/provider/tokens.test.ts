import { generateKeyPair } from 'dpop';
import * as DPoP from 'dpop';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { startDevIssuer, type DevIssuer, type DevIssuerOptions } from '../../src/index.js';
import { codeGrant, createRequest, logIn, registered, requestTokens, type Tokens } from '../support/client.js';
import { Visitor } from '../support/visitor.js';

const resource = 'http://localhost:3000/mcp';
const running: DevIssuer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((issuer) => issuer.close()));
});

async function start(options: DevIssuerOptions = {}): Promise<DevIssuer> {
  const issuer = await startDevIssuer({ port: 0, ...options });
  running.push(issuer);
  return issuer;
}

async function errorFor({ issuer }: DevIssuer, parameters: Record<string, string>): Promise<URLSearchParams> {
  const { url } = createRequest(issuer, await registered(issuer), { scope: 'notes', ...parameters });
  return ((await new Visitor().open(url)) as URL).searchParams;
}

async function refresh({ issuer }: DevIssuer, clientId: string, tokens: Tokens, more = {}): Promise<Response> {
  const { refresh_token } = tokens;
  return requestTokens(issuer, { grant_type: 'refresh_token', client_id: clientId, refresh_token, ...more });
}

describe('a resource', () => {
  it.each(['https://mcp.example.com/mcp', 'http://192.168.0.1/mcp', 'http://localhost.example.com/mcp', 'urn:mcp', 'http://localhost/#a'])(
    'elsewhere gets no token unless it is named: %s',
    async (other) => {
      const answer = await errorFor(await start(), { resource: other });
      expect(answer.get('error')).toBe('invalid_target');
    },
  );

  it('that is not named gets none where others are, and the client is told which', async () => {
    const answer = await errorFor(await start({ resources: ['https://mcp.example.com/mcp'] }), { resource });
    expect(answer.get('error')).toBe('invalid_target');
    expect(answer.get('error_description')).toContain('https://mcp.example.com/mcp');
  });

  it.each([resource, 'http://127.0.0.1:65000/a/b?c=d', 'https://[::1]:8443/'])(
    'on this machine gets one that is for it alone: %s',
    async (local) => {
      const { issuer } = await start();
      const tokens = await logIn(issuer, await registered(issuer), { resource: local, scope: 'notes' });
      expect(decodeJwt(tokens.access_token)).toMatchObject({ iss: issuer, aud: local, sub: 'alice', scope: 'notes' });
    },
  );

  it('that is named gets one, there and in another form', async () => {
    const { issuer } = await start({
      resources: ['https://mcp.example.com/mcp', { resource, tokens: 'opaque', scopes: ['other'] }],
      scopes: ['notes'],
    });
    const client = await registered(issuer);
    const tokens = await logIn(issuer, client, { resource: 'https://mcp.example.com/mcp', scope: 'notes other' });
    expect(decodeJwt(tokens.access_token)['scope']).toBe('notes');
    const opaque = await logIn(issuer, client, { resource, scope: 'other' });
    expect(opaque.access_token).not.toContain('.');
  });
});

describe('an access token', () => {
  it('is a JWT that the published keys verify (RFC 9068)', async () => {
    const { issuer } = await start();
    const { access_token: token } = await logIn(issuer, await registered(issuer), { resource, scope: 'a b' });
    const keys = (await (await fetch(`${issuer}/jwks`)).json()) as JSONWebKeySet;
    await jwtVerify(token, createLocalJWKSet(keys), { issuer, audience: resource, typ: 'at+jwt' });
    expect(decodeProtectedHeader(token).alg).toBe('ES256');
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });

  it('that is opaque can be asked about by the resource server, and by nobody without a secret', async () => {
    const { issuer, resourceServer } = await start({ tokens: 'opaque' });
    const client = await registered(issuer);
    const { access_token: token } = await logIn(issuer, client, { resource, scope: 'notes' });
    const ask = async (id: string, secret?: string): Promise<Response> =>
      fetch(`${issuer}/token/introspection`, {
        method: 'POST',
        headers: secret === undefined ? {} : { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
        body: new URLSearchParams({ token, ...(secret === undefined && { client_id: id }) }),
      });
    expect(await (await ask(client.client_id)).text()).not.toContain('"active":true');
    expect((await ask(resourceServer.clientId, 'wrong')).status).toBe(401);
    const { clientId, clientSecret } = resourceServer;
    expect(await (await ask(clientId, clientSecret)).json()).toMatchObject({
      active: true,
      sub: 'alice',
      aud: resource,
      scope: 'notes',
    });
  });

  it('is renewed for the scopes it had, though nobody named them to the issuer', async () => {
    const issuer = await start();
    const { client_id } = await registered(issuer.issuer);
    const tokens = await logIn(issuer.issuer, { client_id }, { resource, scope: 'notes:read notes:write' });
    const response = await refresh(issuer, client_id, tokens);
    const renewed = (await response.json()) as Tokens;
    expect(decodeJwt(renewed.access_token)).toMatchObject({ aud: resource, scope: 'notes:read notes:write' });
    expect((await refresh(issuer, client_id, renewed, { scope: 'notes:read admin' })).status).toBe(400);
  });

  it('can be made without a login by whoever runs the issuer', async () => {
    const issuer = await start();
    const token = await issuer.sign({ audience: resource, subject: 'bob', scopes: ['a'], expiresInSeconds: -60 });
    const { exp = 0, iat = 0, ...claims } = decodeJwt(token);
    expect(claims).toMatchObject({ iss: issuer.issuer, aud: resource, sub: 'bob', scope: 'a' });
    expect(exp).toBeLessThan(Date.now() / 1000);
    expect(iat).toBeLessThan(exp);
  });
});

describe('a token that is bound to a key (DPoP)', () => {
  const exchange = async (issuer: DevIssuer, withProof: boolean): Promise<Response> => {
    const client = await registered(issuer.issuer);
    const visitor = new Visitor();
    const request = createRequest(issuer.issuer, client, { resource, scope: 'notes' });
    const answer = await visitor.submit(await visitor.openPage(request.url), { change: { decision: 'allow' } });
    const keys = await generateKeyPair('ES256');
    const proof = await DPoP.generateProof(keys, `${issuer.issuer}/token`, 'POST');
    const grant = codeGrant(client, request, answer as URL);
    return requestTokens(issuer.issuer, grant, withProof ? { dpop: proof } : {});
  };

  it('is what a client gets that sends a proof', async () => {
    const tokens = (await (await exchange(await start(), true)).json()) as Tokens;
    expect(tokens.token_type).toBe('DPoP');
    expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt: expect.any(String) } });
  });

  it('is the only one, where that is demanded', async () => {
    const issuer = await start({ dpop: true });
    expect((await exchange(issuer, false)).status).toBe(400);
    expect((await exchange(issuer, true)).status).toBe(200);
  });

  it('is demanded of a client too that says it needs none', async () => {
    const issuer = await start({ dpop: true });
    const client = await registered(issuer.issuer, { dpop_bound_access_tokens: false });
    expect(client).toMatchObject({ dpop_bound_access_tokens: true });
  });
});

import {
  createMcpHandler,
  McpServer,
  OAuthError,
  requireBearerAuth,
  type AuthInfo as SdkAuthInfo,
  type OAuthTokenVerifier,
} from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { MCPAuthTokenVerificationError } from '../../src/errors/token-error.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { AuthInfo } from '../../src/caller/auth-info.js';
import type { AccessTokenVerifierOptions } from '../../src/config/sdk-options.js';
import { createAuth, metadataUrl, post, resource, tokenOf, verify } from '../context/callers.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { protect } from '../support/protect.js';
import { resultOf, wires } from './wires.js';

const alice = { subject: 'alice', clientId: 'c', scopes: ['read'] };

function gateOf(options: AccessTokenVerifierOptions = { mode: verify }, events: MCPAuthEvent[] = []) {
  // The assignment is the test: our verifier is one of the SDK's
  const verifier: OAuthTokenVerifier = createAuth({ events }).verifier(resource, options);
  return requireBearerAuth({
    verifier,
    expectedResource: new URL(resource),
    resourceMetadataUrl: metadataUrl,
  });
}

const answer = async (gate: ReturnType<typeof gateOf>, request: Request): Promise<Response> => {
  const result = await gate(request);
  if (!(result instanceof Response)) throw new Error('passed');
  return result;
};

describe.each([
  ['the class of the SDK', { mode: verify, OAuthError }],
  ['the mark of the SDK alone', { mode: verify }],
])("the SDK's own gate, fed by our verifier, with %s", (_name, options) => {
  test('[RFC6750-3.1-02] a token that is refused is a 401 that tells nothing but that', async () => {
    const events: MCPAuthEvent[] = [];
    const foreign = { ...alice, issuer: 'https://evil.example.com' };
    const response = await answer(gateOf(options, events), post(foreign));
    expect(response.status).toBe(401);
    expect(parseChallenge(response.headers.get('www-authenticate')!).parameters).toEqual({
      error: 'invalid_token',
      error_description: 'The access token is not valid for this resource',
      resource_metadata: metadataUrl,
    });
    expect(await response.json()).toEqual({
      error: 'invalid_token',
      error_description: 'The access token is not valid for this resource',
    });
    expect(events).toMatchObject([
      { outcome: 'deny', resource, status: 401, code: 'untrusted_issuer', claim: 'iss' },
    ]);
  });

  test('[RFC8707-2-01] so is a token for another resource', async () => {
    const response = await answer(gateOf(options), post({ ...alice, audience: 'https://other.example.com' }));
    expect(response.status).toBe(401);
  });

  test('what is thrown says why, and holds nothing of the token', async () => {
    const verifier = createAuth().verifier(resource, options);
    const token = tokenOf({ ...alice, issuer: 'https://evil.example.com' });
    const error = await verifier.verifyAccessToken(token).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OAuthError);
    const { cause } = error as Error;
    expect(cause).toBeInstanceOf(MCPAuthTokenVerificationError);
    expect(cause).toMatchObject({ code: 'untrusted_issuer' });
    expect(JSON.stringify([error, (error as Error).stack, cause])).not.toContain(token);
  });
});

test('who has a token header named is told that this gate does not read it', () => {
  const events: MCPAuthEvent[] = [];
  createAuth({ events, protectedResource: { tokenHeader: 'Cf-Access-Jwt-Assertion' } }).verifier(resource);
  createAuth({ events }).verifier(resource);
  expect(events).toMatchObject([
    {
      type: 'warning',
      message: expect.stringMatching(/^tokenHeader: .*reads Authorization, not Cf-Access-/),
    },
  ]);
});

describe('what a token is', () => {
  test.each(['', 'a b', 'a,b', 'ü', '"', 'a=b'])('%j is none', async (token) => {
    const seen: string[] = [];
    const verifier = createAuth().verifier(resource, {
      mode: (text) => {
        seen.push(text);
        return { issuer: 'https://as.example.com' };
      },
    });
    await expect(verifier.verifyAccessToken(token)).rejects.toMatchObject({ code: 'invalid_token' });
    expect(seen).toEqual([]);
  });

  test.each([undefined, null, 5, {}, ['abc']])(
    '%j, as of a request without a token, is a refusal and no error of this process',
    async (token) => {
      const { server } = await protect();
      await expect(server.verifier(resource).verifyAccessToken(token as never)).rejects.toMatchObject({
        code: 'invalid_token',
        cause: { code: 'malformed_token' },
      });
    },
  );

  test('an expired one is told apart, so that the client refreshes', async () => {
    const mode = (token: string) => ({ ...verifyNow(token), expiresAt: Date.now() / 1000 - 60 });
    const response = await answer(gateOf({ mode }), post(alice));
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: 'invalid_token', error_description: 'The access token expired' },
    ]);
  });

  test('the check that refused is told where the option says so', async () => {
    const verifier = createAuth().verifier(resource, { mode: verify, showErrorDetails: true });
    const token = tokenOf({ issuer: 'https://evil.example.com' });
    await expect(verifier.verifyAccessToken(token)).rejects.not.toHaveProperty(
      'message',
      'The access token is not valid for this resource',
    );
  });
});

test('JWTs are verified as behind our own gate', async () => {
  const { server, issuer } = await protect();
  const verifier = server.verifier(resource);
  const auth = await verifier.verifyAccessToken(await issuer.sign());
  expect(auth).toBeInstanceOf(AuthInfo);
  expect(auth).toMatchObject({ subject: 'user-1', clientId: 'client-1', scopes: ['read', 'write'] });
  await expect(
    verifier.verifyAccessToken(await issuer.sign({ aud: 'https://other.example.com' })),
  ).rejects.toMatchObject({ code: 'invalid_token', cause: { code: 'wrong_audience' } });
  const [head, body] = (await issuer.sign()).split('.');
  await expect(verifier.verifyAccessToken(`${head}.${body}.AAAA`)).rejects.toMatchObject({
    code: 'invalid_token',
  });
});

test('an outage is no fault of the token: 500 there, never 401 and never a pass', async () => {
  const { server, issuer } = await protect();
  issuer.down = true;
  const verifier = server.verifier(resource, { OAuthError });
  await expect(verifier.verifyAccessToken(await issuer.sign())).rejects.toBeInstanceOf(
    MCPAuthAuthServerError,
  );
  const response = await requireBearerAuth({ verifier })(
    new Request(resource, { headers: { authorization: `Bearer ${await issuer.sign()}` } }),
  );
  expect((response as Response).status).toBe(500);
});

test.each(wires)('a good token runs the tool with the whole caller, on the $version wire', async (wire) => {
  const callers: (SdkAuthInfo | undefined)[] = [];
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'x', version: '1.0.0' });
    server.registerTool('whoami', {}, ({ http }) => {
      callers.push(http?.authInfo);
      return { content: [] };
    });
    return server;
  });
  const request = wire.request(alice, 'tools/call', { name: 'whoami' });
  const authInfo = await gateOf()(request);
  if (authInfo instanceof Response) throw new Error('refused');
  await resultOf(await handler.fetch(request, { authInfo }));
  const [caller] = callers;
  expect(caller).toBeInstanceOf(AuthInfo);
  expect(caller).toMatchObject({ subject: 'alice', resourceMetadataUrl: metadataUrl });
  expect(caller?.resource?.href).toBe(resource);
});

test.each([
  ['unknown_resource', 'https://api.example.com/other', { mode: verify }],
  ['invalid_option', resource, { mode: 'opaque' as 'jwt' }],
  ['invalid_audience', resource, { mode: verify, audience: '' }],
])('%s is said at construction', (code, identifier, options) => {
  const construct = () => createAuth().verifier(identifier, options);
  expect(construct).toThrow(MCPAuthConfigError);
  expect(construct).toThrow(expect.objectContaining({ code }) as Error);
});

function verifyNow(token: string) {
  const info = verify(token);
  if (info instanceof Promise) throw new Error('this verifier answers at once');
  return info;
}

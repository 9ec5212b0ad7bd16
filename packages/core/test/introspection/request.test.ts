import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { jwtVerify } from 'jose';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import type { IntrospectionClientAuthentication, PrivateKeyJwt } from '../../src/config/introspection.js';
import { createKey } from '../support/keys.js';
import { statusOf } from '../support/protect.js';
import { faultsOf, introspecting, opaque, secret, type Call } from './support.js';

async function callWith(clientAuthentication: IntrospectionClientAuthentication): Promise<Call> {
  const { ask, endpoint } = await introspecting({ introspection: { clientAuthentication } });
  expect(statusOf(await ask(opaque))).toBe(200);
  return endpoint.calls[0]!;
}

describe('the question', () => {
  test.each([
    ['a b', 400],
    ['a,b', 400],
    ['ä', 400],
    ['a"b', 400],
    ['', 401],
  ] as const)('[RFC7662-4-04] malformed credentials are not sent on: %j', async (token, status) => {
    const { ask, endpoint } = await introspecting();
    expect(statusOf(await ask(token))).toBe(status);
    expect(endpoint.calls).toEqual([]);
  });

  test('[RFC7662-4-04] nor is a token beyond the size limit', async () => {
    const { ask, endpoint } = await introspecting();
    expect(statusOf(await ask('a'.repeat(16_385)))).toBe(401);
    expect(endpoint.calls).toEqual([]);
  });

  test('[RFC7662-2.1-01] is a form in the body of a POST, and the URL holds nothing of the token', async () => {
    const call = await callWith({ method: 'client_secret_basic', clientId: 'rs', clientSecret: 's' });
    expect(call.init.method).toBe('POST');
    expect(call.init.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(call.url).toBe('https://as.example.com/introspect');
    expect([...call.form]).toEqual([
      ['token', opaque],
      ['token_type_hint', 'access_token'],
    ]);
  });

  test('[RFC7662-2.1-01] characters that mean something in a form arrive as they are', async () => {
    const { ask, endpoint } = await introspecting();
    await ask('a+b/c~d._-==');
    expect(endpoint.calls[0]?.form.get('token')).toBe('a+b/c~d._-==');
  });

  test('[RFC7662-2.1-03] the hint never names another kind of token', async () => {
    const call = await callWith({ method: 'bearer', token: 'own' });
    expect(call.form.get('token_type_hint')).toBe('access_token');
  });
});

describe('[RFC7662-2.1-02] the resource server says who it is', () => {
  test('client_secret_basic: id and secret are form-encoded before they are joined', async () => {
    const call = await callWith({
      method: 'client_secret_basic',
      clientId: 'resource server:1',
      clientSecret: 'kept/between us:é&=+%~*',
    });
    const field = call.init.headers.authorization ?? '';
    expect(field.startsWith('Basic ')).toBe(true);
    expect(Buffer.from(field.slice(6), 'base64').toString('latin1')).toBe(
      'resource+server%3A1:kept%2Fbetween+us%3A%C3%A9%26%3D%2B%25%7E*',
    );
    expect([...call.form.keys()]).toEqual(['token', 'token_type_hint']);
  });

  test('client_secret_post: in the body, and nowhere else', async () => {
    const call = await callWith({ method: 'client_secret_post', clientId: 'rs', clientSecret: secret });
    expect(call.form.get('client_id')).toBe('rs');
    expect(call.form.get('client_secret')).toBe(secret);
    expect(call.init.headers.authorization).toBeUndefined();
  });

  test('bearer: a token of its own, never the one that is asked about', async () => {
    const call = await callWith({ method: 'bearer', token: 'own-token' });
    expect(call.init.headers.authorization).toBe('Bearer own-token');
  });

  test('bearer: a function is asked before each call', async () => {
    let calls = 0;
    const token = () => Promise.resolve(`own-${++calls}`);
    const { ask, endpoint } = await introspecting({
      introspection: { clientAuthentication: { method: 'bearer', token } },
    });
    await ask(opaque);
    await ask(opaque);
    expect(endpoint.calls.map(({ init }) => init.headers.authorization)).toEqual([
      'Bearer own-1',
      'Bearer own-2',
    ]);
  });

  test.each([
    () => '',
    () => 'two words',
    () => 'a\r\nx: y',
    () => undefined as unknown as string,
    () => {
      throw new Error(secret);
    },
    () => Promise.reject(new Error(secret)),
  ])('[RFC7662-2.3-01] bearer: without a token of its own nobody can tell: %s', async (token) => {
    const { ask, endpoint, events } = await introspecting({
      introspection: { clientAuthentication: { method: 'bearer', token } },
    });
    expect(statusOf(await ask(opaque))).toBe(503);
    expect(endpoint.calls).toEqual([]);
    expect(faultsOf(events)).toEqual(['introspection_unauthorized']);
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  test('[RFC7662-2.3-01] bearer: a line break at the end of a file is named, not guessed at', async () => {
    const own = 'own-token-5b1d';
    const { ask, events } = await introspecting({
      introspection: { clientAuthentication: { method: 'bearer', token: () => `${own}\n` } },
    });
    expect(statusOf(await ask(opaque))).toBe(503);
    expect(JSON.stringify(events)).toContain('line break');
    expect(JSON.stringify(events)).not.toContain(own);
  });

  test('[RFC7662-2.3-01] bearer: a token that never comes is not blamed on the endpoint, and holds nobody', async () => {
    const clientAuthentication = {
      method: 'bearer',
      token: () => new Promise<string>(() => undefined),
    } as const;
    const { ask, endpoint, events, server } = await introspecting({
      introspection: { timeoutMs: 20, clientAuthentication },
    });
    await expect(server.ready()).rejects.toMatchObject({ code: 'introspection_unauthorized' });
    expect(statusOf(await ask(opaque))).toBe(503);
    expect(endpoint.calls).toEqual([]);
    const fault = events.find((event) => event.type === 'fault');
    expect(fault?.error.code).toBe('introspection_unauthorized');
    expect(fault?.error.message).toContain('clientAuthentication.token');
  });
});

describe('[RFC7662-2.1-02] private_key_jwt', () => {
  async function assertionOf(config: Omit<PrivateKeyJwt, 'method' | 'clientId'>) {
    const call = await callWith({ method: 'private_key_jwt', clientId: 'rs', ...config });
    return call.form;
  }

  test('a short-lived assertion for the authorization server alone', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { ask, endpoint, clock } = await introspecting({
      introspection: {
        clientAuthentication: {
          method: 'private_key_jwt',
          clientId: 'rs',
          key: { ...privateKey.export({ format: 'jwk' }), kid: 'k1' },
        },
      },
    });
    await ask(opaque);
    await ask(opaque);
    const assertions = await Promise.all(
      endpoint.calls.map(({ form }) =>
        jwtVerify(form.get('client_assertion')!, publicKey, { currentDate: new Date(clock.now()) }),
      ),
    );
    const [first, second] = assertions;
    expect(first?.protectedHeader).toEqual({ alg: 'ES256', kid: 'k1' });
    expect(first?.payload).toEqual({
      iss: 'rs',
      sub: 'rs',
      aud: 'https://as.example.com',
      jti: expect.any(String),
      iat: clock.seconds(),
      exp: clock.seconds() + 60,
    });
    expect(second?.payload.jti).not.toBe(first?.payload.jti);
    expect(endpoint.calls[0]?.form.get('client_id')).toBe('rs');
    expect(endpoint.calls[0]?.form.get('client_assertion_type')).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const ed = generateKeyPairSync('ed25519');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (key: typeof ec.privateKey) => key.export({ format: 'pem', type: 'pkcs8' }) as string;

  test.each([
    ['a JWK by its curve', { key: ec.privateKey.export({ format: 'jwk' }) }, ec.publicKey, 'ES384'],
    ['an Ed25519 JWK', { key: ed.privateKey.export({ format: 'jwk' }) }, ed.publicKey, 'EdDSA'],
    [
      'an RSA JWK',
      { key: { ...rsa.privateKey.export({ format: 'jwk' }), alg: 'PS256' } },
      rsa.publicKey,
      'PS256',
    ],
    ['PEM', { key: pem(rsa.privateKey), alg: 'RS256', kid: 'p' }, rsa.publicKey, 'RS256'],
  ] as const)('signs with %s', async (_what, config, publicKey, alg) => {
    const form = await assertionOf(config);
    const options = { currentDate: new Date(Date.UTC(2026, 0, 1)) };
    const { protectedHeader } = await jwtVerify(form.get('client_assertion')!, publicKey, options);
    expect(protectedHeader.alg).toBe(alg);
  });

  test('signs with a key object of the platform', async () => {
    const { privateKey, publicKey } = await createKey();
    const form = await assertionOf({
      key: privateKey,
      alg: 'ES256',
      audience: 'https://as.example.com/token',
    });
    const { payload } = await jwtVerify(form.get('client_assertion')!, publicKey, {
      currentDate: new Date(Date.UTC(2026, 0, 1)),
    });
    expect(payload.aud).toBe('https://as.example.com/token');
  });

  test('[RFC7662-2.3-01] a key that turns out unusable makes ready() fail and answers 503, without a word of the key', async () => {
    const jwk = ec.privateKey.export({ format: 'jwk' });
    const key = { ...jwk, x: createPublicKey(rsa.privateKey).export({ format: 'jwk' }).n };
    const { ask, server, events } = await introspecting({
      introspection: { clientAuthentication: { method: 'private_key_jwt', clientId: 'rs', key } },
    });
    const error = await server.ready().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MCPAuthAuthServerError);
    expect(statusOf(await ask(opaque))).toBe(503);
    expect(JSON.stringify([error, events])).not.toContain(jwk.d);
    expect(faultsOf(events)).toEqual(['introspection_unauthorized']);
  });

  test.each([
    ['an RSA key that is too short', generateKeyPairSync('rsa', { modulusLength: 1024 }), 'RS256'],
    ['a key of another curve', ec, 'ES256'],
  ] as const)('[RFC7662-2.3-01] %s is named as what to mend', async (_what, pair, alg) => {
    const jwk = pair.privateKey.export({ format: 'jwk' });
    const usage = alg === 'RS256' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA';
    const key = await crypto.subtle.importKey(
      'jwk',
      jwk,
      { name: usage, hash: 'SHA-256', namedCurve: 'P-384' },
      false,
      ['sign'],
    );
    const { ask, events, server } = await introspecting({
      introspection: { clientAuthentication: { method: 'private_key_jwt', clientId: 'rs', key, alg } },
    });
    expect(statusOf(await ask(opaque))).toBe(503);
    const fault = events.find((event) => event.type === 'fault');
    expect(fault?.error.code).toBe('introspection_unauthorized');
    expect(fault?.error.message).toContain(`clientAuthentication.key cannot sign with ${alg}`);
    await expect(server.ready()).rejects.toMatchObject({ code: 'introspection_unauthorized' });
  });
});

import { expect, test, vi } from 'vitest';
import { createProver, createTestIssuer, type TestAlgorithm } from '../../src/index.js';
import { protect, resource } from '../support/protect.js';

const issuer = createTestIssuer({ audience: resource });
const { ask, denied } = protect(issuer, 'jwt', true);
const request = { method: 'GET', url: resource };

test('a bound token without a proof, with a proof of another key, or for another request, is refused', async () => {
  const prover = createProver();
  const token = await issuer.mintToken({ boundTo: prover.boundTo });
  expect((await ask(token)).status).toBe(401);
  expect(denied.at(-1)?.code).toBe('bound_token_as_bearer');
  expect((await ask(token, await createProver().prove({ ...request, token }))).status).toBe(401);
  expect((await ask(token, await prover.prove({ ...request, method: 'POST', token }))).status).toBe(401);
  expect((await ask(token, await prover.prove({ ...request }))).status).toBe(401);
  expect((await ask(token, await prover.prove({ ...request, token, claims: { iat: 1 } }))).status).toBe(401);
});

test.each<TestAlgorithm>(['ES256', 'RS256', 'EdDSA'])('a proof with %s passes once', async (algorithm) => {
  const prover = createProver({ algorithm });
  const token = await issuer.mintToken({ boundTo: prover.boundTo });
  const proof = await prover.prove({ ...request, url: `${resource}?a=1#b`, token });
  expect((await ask(token, proof)).status).toBe(200);
  expect((await ask(token, proof)).status).toBe(401);
});

test('an opaque token can be bound too', async () => {
  const opaque = createTestIssuer({ audience: resource });
  const server = protect(opaque, 'introspection', true);
  const prover = createProver();
  const token = opaque.mintOpaqueToken({ boundTo: prover.boundTo });
  expect((await server.ask(token)).status).toBe(401);
  expect((await server.ask(token, await prover.prove({ ...request, token }))).status).toBe(200);
});

test('mistakes are errors', async () => {
  expect(() => createProver({ key: 1 } as object)).toThrow(/"key" is not an option/);
  await expect(createProver().prove({ ...request, uri: 1 } as never)).rejects.toThrow(
    /"uri" is not an option/,
  );
  vi.stubEnv('NODE_ENV', 'production');
  expect(() => createProver()).toThrow(/NODE_ENV=production/);
  vi.unstubAllEnvs();
});

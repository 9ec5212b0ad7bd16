/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is what is tried */
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { getAuth } from '../src/index.js';
import { MCPAuth } from '../src/legacy.js';

const issuer = 'https://as.example.com';
const audience = 'https://api.example.com';
const create = () => new MCPAuth({ server: { issuer }, onEvent: () => undefined });

test('in legacy mode a route is closed without a token, and open to a caller whose token is for its audience', async () => {
  const verify = (token: string) => ({
    issuer,
    audience: token === 'here' ? audience : 'https://other.example.com',
    subject: 'user-1',
    expiresAt: Date.now() / 1000 + 60,
  });
  const app = Fastify();
  app.post('/mcp', create().bearerAuth(verify, { audience }), (request) => getAuth(request)?.subject);
  const post = (headers: Record<string, string> = {}) => app.inject({ method: 'POST', url: '/mcp', headers });
  expect((await post()).statusCode).toBe(401);
  expect((await post({ authorization: 'Bearer elsewhere' })).statusCode).toBe(401);
  expect((await post({ authorization: 'Bearer here' })).body).toBe('user-1');
  await app.close();
});

test('what is handed over without a call, or taken off its object, says what to write in legacy mode', () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
  const { bearerAuth } = create();
  expect(() => bearerAuth('jwt', { audience })).toThrow(
    "app.post('/mcp', mcpAuth.bearerAuth('jwt', { audience }), handler)",
  );
});

test('a core of another release can name this package and its version', () => {
  expect(MCPAuth.release).toEqual({ name: '@mcp-auth/fastify', version: manifest.version });
});

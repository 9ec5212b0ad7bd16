/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import { createServer } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import express4 from 'express4';
import { describe, expect, test } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { bearer, sendRaw } from '../../core/test/support/raw-request.js';
import { MCPAuth } from '../src/index.js';
import { MCPAuth as LegacyMCPAuth } from '../src/legacy.js';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';

const create = () =>
  new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });

/* eslint-disable @typescript-eslint/unbound-method -- the mistake that is tried */
const methods = {
  protectedResourceMetadataRouter: () => create().protectedResourceMetadataRouter,
  bearerAuth: () => create().bearerAuth,
  delegatedRouter: () => new LegacyMCPAuth({ server: { issuer } }).delegatedRouter,
};
/* eslint-enable @typescript-eslint/unbound-method */

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_name, framework) => {
  test.each(['protectedResourceMetadataRouter', 'delegatedRouter', 'bearerAuth'] as const)(
    '%s handed over without a call says what to write, and lets nobody pass',
    async (name) => {
      const method = methods[name]() as never;
      const errors: unknown[] = [];
      const app = framework();
      app.use(method);
      app.post('/mcp', (_request, response) => {
        response.send('in');
      });
      const onError: ErrorRequestHandler = (error, _request, response, next) => {
        errors.push(error);
        response.status(500).send('failed');
        expect(next).toBeTypeOf('function');
      };
      app.use(onError);
      const server = createServer(app);
      const origin = await listen(server);
      for (const headers of [[], bearer('token')]) {
        expect((await sendRaw(origin, '/mcp', { method: 'POST', headers })).status).toBe(500);
      }
      await closeServer(server);
      expect(errors).toMatchObject(
        Array.from({ length: 2 }, () => ({ name: 'MCPAuthConfigError', code: 'invalid_option', path: name })),
      );
      expect(String(errors[0])).toContain(`app.${name === 'bearerAuth' ? 'post' : 'use'}(`);
    },
  );

  test('and so it does where the route has it', async () => {
    const app = framework();
    app.set('env', 'test');
    // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
    app.post('/mcp', create().bearerAuth as never, (_request, response) => {
      response.send('in');
    });
    const server = createServer(app);
    expect((await sendRaw(await listen(server), '/mcp', { method: 'POST' })).status).toBe(500);
    await closeServer(server);
  });
});

test('bearerAuth taken off its object says so at once', () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
  const { bearerAuth } = create();
  expect(() => bearerAuth('jwt', { resource })).toThrow('const { bearerAuth } = mcpAuth');
});

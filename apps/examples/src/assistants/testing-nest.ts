import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { MCPAuth } from '@mcp-auth/express';
import { BearerAuth, McpAuthModule } from '@mcp-auth/nest';
import { brokenTokenNames, createTestIssuer, testExpress } from '@mcp-auth/testing';
import { assertChallengeFor, assertRefusedWith } from '@mcp-auth/testing/node';
import { All, Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Express } from 'express';

const resource = 'https://mcp.example.com/mcp';
const scopes = ['notes:read'];
const issuer = createTestIssuer({ audience: resource });

/** Your own server takes its authorization servers as an argument, so that a test can name another. */
const mcpAuth = new MCPAuth({ resource, ...issuer.mcpAuthOptions, log: false });

@Controller('mcp')
@BearerAuth({ requiredScopes: scopes })
class McpController {
  @All()
  serve() {
    return {};
  }
}

@Module({ imports: [McpAuthModule.forRoot(mcpAuth)], controllers: [McpController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.init();
const server = await testExpress(app.getHttpAdapter().getInstance() as Express);
after(async () => {
  await server.close();
  await app.close();
});
const call = (token?: string) => server.request('/mcp', { method: 'POST', token });

void test('whoever has no token learns what to ask for', async () => {
  assertChallengeFor(await call(), { scopes, error: null });
});

void test('no broken token passes: none that is expired, or for another resource', async () => {
  for (const name of brokenTokenNames) {
    assertRefusedWith(await call(await issuer.mintBrokenToken(name, { scopes })), 401, 'invalid_token');
  }
});

void test('a token with too few scopes is told the others, and a good one passes', async () => {
  const few = await issuer.mintToken({ scopes: ['other'] });
  assertChallengeFor(await call(few), { scopes, error: 'insufficient_scope' });
  assert.equal((await call(await issuer.mintToken({ scopes }))).status, 200);
});

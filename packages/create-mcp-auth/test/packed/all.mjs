// Every framework in both languages, with the practice issuer and with a provider: node --test packages/create-mcp-auth/test/packed/all.mjs
import { test } from 'node:test';
import { tryProject } from './try-project.mjs';

const frameworks = ['express', 'hono', 'fastify', 'fetch', 'next', 'nest'];

for (const framework of frameworks) {
  for (const language of ['ts', 'js']) {
    for (const provider of ['dev', 'keycloak']) {
      test(`npm create mcp-auth: ${framework}, ${language}, ${provider}`, () =>
        tryProject({ framework, language, provider }));
    }
  }
}

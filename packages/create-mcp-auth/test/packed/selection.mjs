// A covering selection of all.mjs, for npm test: both languages and kinds of providers, and what is built in a way of its own.
import { test } from 'node:test';
import { tryProject } from './try-project.mjs';

const selection = [
  { framework: 'express', language: 'ts', provider: 'dev' },
  { framework: 'hono', language: 'js', provider: 'keycloak' },
];

for (const project of selection) {
  test(`npm create mcp-auth: ${Object.values(project).join(', ')}`, () => tryProject(project));
}

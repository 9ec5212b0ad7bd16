// What a peer adds to an application: time to start, bytes on the disk, bytes in a bundle.
import { fileURLToPath } from 'node:url';
import { bundleSizes } from '../lib/bundle.mjs';
import { measureInstalled } from '../lib/installed-size.mjs';
import { compareProcesses } from '../lib/processes.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));

/** What each framework's users import; `beyond` is the framework that is there anyway. */
const subjects = [
  {
    name: '@mcp-auth/express',
    beyond: 'express',
    packages: ['@mcp-auth/express'],
    use: `export { MCPAuth, getAuth } from '@mcp-auth/express';`,
    quick: true,
  },
  {
    name: '@mcp-auth/hono',
    beyond: 'hono',
    packages: ['@mcp-auth/hono'],
    use: `export { MCPAuth, getAuth } from '@mcp-auth/hono';`,
    quick: true,
  },
  {
    name: '@mcp-auth/fastify',
    beyond: 'fastify',
    packages: ['@mcp-auth/fastify'],
    use: `export { MCPAuth, getAuth } from '@mcp-auth/fastify';`,
    quick: true,
  },
  {
    name: 'mcp-auth 0.2.0',
    beyond: 'express',
    packages: ['mcp-auth-published'],
    use: `export { MCPAuth } from 'mcp-auth-published';`,
  },
  {
    name: 'official SDK, jose verifier',
    beyond: 'express',
    packages: ['@modelcontextprotocol/express', '@modelcontextprotocol/server', 'jose'],
    use: `export { requireBearerAuth } from '@modelcontextprotocol/express';
      export { OAuthError } from '@modelcontextprotocol/server';
      export { createRemoteJWKSet, jwtVerify } from 'jose';`,
  },
  {
    name: 'express-oauth2-jwt-bearer',
    beyond: 'express',
    packages: ['express-oauth2-jwt-bearer'],
    use: `export { auth, requiredScopes } from 'express-oauth2-jwt-bearer';`,
  },
  {
    name: '@fastify/jwt with get-jwks',
    beyond: 'fastify',
    packages: ['@fastify/jwt', 'get-jwks'],
    use: `export { default } from '@fastify/jwt'; export { default as getJwks } from 'get-jwks';`,
  },
  { name: 'hono/jwk', beyond: 'hono', packages: [], use: `export { jwk } from 'hono/jwk';` },
  {
    name: 'oauth4webapi',
    packages: ['oauth4webapi'],
    use: `export { validateJwtAccessToken } from 'oauth4webapi';`,
  },
  {
    name: 'jose',
    packages: ['jose'],
    use: `export { createRemoteJWKSet, jwtVerify } from 'jose';`,
  },
];

const bare = 'bare Node';
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

function measureImports(chosen, { quick, report }) {
  const frameworks = [...new Set(chosen.flatMap(({ beyond = [] }) => beyond))];
  const importAll = (names) => names.map((name) => `import '${name}';`).join('\n');
  const programs = { [bare]: '' };
  for (const framework of frameworks) programs[framework] = importAll([framework]);
  for (const { name, beyond, packages } of chosen) {
    const imported = packages.length === 0 ? ['hono/jwk'] : packages;
    programs[`${name}, import`] = importAll([...(beyond === undefined ? [] : [beyond]), ...imported]);
  }
  const measured = compareProcesses(programs, { baseline: bare, cwd: here, rounds: quick ? 15 : 61 });
  report.comparison(
    'Start of a process that imports it, framework included (processor time)',
    measured,
    'p10',
  );
  const ratioOf = (name) => measured.find((entry) => entry.name === name).ratio;
  return new Map(
    chosen.map(({ name, beyond = bare }) => [name, ratioOf(`${name}, import`) - ratioOf(beyond)]),
  );
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const chosen = subjects.filter((subject) => !quick || subject.quick === true);
  const imports = measureImports(chosen, { quick, report });
  const rows = [];
  for (const { name, beyond, packages, use } of chosen) {
    const external = [...new Set([...(beyond === undefined || beyond === 'hono' ? [] : [beyond])])];
    const size = await bundleSizes(use, {
      external: beyond === 'hono' && packages.length > 0 ? ['hono', 'hono/*'] : external,
      platform: 'node',
    });
    const installed = measureInstalled(packages, here);
    rows.push({ name, size, installed });
    if (name.startsWith('@mcp-auth/')) {
      report.promises.push({
        what: `import of ${name} beyond its framework, compared with a bare Node start`,
        value: imports.get(name) * 100,
        atMost: 25,
        unit: '%',
      });
    }
  }
  report.table('What it adds to its framework', [
    ['', 'import, of a bare start', 'bundle, min + gzip', 'with what loads later', 'packages', 'on the disk'],
    ...rows.map(({ name, size, installed }) => [
      name,
      `${(imports.get(name) * 100).toFixed(0)} %`,
      kilobytes(size.atStart),
      kilobytes(size.inAll),
      installed.packages,
      kilobytes(installed.bytes),
    ]),
  ]);
  report.figures.rows = rows.map(({ name, size }) => ({
    name,
    size: size.atStart,
    import: imports.get(name),
  }));
}

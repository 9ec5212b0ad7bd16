import { pinned } from './install.mjs';

const sdk = (...names) =>
  Object.fromEntries(
    ['server', ...names].map((name) => {
      const full = `@modelcontextprotocol/${name}`;
      return [full, pinned(full)];
    }),
  );

/**
 * Who installs what: a package beside its framework, then what its README's example needs on top.
 *
 * `kind` tells how the example answers requests: as a server, as a module with a method `fetch`, or in files of routes; `brings` what comes with the package beyond the schemas, the core and jose.
 */
export const scenarios = [
  {
    title: '@mcp-auth/express on Express 5',
    name: '@mcp-auth/express',
    kind: 'server',
    framework: { express: pinned('express') },
    example: sdk('node', 'express'),
  },
  {
    title: '@mcp-auth/express on Express 4',
    name: '@mcp-auth/express',
    kind: 'server',
    framework: { express: '^4.21.0' },
    example: sdk('node', 'express'),
  },
  {
    title: '@mcp-auth/hono on Hono with its Node server',
    name: '@mcp-auth/hono',
    kind: 'server',
    framework: { hono: pinned('hono'), '@hono/node-server': pinned('@hono/node-server') },
    example: sdk('hono'),
  },
  {
    title: '@mcp-auth/fastify on Fastify',
    name: '@mcp-auth/fastify',
    kind: 'server',
    framework: { fastify: pinned('fastify') },
    example: sdk('node', 'fastify'),
  },
  {
    title: '@mcp-auth/next in route files',
    name: '@mcp-auth/next',
    kind: 'routes',
    framework: {},
    example: sdk(),
  },
  {
    title: '@mcp-auth/nest on Express',
    name: '@mcp-auth/nest',
    kind: 'server',
    brings: ['@mcp-auth/express'],
    framework: {
      express: pinned('express'),
      ...Object.fromEntries(
        ['common', 'core', 'platform-express'].map((name) => [`@nestjs/${name}`, pinned(`@nestjs/${name}`)]),
      ),
      'reflect-metadata': pinned('reflect-metadata'),
      rxjs: pinned('rxjs'),
    },
    example: sdk('node', 'express'),
  },
  {
    title: 'mcp-auth on Express 5',
    name: 'mcp-auth',
    kind: 'server',
    brings: ['@mcp-auth/express', 'zod'],
    framework: { express: pinned('express') },
    example: { '@modelcontextprotocol/sdk': pinned('@modelcontextprotocol/sdk') },
  },
  {
    title: '@mcp-auth/core on fetch',
    name: '@mcp-auth/core',
    kind: 'fetch',
    framework: {},
    example: sdk(),
  },
];

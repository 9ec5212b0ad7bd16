/** What a framework adds to the files and packages of every project. */
export interface Framework {
  /** As people write it. */
  readonly label: string;
  /** The package of MCP Auth; shared files import from it, too. */
  readonly adapter: string;
  /** What else runs. */
  readonly dependencies: readonly string[];
  /** What else is needed in TypeScript only. */
  readonly typeDependencies: readonly string[];
  /** What runs the server. Next.js does it itself, with its own builder, which finds files without an extension. */
  readonly host: 'node' | 'next';
  /** Whether its files have decorators. */
  readonly decorators: boolean;
  /** How the test, which is written for Express, gets another server: by text. */
  readonly test: readonly (readonly [text: string, instead: string])[];
}

const config = '{ resource, authorizationServers: [issuer.issuer] }';

/** Another function of `@mcp-auth/testing`, and how it is called. */
const harness = (name: string, call: string): Framework['test'] => [
  ['testExpress }', `${name} }`],
  [`await testExpress(createApp(${config}))`, call],
];

/** The frameworks there are templates for. */
export type FrameworkName = 'express' | 'hono' | 'fastify' | 'fetch' | 'next' | 'nest';

export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  express: {
    label: 'Express',
    adapter: '@mcp-auth/express',
    dependencies: ['@modelcontextprotocol/express', '@modelcontextprotocol/node', 'express'],
    typeDependencies: ['@types/express'],
    host: 'node',
    decorators: false,
    test: [],
  },
  hono: {
    label: 'Hono',
    adapter: '@mcp-auth/hono',
    dependencies: ['@hono/node-server', '@modelcontextprotocol/hono', 'hono'],
    typeDependencies: [],
    host: 'node',
    decorators: false,
    test: harness('testHono', `testHono(createApp(${config}))`),
  },
  fastify: {
    label: 'Fastify',
    adapter: '@mcp-auth/fastify',
    dependencies: ['@modelcontextprotocol/fastify', '@modelcontextprotocol/node', 'fastify'],
    typeDependencies: [],
    host: 'node',
    decorators: false,
    test: harness('testFastify', `testFastify(await createApp(${config}))`),
  },
  fetch: {
    label: 'fetch (Request and Response, no framework)',
    adapter: '@mcp-auth/core',
    // Asked for by its server for Node, which needs nothing of it
    dependencies: ['@hono/node-server', 'hono'],
    typeDependencies: [],
    host: 'node',
    decorators: false,
    test: harness('testFetch', `testFetch(createApp(${config}))`),
  },
  next: {
    label: 'Next.js',
    adapter: '@mcp-auth/next',
    dependencies: ['next', 'react', 'react-dom'],
    typeDependencies: ['@types/react'],
    host: 'next',
    decorators: false,
    test: [
      ...harness('testFetch', `testFetch({ fetch: createRoutes(${config}).mcp.POST })`),
      ["import { createApp } from '../src/app.js'", "import { createRoutes } from '../src/routes.js'"],
    ],
  },
  nest: {
    label: 'NestJS',
    adapter: '@mcp-auth/express',
    dependencies: [
      '@mcp-auth/nest',
      '@modelcontextprotocol/express',
      '@modelcontextprotocol/node',
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/platform-express',
      'express',
      'reflect-metadata',
      'rxjs',
    ],
    typeDependencies: ['@types/express'],
    host: 'node',
    decorators: true,
    test: [
      [
        `const server = await testExpress(createApp(${config}));`,
        `const app = await createApp(${config});\nconst server = await testExpress(app.getHttpAdapter().getInstance());`,
      ],
    ],
  },
};

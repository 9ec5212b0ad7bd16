/**
 * What a reader may choose in the configuration builder.
 *
 * @typedef {'express' | 'hono' | 'fastify' | 'fetch' | 'next' | 'nest'} FrameworkId
 * @typedef {{ id: FrameworkId, name: string, install: string, run: (place: { host: string, port: string }) => string, providers: string, files: readonly ({ name: string, source: string } | { name: string, text: string })[] }} Framework
 * @typedef {{ id: string, name: string, page: string, introspection?: true, proofs?: false, servers?: { imports: string, text: string, scopesSupported?: string, requiredScopes?: string } }} Provider
 * @typedef {{ framework: FrameworkId, provider: string, resource: string, scopes: string, introspection: boolean, dpop: 'none' | 'dpop-optional' | 'dpop-required', cors: boolean, operations: boolean }} Choices
 */

const nestOptions = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "strict": true,
    "skipLibCheck": true,
    "experimentalDecorators": true
  }
}
`;

/** What runs by a command listens on this machine alone, as the servers of the other frameworks do. */
const listenOn = (host) => (host === '[::1]' ? '::1' : '127.0.0.1');

/** @type {readonly Framework[]} The files of each are those of its README, which are compiled and run. */
export const frameworks = [
  {
    id: 'express',
    name: 'Express',
    install:
      '@mcp-auth/express express @modelcontextprotocol/server @modelcontextprotocol/node @modelcontextprotocol/express',
    run: () => 'node server.mjs',
    providers: '@mcp-auth/express/providers',
    files: [{ name: 'server.mjs', source: 'examples/src/express.ts' }],
  },
  {
    id: 'hono',
    name: 'Hono',
    install: '@mcp-auth/hono hono @hono/node-server @modelcontextprotocol/server @modelcontextprotocol/hono',
    run: () => 'node server.mjs',
    providers: '@mcp-auth/hono/providers',
    files: [{ name: 'server.mjs', source: 'examples/src/hono.ts' }],
  },
  {
    id: 'fastify',
    name: 'Fastify',
    install:
      '@mcp-auth/fastify fastify @modelcontextprotocol/server @modelcontextprotocol/node @modelcontextprotocol/fastify',
    run: () => 'node server.mjs',
    providers: '@mcp-auth/fastify/providers',
    files: [{ name: 'server.mjs', source: 'examples/src/fastify.ts' }],
  },
  {
    id: 'fetch',
    name: 'fetch',
    install: '@mcp-auth/core @modelcontextprotocol/server',
    run: ({ port, host }) =>
      `deno serve --allow-net --allow-env --host ${listenOn(host)} --port ${port} worker.mjs`,
    providers: '@mcp-auth/core/providers',
    files: [{ name: 'worker.mjs', source: 'examples/src/fetch.ts' }],
  },
  {
    id: 'next',
    name: 'Next.js',
    install: '@mcp-auth/next @modelcontextprotocol/server',
    run: ({ port, host }) => `npx next dev --hostname ${listenOn(host)} --port ${port}`,
    providers: '@mcp-auth/next/providers',
    files: [
      { name: 'lib/mcp-auth.ts', source: 'next/lib/mcp-auth.ts' },
      { name: 'app/mcp/route.ts', source: 'next/app/mcp/route.ts' },
      {
        name: 'app/.well-known/oauth-protected-resource/[[...path]]/route.ts',
        source: 'next/app/.well-known/oauth-protected-resource/[[...path]]/route.ts',
      },
    ],
  },
  {
    id: 'nest',
    name: 'NestJS',
    install:
      '@mcp-auth/nest @mcp-auth/express @nestjs/common @nestjs/core @nestjs/platform-express @modelcontextprotocol/server @modelcontextprotocol/node @modelcontextprotocol/express',
    run: () => 'npx tsx main.mts',
    providers: '@mcp-auth/express/providers',
    files: [
      { name: 'main.mts', source: 'examples/src/nest.ts' },
      // Decorators of parameters are those of TypeScript
      { name: 'tsconfig.json', text: nestOptions },
    ],
  },
];

/**
 * Each has its page, and its entry in `authorizationServers` from the server that its page prints. Those without such a file, and
 * those that any issuer stands for, say theirs here.
 *
 * @type {readonly Provider[]}
 */
export const providers = [
  {
    id: 'other',
    name: 'https://auth.example.com',
    page: 'providers/other',
    introspection: true,
    servers: { imports: '', text: `[{ issuer: 'https://auth.example.com' }]` },
  },
  { id: 'logto', name: 'Logto', page: 'providers/logto' },
  {
    id: 'keycloak',
    name: 'Keycloak',
    page: 'providers/keycloak',
    introspection: true,
    servers: {
      imports: 'keycloak',
      text: `[keycloak({ issuer: 'https://sso.example.com/realms/example' })]`,
      // Its audience comes with them
      scopesSupported: `['read:notes', 'write:notes']`,
      requiredScopes: `['read:notes']`,
    },
  },
  { id: 'auth0', name: 'Auth0', page: 'providers/auth0' },
  { id: 'okta', name: 'Okta', page: 'providers/okta' },
  { id: 'entra', name: 'Microsoft Entra ID', page: 'providers/entra' },
  { id: 'entra-external-id', name: 'Entra External ID', page: 'providers/entra-external-id' },
  { id: 'azure-ad-b2c', name: 'Azure AD B2C', page: 'providers/entra-external-id' },
  { id: 'adfs', name: 'AD FS', page: 'providers/adfs' },
  { id: 'cognito', name: 'Amazon Cognito', page: 'providers/cognito' },
  { id: 'workos', name: 'WorkOS AuthKit', page: 'providers/workos' },
  { id: 'clerk', name: 'Clerk', page: 'providers/clerk' },
  { id: 'supabase', name: 'Supabase', page: 'providers/supabase' },
  { id: 'descope', name: 'Descope', page: 'providers/descope' },
  { id: 'stytch', name: 'Stytch', page: 'providers/stytch' },
  { id: 'zitadel', name: 'Zitadel', page: 'providers/zitadel' },
  { id: 'ory', name: 'Ory', page: 'providers/ory' },
  {
    id: 'cloudflare-access',
    name: 'Cloudflare Access',
    page: 'providers/cloudflare-access',
    proofs: false,
  },
];

/** Providers whose page has a verifier of its own instead of an entry: the builder leads there. */
export const writtenByHand = [{ id: 'google', name: 'Google', page: 'providers/google' }];

/** @type {Choices} */
export const usualChoices = {
  framework: 'express',
  provider: 'other',
  resource: 'http://localhost:3000/mcp',
  scopes: '',
  introspection: false,
  dpop: 'none',
  cors: false,
  operations: false,
};

/** The files that the code is made from, by their path below `apps/`. */
export function sourcesOf({ framework, provider }) {
  const { files } = findChoice(frameworks, framework);
  const { servers } = findChoice(providers, provider);
  return [
    ...files.flatMap((file) => ('source' in file ? [file.source] : [])),
    ...(servers === undefined ? [`examples/src/providers/${provider}.ts`] : []),
  ];
}

/**
 * @template {{ id: string }} Choice
 * @param {readonly Choice[]} list
 * @param {string} id
 * @returns {Choice}
 */
export function findChoice(list, id) {
  const found = list.find((choice) => choice.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

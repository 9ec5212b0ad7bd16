import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** They measure the heap, or count what a whole process does. */
const measuring = [
  'packages/core/test/{soak/*,token/{freeze-json,what-claims-weigh}}.test.ts',
  'packages/dev-issuer/test/provider/clients.test.ts',
];

/** Tests of the command that start Hono's server. */
const onHono = 'packages/cli/test/doctor/whole-login.test.ts';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

/** What `npm run test:long`, `soak:redis` and `test:valkey` set, because variables in front of a command are not for every shell. */
const environments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  long: {
    PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '50000',
    POLICY_REQUESTS: '10000',
    SOAK: 'full',
    AUDIT: 'full',
  },
  soak: { MANY_PROCESSES: 'full' },
  valkey: { REDIS_SERVER: 'valkey' },
};

/** That nothing was printed is what they say, and in a process of many something that ended late may still print. */
const silent = [
  'packages/express/test/bodies.test.ts',
  'packages/fastify/test/bad-bodies.test.ts',
  'apps/node-http-adapter/test/bodies.test.ts',
];

/**
 * One that sets what its platform would have set, and those that put something else in place of a module: whoever has loaded the module
 * before them in a process keeps it.
 */
const alone = [
  ...silent,
  'apps/examples/test/serverless.test.ts',
  'apps/next/test/audit.test.ts',
  'apps/node-http-adapter/test/conformance-covering.test.ts',
  'packages/core/test/signatures/loading.test.ts',
  'packages/create-mcp-auth/test/ask.test.ts',
  'packages/express/test/conformance-express-4.test.ts',
  'packages/mcp-auth/test/bridge/core-options.test.ts',
];

/** Tests of what Hono's adapter does where a module is another one or not there, or where the global Response is still the platform's. */
const reloading = [
  'packages/hono/test/{metadata-router,place-of-router,read-host-body,streams,whose-request}.test.ts',
];

/** Files that leave the process as they found it share one, with all it has loaded. */
const together = {
  extends: true as const,
  test: {
    name: 'together',
    include: [
      'packages/{schemas,core,express,fastify,testing,conformance,cli,mcp-auth,create-mcp-auth,dev-issuer,redis}/test/**/*.test.ts',
    ],
    exclude: [...measuring, ...alone, onHono],
    isolate: false,
  },
};

/** Shown whole by the documentation, and run with all its cases by `npm run test:long`; a file beside it takes a few that stand for all. */
const whole = 'apps/node-http-adapter/test/conformance.test.ts';

/** The same for applications: Hono's server, which many of them start, puts another Response in place of the global one. */
const applications = (mode: string) => ({
  extends: true as const,
  test: {
    name: 'applications',
    include: ['apps/*/test/**/*.test.ts', onHono],
    exclude: [...alone, ...(mode === 'test' ? [whole] : [])],
    isolate: false,
  },
});

/** Hono's tests but those: they share a process with nobody else, for it puts another Response in place. */
const hono = {
  extends: true as const,
  test: {
    name: 'hono',
    include: ['packages/hono/test/**/*.test.ts'],
    exclude: reloading,
    isolate: false,
  },
};

/** Each with a process of its own: what Hono does to the global Response is tested here, Nest and OpenTelemetry have global registers. */
const apart = {
  extends: true as const,
  test: {
    name: 'apart',
    include: ['packages/{next,nest,opentelemetry}/test/**/*.test.ts', ...reloading, ...measuring, ...alone],
  },
};

/** `imports` in core's package.json picks one of these, by the platform. */
const signatures = (strategy: 'node' | 'web') => ({
  find: '#signatures',
  replacement: source(`core/src/signatures/${strategy}-signatures.ts`),
});

/** What a signature can decide, once more with WebCrypto: all other tests verify as Node does. */
const webCrypto = {
  extends: true as const,
  resolve: { alias: [signatures('web')] },
  test: {
    name: 'web-crypto',
    env: { CASES: 'covering' },
    include: [
      'packages/core/test/verifier/**/*.test.ts',
      'packages/conformance/test/{fetch-entry,hostile/hostile}.test.ts',
    ],
    isolate: false,
  },
};

/** Tests run against the sources; the packed tarballs have a test of their own. */
export default defineConfig(({ mode }) => ({
  resolve: {
    alias: [
      {
        find: /^@mcp-auth\/(schemas|core|express|hono|fastify|next|nest|opentelemetry|redis|dev-issuer|cli|testing|conformance)$/,
        replacement: source('$1/src/index.ts'),
      },
      {
        find: /^@mcp-auth\/(schemas|core|express|hono|fastify|next|testing|conformance)\/([a-z-]+)$/,
        replacement: source('$1/src/$2.ts'),
      },
      signatures('node'),
      // As in applications of Next.js
      { find: /^@\//, replacement: source('../apps/next/') },
      { find: /^@mcp-auth\/app-([a-z-]+)$/, replacement: source('../apps/$1/src/index.ts') },
    ],
  },
  test: {
    env: environments[mode] ?? {},
    // Mutation testing asks for the tests of one folder: scripts/mutation.mjs
    ...(process.env.MUTATION_TESTS === undefined
      ? { projects: [together, applications(mode), hono, apart, webCrypto] }
      : { include: process.env.MUTATION_TESTS.split(' ') }),
    // Two on two processors as well: they are the longest stage of npm test, which has another one beside it
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // For a test that hangs; nothing here fails because a machine is slow
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: { include: ['packages/core/src/**/*.ts'] },
  },
}));

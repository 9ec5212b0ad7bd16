import { frameworks } from '../frameworks.js';
import type { Project } from '../project-options.js';
import { portOf } from './environment.js';
import { toJson } from './json.js';

/** Name of a package to the range it was tested in. */
export type Versions = Readonly<Record<string, string>>;

/** `package.json`. */
export function formatManifest(project: Project, versions: Versions): string {
  const { name, framework, language, provider } = project;
  const { adapter, dependencies, typeDependencies, host, decorators } = frameworks[framework];
  const pick = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.toSorted().map((each) => [each, readVersion(versions, each)]));
  const tools = ['@types/node', 'typescript', ...typeDependencies, ...(host === 'node' ? ['tsx'] : [])];
  return toJson({
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: { ...listIssuer(project), ...listScripts(project), test: 'vitest run' },
    dependencies: pick([
      adapter,
      ...dependencies,
      '@modelcontextprotocol/server',
      'zod',
      // What TypeScript makes of decorators, for Node, which knows none
      ...(decorators && language === 'js' ? ['tslib'] : []),
    ]),
    devDependencies: pick([
      '@mcp-auth/testing',
      'vitest',
      ...(provider === 'dev' ? ['@mcp-auth/dev-issuer'] : []),
      ...(language === 'ts' ? tools : []),
    ]),
  });
}

function readVersion(versions: Versions, name: string): string {
  const version = versions[name];
  if (version === undefined) throw new Error(`There is no version of ${name}.`);
  return version;
}

function listIssuer({ provider, resource }: Project): Record<string, string> {
  if (provider !== 'dev') return {};
  return { issuer: `mcp-auth-dev-issuer --resource ${resource.href} --scopes notes:read,notes:write` };
}

/** JavaScript is built for Next.js only. */
function listScripts({ framework, language, resource }: Project): Record<string, string> {
  const { host } = frameworks[framework];
  const types: Record<string, string> = language === 'ts' ? { types: 'tsc' } : {};
  if (host === 'next') {
    const port = portOf(resource);
    return {
      dev: `next dev --hostname 127.0.0.1 --port ${port}`,
      build: 'next build',
      start: `next start --port ${port}`,
      ...types,
    };
  }
  if (language === 'js') return { dev: 'node --watch src/server.js', start: 'node src/server.js' };
  return {
    dev: 'tsx watch src/server.ts',
    build: 'tsc -p tsconfig.build.json',
    start: 'node dist/server.js',
    ...types,
  };
}

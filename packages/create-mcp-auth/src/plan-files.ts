import { readFile, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatClients } from './files/clients.js';
import { formatDockerfile } from './files/dockerfile.js';
import { formatEnvironment, formatEnvironmentExample } from './files/environment.js';
import { formatDockerignore, formatGitignore } from './files/ignored.js';
import { formatManifest, type Versions } from './files/manifest.js';
import { formatReadme } from './files/readme.js';
import { formatBuildTsconfig, formatTsconfig } from './files/tsconfig.js';
import { frameworks } from './frameworks.js';
import type { Project } from './project-options.js';
import { providers } from './providers.js';

/** What `templates/build.mjs` has made of the templates. */
const built = fileURLToPath(new URL('../dist/templates/', import.meta.url));

interface Facts {
  readonly versions: Versions;
  /** Where the documentation is. */
  readonly documentation: string;
}

/** The files of a project, by path with slashes. */
export async function planFiles(project: Project): Promise<ReadonlyMap<string, string>> {
  const { framework, language, provider } = project;
  const { versions, documentation } = JSON.parse(await readFile(join(built, 'facts.json'), 'utf8')) as Facts;
  const layers = ['shared', `frameworks/${framework}`, `providers/${providers[provider].template}`];
  const files = new Map<string, string>();
  for (const layer of layers) {
    for (const [path, text] of await readFolder(join(built, language, layer))) {
      const [place, own] = placeFile(path, text, project);
      files.set(place, fillIn(own, project));
    }
  }
  files.set('package.json', formatManifest(project, versions));
  const { host } = frameworks[framework];
  if (language === 'ts') files.set('tsconfig.json', formatTsconfig(project));
  if (language === 'ts' && host === 'node') files.set('tsconfig.build.json', formatBuildTsconfig());
  files.set('.env.example', formatEnvironmentExample(project));
  files.set('.env', formatEnvironment(project, project.settings));
  files.set('.gitignore', formatGitignore(project));
  files.set('.dockerignore', formatDockerignore(project));
  files.set('Dockerfile', formatDockerfile(project));
  files.set('mcp.json', formatClients(project));
  files.set('README.md', formatReadme(project, documentation));
  if (project.packageManager === 'yarn') files.set('.yarnrc.yml', 'nodeLinker: node-modules\n');
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function readFolder(folder: string, below = ''): Promise<[path: string, text: string][]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<[string, string][]> => {
      const path = posix.join(below, entry.name);
      if (entry.isDirectory()) return readFolder(folder, path);
      return [[path, await readFile(join(folder, path), 'utf8')]];
    }),
  );
  return found.flat();
}

/** Templates are modules that compile where they are: these words of theirs stand for what a project has. */
function fillIn(text: string, { framework, name, resource }: Project): string {
  const { adapter, host, test } = frameworks[framework];
  const own = test.reduce((rest, [said, instead]) => rest.replace(said, instead), text);
  const filled = own
    // The adapter exports the same
    .replaceAll(/'@mcp-auth\/core(?=(?:\/providers)?')/g, `'${adapter}`)
    .replaceAll("'my-mcp-server'", `'${name}'`)
    .replaceAll("Controller('/mcp')", `Controller('${resource.pathname}')`);
  return host === 'next' ? filled.split('\n').map(dropExtension).join('\n') : filled;
}

/** The bundler looks for the file of TypeScript or of JavaScript, but not behind the name of the other. */
function dropExtension(line: string): string {
  const isRelative = line.includes(" from './") || line.includes(" from '../");
  return isRelative && line.endsWith(".js';") ? `${line.slice(0, -".js';".length)}';` : line;
}

/** The folder of a route is its path in Next.js, and the way back from there as long as the path. */
function placeFile(
  path: string,
  text: string,
  { framework, resource }: Project,
): [path: string, text: string] {
  const { host } = frameworks[framework];
  const folder = 'src/app/mcp/';
  if (host !== 'next' || !path.startsWith(folder)) return [path, text];
  const up = '../'.repeat(resource.pathname.split('/').length);
  return [path.replace(folder, `src/app${resource.pathname}/`), text.replaceAll("'../../", `'${up}`)];
}

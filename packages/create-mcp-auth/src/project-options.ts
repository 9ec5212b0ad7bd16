import { basename, resolve } from 'node:path';
import { CreateProjectError } from './create-error.js';
import { type FrameworkName, frameworks } from './frameworks.js';
import { type PackageManagerName, packageManagers } from './package-managers.js';
import { type ProviderName, providers } from './providers.js';

/** TypeScript, or the same as JavaScript. */
export type Language = 'ts' | 'js';

export const languages: readonly Language[] = ['ts', 'js'];

/** What a project is made of. */
export interface ProjectOptions {
  /** Where to write it. The last part of the path becomes its name. */
  readonly folder: string;
  readonly framework: FrameworkName;
  /** Default: `ts`. */
  readonly language?: Language | undefined;
  /** Who issues tokens. Default: `dev`, the practice issuer. */
  readonly provider?: ProviderName | undefined;
  /** The URL that clients will use. Default: `http://localhost:3000/mcp`. */
  readonly resource?: string | undefined;
  /** Values for the settings of the provider, by the name of the variable. Default: none, `.env` has them empty. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Whose commands are written into the project. Default: `npm`. */
  readonly packageManager?: PackageManagerName | undefined;
}

/** Options with everything filled in, every one of them safe to be written into any of the files. */
export interface Project {
  readonly folder: string;
  readonly name: string;
  readonly framework: FrameworkName;
  readonly language: Language;
  readonly provider: ProviderName;
  readonly resource: URL;
  readonly settings: ReadonlyMap<string, string>;
  readonly packageManager: PackageManagerName;
}

export const defaultResource = 'http://localhost:3000/mcp';

const optionNames: readonly string[] = [
  'folder',
  'framework',
  'language',
  'provider',
  'resource',
  'settings',
  'packageManager',
] satisfies readonly (keyof ProjectOptions)[];

/** @throws {CreateProjectError} `unknown_option`, `invalid_option` */
export function readProject(options: ProjectOptions): Project {
  for (const name of Object.keys(options)) {
    if (!optionNames.includes(name)) {
      throw new CreateProjectError(
        'unknown_option',
        `The option ${JSON.stringify(name)} is unknown. The options are ${optionNames.join(', ')}.`,
      );
    }
  }
  const framework = readName('framework', options.framework, frameworks);
  const provider = readName('provider', options.provider ?? 'dev', providers);
  const resource = readResource(options.resource ?? defaultResource);
  if (framework === 'next' && /\/[_.]/.test(resource.pathname)) {
    throw new CreateProjectError(
      'invalid_option',
      `resource must have no part of its path begin with _ or . for Next.js, which keeps such folders private. Got ${JSON.stringify(options.resource)}.`,
    );
  }
  return {
    folder: resolve(options.folder),
    name: readProjectName(options.folder),
    framework,
    language: readName('language', options.language ?? 'ts', { ts: true, js: true }),
    provider,
    resource,
    settings: readSettings(provider, options.settings ?? {}),
    packageManager: readName('packageManager', options.packageManager ?? 'npm', packageManagers),
  };
}

function readName<Name extends string>(option: string, value: Name, known: Record<Name, unknown>): Name {
  if (typeof value === 'string' && Object.hasOwn(known, value)) return value;
  throw new CreateProjectError(
    'invalid_option',
    `${option} must be one of ${Object.keys(known).join(', ')}. Got ${JSON.stringify(value)}.`,
  );
}

/** Which names npm takes for a package, without a scope. */
export function readProjectName(folder: string): string {
  let name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .replace(/^[._-]+/, '');
  while (/[._-]$/.test(name)) name = name.slice(0, -1);
  if (name !== '' && name.length <= 100) return name;
  throw new CreateProjectError(
    'invalid_option',
    `folder must end with a name of letters and digits, which the project gets. Got ${JSON.stringify(folder)}.`,
  );
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** The value is written into files, into scripts and into paths of routers: what means something there is not taken. */
export function readResource(value: string): URL {
  const refuse = (why: string): never => {
    throw new CreateProjectError('invalid_option', `resource ${why}. Got ${JSON.stringify(value)}.`);
  };
  if (!URL.canParse(value)) return refuse('must be a URL, such as https://mcp.example.com/mcp');
  const url = new URL(value);
  const isLocal = loopback.includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    return refuse('must begin with https://; only on this machine http:// is enough');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return refuse('must have no user, query or fragment');
  }
  if (!/^(?:\/[\w.~-]+)+$/.test(url.pathname)) {
    return refuse('must have a path of letters, digits, and the characters . _ ~ -, such as /mcp');
  }
  if (url.href !== value) return refuse(`must be written as clients will use it, ${url.href}`);
  return url;
}

/** The same in a file of variables, in a shell and in a container, and without quotes. */
const plain = /^[\w:/.,@~+=-]{1,500}$/;

function readSettings(
  provider: ProviderName,
  values: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const { settings } = providers[provider];
  const names = settings.map(({ name }) => name);
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) {
      throw new CreateProjectError(
        'unknown_option',
        `The setting ${JSON.stringify(name)} is unknown. ${provider} has ${names.join(', ')}.`,
      );
    }
    checkSetting(name, value);
  }
  return new Map(settings.map(({ name, default: value = '' }) => [name, values[name] ?? value]));
}

/** @throws {CreateProjectError} `invalid_option` */
export function checkSetting(name: string, value: unknown): void {
  if (typeof value === 'string' && plain.test(value)) return;
  throw new CreateProjectError(
    'invalid_option',
    `${name} must be letters, digits, and the characters : / . , @ ~ + = _ -. Got ${JSON.stringify(value)}.`,
  );
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Adapter
 * @property {string} name of the package behind `@mcp-auth/`, and of its folder
 * @property {string} [title] of the framework, as people write it; default: the name with a capital
 * @property {string} [framework] its package and the versions that the adapter will be tested with: `koa@^3.0.0`
 */

/** A package that has what adapters have in common. */
const model = 'next';

const template = join(import.meta.dirname, 'template');
const suffix = '.template';

/**
 * What is wrong with the name of a new adapter, and with its framework.
 *
 * @param {Adapter} adapter
 * @param {(path: string) => string | undefined} read
 * @returns {string | undefined}
 */
export function findMistake({ name, framework }, read) {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) return 'The name must be of small letters, digits and hyphens.';
  if (read(`packages/${name}/package.json`) !== undefined) return `packages/${name} is there already.`;
  // What describes releases reads carets alone
  return framework === undefined || /^(?:@[\w.-]+\/)?[\w.-]+@\^\d+\.\d+\.\d+(?: \|\| \^\d+\.\d+\.\d+)*$/.test(framework)
    ? undefined
    : 'The framework must be written with carets: koa@^3.0.0.';
}

/** @param {Adapter} adapter */
export const titleOf = ({ name, title }) => title ?? `${name[0].toUpperCase()}${name.slice(1)}`;

/** The name of the package of the framework. */
export const frameworkOf = ({ framework }) => framework?.replace(/@\^.*$/, '');

/**
 * @param {Adapter} adapter
 * @param {(path: string) => string | undefined} read
 * @returns {Record<string, string>} text by path
 */
export function writePackage(adapter, read) {
  const home = `packages/${adapter.name}`;
  const copied = ['LICENSE', 'tsconfig.json', 'tsup.config.ts', 'src/context.ts', 'src/providers.ts'];
  return {
    [`${home}/package.json`]: writeManifest(adapter, JSON.parse(read(`packages/${model}/package.json`))),
    ...Object.fromEntries(copied.map((path) => [`${home}/${path}`, read(`packages/${model}/${path}`)])),
    ...Object.fromEntries(listTemplates().map((path) => [`${home}/${path}`, fill(path, adapter)])),
  };
}

function writeManifest(adapter, manifest) {
  const { name } = adapter;
  const title = titleOf(adapter);
  const framework = frameworkOf(adapter);
  const { '@mcp-auth/conformance': conformance, '@types/node': node, tsup, typescript } = manifest.devDependencies;
  const written = {
    ...manifest,
    name: `@mcp-auth/${name}`,
    description: `MCP Auth for ${title}: protect a Model Context Protocol server with OAuth 2.1 access tokens.`,
    keywords: [...manifest.keywords.filter((word) => word !== 'nextjs'), name],
    homepage: manifest.homepage.replace(`/${model}#`, `/${name}#`),
    repository: { ...manifest.repository, directory: `packages/${name}` },
    peerDependencies:
      framework === undefined ? undefined : { [framework]: adapter.framework.slice(framework.length + 1) },
    peerDependenciesMeta: undefined,
    devDependencies: { '@mcp-auth/conformance': conformance, '@types/node': node, tsup, typescript },
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}

function listTemplates() {
  return readdirSync(template, { recursive: true })
    .filter((path) => path.endsWith(suffix))
    .map((path) => path.slice(0, -suffix.length).replaceAll('\\', '/'));
}

function fill(path, adapter) {
  const values = { name: adapter.name, title: titleOf(adapter), install: frameworkOf(adapter) ?? '' };
  const text = readFileSync(join(template, `${path}${suffix}`), 'utf8');
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name) => values[name]).replaceAll(/ +$/gm, '');
}

import { frameworkOf, titleOf } from './package.mjs';

/** An adapter that every list has: a new one is named behind it. */
const before = 'fastify';

/**
 * What each list says about an adapter: how to find the place, and what to put behind it.
 *
 * @type {Record<string, [place: RegExp, entry: (adapter: import('./package.mjs').Adapter) => string][]>}
 */
const lists = {
  'scripts/checks/boundaries/rules.mjs': [
    [
      new RegExp(`^  '@mcp-auth/${before}': .*\\n`, 'm'),
      (adapter) =>
        `  '@mcp-auth/${adapter.name}': { '*': ['@mcp-auth/core/*'${frameworkOf(adapter) === undefined ? '' : `, '${frameworkOf(adapter)}'`}] },\n`,
    ],
  ],
  'vitest.config.ts': [
    [/find: \/\^@mcp-auth\\\/\(schemas\|core\|express\|hono\|fastify/g, ({ name }) => `|${name}`],
    [/'packages\/\{next/, ({ name }) => `,${name}`],
  ],
  'docs/tsconfig.api.json': [
    [
      new RegExp(`"@mcp-auth/${before}": .*\\n`),
      ({ name }) => `      "@mcp-auth/${name}": ["../packages/${name}/src/index.ts"],\n`,
    ],
  ],
  'CONTRIBUTING.md': [[new RegExp(`^packages/${before}\\n`, 'm'), ({ name }) => `packages/${name}\n`]],
  'README.md': [
    [
      new RegExp(`^\\| \\[\`@mcp-auth/${before}\`\\].*\\n`, 'm'),
      (adapter) =>
        `| [\`@mcp-auth/${adapter.name}\`](packages/${adapter.name}/README.md) | the adapter for ${titleOf(adapter)} |\n`,
    ],
  ],
  'docs/architecture.md': [
    [new RegExp(`^adapters .*@mcp-auth/${before}`, 'm'), ({ name }) => `   @mcp-auth/${name}`],
    [
      new RegExp(`^\\|.* \`${before}\`(?=[^|]*\\| how to read a request)`, 'm'),
      ({ name }) => `, \`${name}\``,
    ],
  ],
};

/**
 * The lists that checks, tests and documents have of all adapters, with a new one.
 *
 * @param {import('./package.mjs').Adapter} adapter
 * @param {(path: string) => string | undefined} read
 * @returns {Record<string, string>} text by path
 * @throws {Error} where a list has changed so that its place is not found
 */
export function writeLists(adapter, read) {
  const changed = Object.entries(lists).map(([path, entries]) => [
    path,
    entries.reduce((text, [place, entry]) => insert(path, text, place, entry(adapter)), read(path)),
  ]);
  return {
    ...Object.fromEntries(changed),
    [`.changeset/${adapter.name}-adapter.md`]: `---\n'@mcp-auth/${adapter.name}': minor\n---\n\n\`@mcp-auth/${adapter.name}\` is new: the adapter for ${titleOf(adapter)}.\n`,
  };
}

function insert(path, text, place, entry) {
  const written = text.replace(place, (whole) => `${whole}${entry}`);
  if (written === text) throw new Error(`${path} has no place for an adapter: ${place} is not found.`);
  return written;
}

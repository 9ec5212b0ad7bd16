import { frameworks, providers, usualChoices } from '../../.vitepress/theme/builder/choices.mjs';
import { coverPairs } from './cover-pairs.mjs';

/** What is tried of each choice, but of the provider: all of them. */
export const values = {
  framework: frameworks.map(({ id }) => id),
  dpop: ['none', 'dpop-optional', 'dpop-required'],
  resource: [
    usualChoices.resource,
    'https://api.example.com/notes/mcp',
    'https://mcp.example.com/',
    'http://[::1]:3188/',
  ],
  scopes: ['', 'read:notes write:notes'],
  introspection: [false, true],
  cors: [false, true],
  operations: [false, true],
};
const providerIds = providers.map(({ id }) => id);

/** Every pair of everything but the providers, each of which comes once; or really all pairs. */
function selectChoices() {
  if (process.env.BUILDER_PAIRS === 'all') return coverPairs({ provider: providerIds, ...values });
  const rows = coverPairs(values);
  const asking = providers.filter(({ introspection }) => introspection).map(({ id }) => id);
  const length = Math.max(rows.length, providerIds.length);
  return Array.from({ length }, (_, index) => {
    const row = rows[index % rows.length];
    const list = row.introspection && index < rows.length ? asking : providerIds;
    return { ...row, provider: list[index % list.length] };
  });
}

/** The choices that are tried. All pairs: `BUILDER_PAIRS=all`. */
export const selection = [
  ...selectChoices(),
  ...providerIds.map((provider) => ({ ...usualChoices, provider })),
].map((row) => ({ ...usualChoices, ...row }));

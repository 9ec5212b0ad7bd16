import { sourcesOf } from './choices.mjs';
import type { Choices } from './choices.mjs';

/** The examples of the repository as they are written; each comes when it is chosen. */
const loaders: Readonly<Record<string, () => Promise<string>>> = {
  ...import.meta.glob<string>('../../../../apps/examples/src/*.ts', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../../../apps/examples/src/providers/*.ts', {
    query: '?raw',
    import: 'default',
  }),
  ...import.meta.glob<string>('../../../../apps/next/{lib,app}/**/*.ts', {
    query: '?raw',
    import: 'default',
  }),
  ...import.meta.glob<string>('../../../../apps/next/app/.well-known/**/*.ts', {
    query: '?raw',
    import: 'default',
  }),
};

export async function loadSources(choices: Choices): Promise<Readonly<Record<string, string>>> {
  const loaded = await Promise.all(
    sourcesOf(choices).map(async (path) => {
      const load = loaders[`../../../../apps/${path}`];
      if (load === undefined) throw new Error(`There is no ${path}.`);
      return [path, await load()] as const;
    }),
  );
  return Object.fromEntries(loaded);
}

import type { Plugin } from './plugin';

/** What renders the pages is thrown away afterwards, so nobody has to find out which of its code is not needed. */
export function keepWhole(): Plugin {
  return {
    name: 'keep-whole',
    apply: (_config, { isSsrBuild }) => isSsrBuild === true,
    options: (options) => ({ ...options, treeshake: false }),
  };
}
